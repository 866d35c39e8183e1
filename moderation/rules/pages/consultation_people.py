"""Everybody can answer: offline, in their language, and knowing what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.consultation_time import CONSULTATION
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import ASKING, PageView


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
                at=Location(path="other_ways"),
            )
        if not (view.contact.phone.strip() or view.contact.address.strip()):
            yield self.finding(
                "contact",
                _("There is no phone number and no address."),
                _("Give one of them, with the hours."),
                at=Location(path="contact_phone"),
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
                    _("Translate both at least, and publish the translation first."),
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
                at=Location(path="privacy_notice"),
            )
        if not view.retention.strip():
            yield self.finding(
                "retention",
                _("It is not said how long contributions are kept."),
                _("Say how long, and what happens then."),
                at=Location(path="retention"),
            )
        if not view.identity.strip():
            yield self.finding(
                "identity",
                _("It is not said who may answer, and under which name."),
                _("Choose the policy that says it."),
                at=Location(path="policy"),
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
                at=Location(path="affected_groups"),
            )
        if not view.outreach.strip():
            yield self.finding(
                "outreach",
                _("It is not said how they are reached."),
                _("Say where you go to them: letters, the school, the care home."),
                at=Location(path="outreach"),
            )
