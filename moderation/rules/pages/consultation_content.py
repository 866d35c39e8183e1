"""What people must know before they answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.consultation_time import CONSULTATION
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.lix import NOT_SPACED, WORD
from moderation.rules.pages.phrases import Lists
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import ASKING, PageView

LEVELS = frozenset({"inform", "consult", "involve", "collaborate", "empower"})


def _at(path: str) -> Location:
    return Location(path=path)


@register
@dataclass(frozen=True, kw_only=True)
class OpenAndDecidedAreSaid(PageRule):
    """Block consultations that do not say what is open and what is decided."""

    id = "CON-04"
    title = gettext_lazy("It says what is open and what is already decided")
    why = gettext_lazy(
        "People who argue about what was never open feel cheated, and do not come back."
    )
    reference = "Gunning 1; OECD 2022"
    checks = {"open": (), "decided": ()}
    applies_to = CONSULTATION

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not view.still_open.strip():
            yield self.finding(
                "open",
                _("It is not said what people can still change."),
                _("Say what their answers may change."),
                at=_at("still_open"),
            )
        if not view.already_decided.strip():
            yield self.finding(
                "decided",
                _("It is not said what is already decided."),
                _("Say what is not up for debate and why, or that everything is open."),
                at=_at("already_decided"),
            )


@register
@dataclass(frozen=True, kw_only=True)
class BackgroundIsGiven(PageRule):
    """Block consultations without background; warn if no cost or impact is named.

    Background is a document, or a text of at least `fewest_words`.
    """

    id = "CON-05"
    title = gettext_lazy("It gives background, options, costs and impacts")
    why = gettext_lazy("Without them only those can judge who knew before.")
    reference = "Gunning 2"
    checks = {"background": (), "costs": ()}
    applies_to = CONSULTATION

    fewest_words: int = 50
    costs: Severity = Severity.WARN
    words: Lists = field(default_factory=lambda: dict(phrases.COSTS))

    def check(self, view: PageView) -> Iterable[PageFinding]:
        spaced = primary(view.language) not in NOT_SPACED
        words = len(WORD.findall(view.text)) if spaced else len(view.text) // 2
        if not view.documents and words < self.fewest_words:
            yield self.finding(
                "background",
                _("There is hardly any background to judge by."),
                _("Say why this is asked and which options there are."),
                at=_at("body"),
            )
        listed = phrases.of(self.words, view.language)
        if primary(view.language) in self.words and not any(
            True for _found in phrases.find(view.text, listed)
        ):
            yield self.finding(
                "costs",
                _("Neither costs nor impacts of the options are named."),
                _("Say what each option costs and whom it touches."),
                at=_at("body"),
                severity=self.costs,
            )


@register
@dataclass(frozen=True, kw_only=True)
class LevelIsPromised(PageRule):
    """Block consultations without a level of participation and its promise."""

    id = "CON-06"
    title = gettext_lazy("It says how far the answers reach")
    why = gettext_lazy("People give more time when they know what it is worth.")
    reference = "IAP2 Spectrum of Public Participation"
    checks = {"level": (), "promise": ()}
    applies_to = CONSULTATION

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if view.level not in LEVELS:
            yield self.finding(
                "level",
                _("The level of participation is not chosen."),
                _("Choose from inform, consult, involve, collaborate and empower."),
                at=_at("participation_level"),
            )
        elif not view.promise.strip():
            yield self.finding(
                "promise",
                _("The promise that goes with the level is missing."),
                _("Say what the city promises whoever takes part."),
                at=_at("participation_level"),
            )


@register
@dataclass(frozen=True, kw_only=True)
class DecisionIsExplained(PageRule):
    """Block consultations that do not say who decides, when, and with which use."""

    id = "CON-07"
    title = gettext_lazy("It says who decides, when, and how answers are used")
    why = gettext_lazy("Otherwise nobody can ask later what became of the answers.")
    reference = "OECD 2022; Aarhus Convention Art. 6"
    checks = {"who": (), "when": (), "use": ()}
    applies_to = CONSULTATION

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not view.who_decides.strip():
            yield self.finding(
                "who",
                _("It is not said who decides."),
                _("Name the body or the person."),
                at=_at("who_decides"),
            )
        if view.decision_date is None:
            yield self.finding(
                "when",
                _("It is not said when it will be decided."),
                _("Set the day on which the decision is expected."),
                at=_at("decision_date"),
            )
        elif view.closes_at and view.decision_date < view.closes_at:
            yield self.finding(
                "when",
                _("The decision comes before people have answered."),
                _("Decide after it has closed."),
                at=_at("decision_date"),
            )
        if not view.use_of_answers.strip():
            yield self.finding(
                "use",
                _("It is not said how the answers will be used."),
                _("Say who reads them, and what goes to those who decide."),
                at=_at("use_of_answers"),
            )


@register
@dataclass(frozen=True, kw_only=True)
class AnotherWayToAnswer(PageRule):
    """Block consultations that can only be answered online."""

    id = "CON-08"
    title = gettext_lazy("There is another way to answer")
    why = gettext_lazy(
        "Many old, poor and disabled people are not online; their answers are the ones "
        "that are missing."
    )
    reference = "UK Consultation Principles 2018, F and G"
    checks = {"way": (), "contact": ()}
    applies_to = CONSULTATION

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not view.other_ways.strip():
            yield self.finding(
                "way",
                _("It is not said how to answer without this website."),
                _("Offer paper, phone or a place to come to, and say where."),
                at=_at("other_ways"),
            )
        if not (view.contact.phone.strip() or view.contact.address.strip()):
            yield self.finding(
                "contact",
                _("There is no phone number and no address."),
                _("Give one of them, with the hours."),
                at=_at("contact_phone"),
            )


@register
@dataclass(frozen=True, kw_only=True)
class LanguagesAreServed(PageRule):
    """Block pages whose title and summary lack a language that many people speak.

    `languages` are those above the city's threshold, such as 5 % or 1,000 people.
    """

    id = "CON-09"
    title = gettext_lazy("Title and summary come in the languages of the town")
    why = gettext_lazy("Those who cannot read it do not know that they are asked.")
    reference = "US LEP guidance (safe harbour: 5 % or 1,000)"
    checks = {"language": ()}
    applies_to = ASKING

    languages: tuple[str, ...] = ()

    def check(self, view: PageView) -> Iterable[PageFinding]:
        there = {
            primary(each.language)
            for each in view.translations
            if each.title.strip() and each.summary.strip()
        }
        for language in self.languages:
            if primary(language) not in there | {primary(view.language)}:
                yield self.finding(
                    "language",
                    _("Title and summary are missing in “%s”.") % language,
                    _("Add a translation of both at least."),
                    at=Location(path="translations", quote=language),
                )


@register
@dataclass(frozen=True, kw_only=True)
class PrivacyIsExplained(PageRule):
    """Block pages that collect answers without saying what becomes of the data."""

    id = "CON-10"
    title = gettext_lazy("It says what becomes of people's data")
    why = gettext_lazy("Who does not know who will see their name writes nothing.")
    reference = "GDPR Art. 13"
    checks = {"notice": (), "retention": (), "identity": ()}
    applies_to = ASKING

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not view.privacy_notice.strip():
            yield self.finding(
                "notice",
                _("The privacy notice is missing."),
                _("Say who is responsible, what for, and which rights people have."),
                at=_at("privacy_notice"),
            )
        if not view.retention.strip():
            yield self.finding(
                "retention",
                _("It is not said how long contributions are kept."),
                _("Say how long, and what happens then."),
                at=_at("retention"),
            )
        if not view.identity.strip():
            yield self.finding(
                "identity",
                _("It is not said who may answer, and under which name."),
                _("Choose the policy that says it."),
                at=_at("policy"),
            )


@register
@dataclass(frozen=True, kw_only=True)
class TheTouchedAreReached(PageRule):
    """Warn of consultations that name neither who is touched nor how they are reached."""

    id = "CON-11"
    title = gettext_lazy("It says who is touched most and how they are reached")
    why = gettext_lazy("Without it the same few answer who always do.")
    reference = "UK Consultation Principles 2018, F; OECD 2022"
    checks = {"groups": (), "outreach": ()}
    applies_to = CONSULTATION

    severity: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not view.affected_groups.strip():
            yield self.finding(
                "groups",
                _("It is not said who is touched most."),
                _("Name the groups, also those who seldom answer."),
                at=_at("affected_groups"),
            )
        if not view.outreach.strip():
            yield self.finding(
                "outreach",
                _("It is not said how they are reached."),
                _("Say where you go to them: letters, the school, the care home."),
                at=_at("outreach"),
            )
