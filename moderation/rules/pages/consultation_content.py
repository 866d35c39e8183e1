"""What people must know before they answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.consultation_time import CONSULTATION
from moderation.rules.pages.days import day
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.lix import NOT_SPACED, WORD
from moderation.rules.pages.phrases import Lists
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView

LEVELS = frozenset({"inform", "consult", "involve", "collaborate", "empower"})


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
                at=Location(path="still_open"),
            )
        if not view.already_decided.strip():
            yield self.finding(
                "decided",
                _("It is not said what is already decided."),
                _("Say what is not up for debate and why, or that everything is open."),
                at=Location(path="already_decided"),
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
                at=Location(path="body"),
            )
        listed = phrases.of(self.words, view.language)
        if primary(view.language) in self.words and not any(
            True for _found in phrases.find(view.text, listed)
        ):
            yield self.finding(
                "costs",
                _("Neither costs nor impacts of the options are named."),
                _("Say what each option costs and whom it touches."),
                at=Location(path="body"),
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
                at=Location(path="participation_level"),
            )
        elif not view.promise.strip():
            yield self.finding(
                "promise",
                _("The promise that goes with the level is missing."),
                _("Say what the city promises whoever takes part."),
                at=Location(path="participation_level"),
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
                at=Location(path="who_decides"),
            )
        if view.decision_date is None:
            yield self.finding(
                "when",
                _("It is not said when it will be decided."),
                _("Set the day on which the decision is expected."),
                at=Location(path="decision_date"),
            )
        elif view.closes_at and view.decision_date < day(
            view.closes_at, view.time_zone
        ):
            yield self.finding(
                "when",
                _("The decision comes before people have answered."),
                _("Decide after it has closed."),
                at=Location(path="decision_date"),
            )
        if not view.use_of_answers.strip():
            yield self.finding(
                "use",
                _("It is not said how the answers will be used."),
                _("Say who reads them, and what goes to those who decide."),
                at=Location(path="use_of_answers"),
            )
