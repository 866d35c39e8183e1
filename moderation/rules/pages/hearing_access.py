"""Whether everyone can come, get in, hear, see and speak: answered before they ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.days import Calendar, day, hours_between, public_holidays
from moderation.rules.pages.facts import Access
from moderation.rules.pages.hearing_notice import HEARING, first_start
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView

NO = "no"
ON_REQUEST = "on_request"


def _answers(view: PageView, wanted: tuple[str, ...]) -> list[Access]:
    """Return the answers to the wanted questions, empty ones for those not given."""
    given = {each.name: each for each in view.access}
    return [given.get(name, Access(name=name)) for name in wanted]


@dataclass(frozen=True, kw_only=True)
class _Answered(PageRule):
    """What the rules on access questions share."""

    def _judge(self, view: PageView, wanted: tuple[str, ...]) -> Iterator[PageFinding]:
        for each in _answers(view, wanted):
            question = each.label or each.name.replace("_", " ")
            where = Location(path=each.name, quote=question)
            if not each.answer:
                yield self.finding(
                    "unanswered",
                    _("This question has no answer: %s.") % question,
                    _("Answer yes, on request or no."),
                    at=where,
                )
            elif each.answer == NO and not each.note.strip():
                yield self.finding(
                    "no-instead",
                    _("The answer is no, and it is not said what you do instead: %s.")
                    % question,
                    _("Say what you do for people who need it."),
                    at=where,
                )


@register
@dataclass(frozen=True, kw_only=True)
class TheBuildingIsDescribed(_Answered):
    """Block hearings that leave a question about the building open.

    A “no” is an answer, if it says what you do instead.
    """

    id = "HEA-03"
    title = gettext_lazy("Questions about the building are answered")
    why = gettext_lazy(
        "Who cannot be sure to get in, sit, hear or find a toilet stays at home."
    )
    reference = "CRPD Art. 9; ADA Title II"
    checks = {"unanswered": (), "no-instead": ()}
    applies_to = HEARING

    questions: tuple[str, ...] = (
        "step_free",
        "toilet",
        "hearing_loop",
        "seating",
        "quiet_room",
        "assistance_animals",
        "parking",
        "transport",
    )

    def check(self, view: PageView) -> Iterable[PageFinding]:
        return self._judge(view, self.questions)


@register
@dataclass(frozen=True, kw_only=True)
class LanguagesAreInterpreted(_Answered):
    """Block hearings that leave open sign language, captions and interpretation.

    What is there on request needs a way to ask, and a last moment that is not earlier
    than `working_days` before; `preferred_hours` before is better, and hinted at.
    """

    id = "HEA-04"
    title = gettext_lazy("Sign language, captions and interpretation are arranged")
    why = gettext_lazy(
        "Deaf people and people with another first language cannot follow, and often "
        "learn of the hearing late."
    )
    reference = "S.F. Admin. Code 91.7; Haw. Rev. Stat. 321C-5"
    checks = {
        "unanswered": (),
        "no-instead": (),
        "request": (),
        "deadline": (),
        "early": (),
        "preferred": (),
    }
    applies_to = HEARING

    questions: tuple[str, ...] = ("sign_language", "captions", "interpretation")
    working_days: int = 5
    preferred_hours: int = 48
    regions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for region in self.regions:
            public_holidays(region, 2026)

    def check(self, view: PageView) -> Iterable[PageFinding]:
        yield from self._judge(view, self.questions)
        asked = [
            each for each in _answers(view, self.questions) if each.answer == ON_REQUEST
        ]
        if not asked:
            return
        if not view.request_how.strip():
            yield self.finding(
                "request",
                _("It is not said how to ask for what is there on request."),
                _("Name a phone number and an e-mail address."),
                at=Location(path="request_how"),
            )
        if view.request_by is None:
            yield self.finding(
                "deadline",
                _("It is not said until when people can ask."),
                _("Set the last moment, 48 hours before if you can."),
                at=Location(path="request_by"),
            )
        else:
            yield from self._deadline(view, view.request_by)

    def _deadline(self, view: PageView, until: datetime) -> Iterator[PageFinding]:
        start = first_start(view)
        if start is None:
            return
        zone = view.time_zone
        earliest = Calendar(self.regions).working_days_before(
            day(start, zone), self.working_days
        )
        where = Location(path="request_by")
        if day(until, zone) < earliest:
            yield self.finding(
                "early",
                _("People would have to ask before %s.") % date_format(earliest),
                _("Let them ask until that day at least."),
                at=where,
            )
        elif hours_between(until, start) > self.preferred_hours:
            yield self.finding(
                "preferred",
                _("People must ask more than %d hours before.") % self.preferred_hours,
                _("Let them ask later, if the interpreters can."),
                at=where,
                severity=Severity.HINT,
            )


@register
@dataclass(frozen=True, kw_only=True)
class OneCanJoinFromAfar(PageRule):
    """Warn of hearings that can only be attended in the room, or not by phone."""

    id = "HEA-05"
    title = gettext_lazy("One can take part from afar, also by phone")
    why = gettext_lazy(
        "Ill people, carers and people far from the town hall are heard only this way."
    )
    reference = "OECD 2022"
    checks = {"remote": (), "phone": ()}
    applies_to = HEARING

    severity: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if view.not_remote_because.strip():
            return
        for session in view.sessions:
            if not (session.join_url or session.join_phone):
                yield self.finding(
                    "remote",
                    _("Nobody can take part in this meeting from afar."),
                    _("Add a video link and a phone number, or say why there is none."),
                    at=Location(path=session.path),
                )
            elif not session.join_phone:
                yield self.finding(
                    "phone",
                    _("Nobody can take part in this meeting by phone."),
                    _("Add a number to call, or say why there is none."),
                    at=Location(path=session.path),
                )


@register
@dataclass(frozen=True, kw_only=True)
class EverydayLifeIsThoughtOf(_Answered):
    """Warn of hearings that leave open childcare, the time of day and travel costs."""

    id = "HEA-06"
    title = gettext_lazy("Childcare, time of day and travel costs are answered")
    why = gettext_lazy(
        "Those with little time or money stay away, and nobody sees why."
    )
    reference = "OECD 2022; MRSC public participation guidance"
    checks = {"unanswered": (), "no-instead": ()}
    applies_to = HEARING

    severity: Severity = Severity.WARN
    questions: tuple[str, ...] = ("childcare", "suitable_hours", "travel_costs")

    def check(self, view: PageView) -> Iterable[PageFinding]:
        return self._judge(view, self.questions)


@register
@dataclass(frozen=True, kw_only=True)
class SomebodyCanBeReached(PageRule):
    """Block hearings whose contact cannot be reached in at least two ways."""

    id = "HEA-07"
    title = gettext_lazy("A contact person can be reached in two ways")
    why = gettext_lazy(
        "A phone number alone excludes deaf people, an e-mail address those offline."
    )
    reference = "40 CFR 1517.6"
    checks = {"name": (), "channels": ()}
    applies_to = HEARING

    channels: int = 2

    def check(self, view: PageView) -> Iterable[PageFinding]:
        if not view.contact.name.strip():
            yield self.finding(
                "name",
                _("No contact person is named."),
                _("Name a person or an office."),
                at=Location(path="contact_name"),
            )
        if view.contact.channels < self.channels:
            yield self.finding(
                "channels",
                _("The contact can be reached in %(ways)d ways, %(least)d are needed.")
                % {"ways": view.contact.channels, "least": self.channels},
                _("Add an e-mail address, a phone number or an address."),
                at=Location(path="contact_email"),
            )
