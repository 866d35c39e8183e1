"""For each thing that a HEA rule looks for, a hearing that has it wrong."""

from dataclasses import replace
from datetime import UTC, datetime

from moderation.rules.pages import PageView
from moderation.rules.pages.facts import Contact, Media
from tests.moderation.pages.views import VTT, hearing, public


def with_access(name: str, answer: str, **facts) -> PageView:
    page = hearing(**facts)
    return replace(
        page,
        access=tuple(
            replace(each, answer=answer) if each.name == name else each
            for each in page.access
        ),
    )


def with_session(**facts) -> PageView:
    page = hearing()
    return replace(page, sessions=(replace(page.sessions[0], **facts),))


FAILING: dict[str, PageView] = {
    "HEA-01.sessions": hearing(sessions=()),
    "HEA-01.late": hearing(now=datetime(2026, 6, 1, 12, tzinfo=UTC)),
    "HEA-01.statutory": hearing(now=datetime(2026, 6, 8, 12, tzinfo=UTC)),
    "HEA-02.due": hearing(),
    "HEA-02.late-change": replace(
        public(hearing(now=datetime(2026, 6, 9, tzinfo=UTC))), agenda="The plan."
    ),
    "HEA-03.unanswered": with_access("toilet", ""),
    "HEA-03.no-instead": with_access("toilet", "no"),
    "HEA-04.unanswered": with_access("captions", ""),
    "HEA-04.no-instead": with_access("captions", "no"),
    "HEA-04.request": with_access("captions", "on_request"),
    "HEA-04.deadline": with_access("captions", "on_request", request_how="Call us."),
    "HEA-04.early": with_access(
        "captions",
        "on_request",
        request_how="Call us.",
        request_by=datetime(2026, 6, 1, tzinfo=UTC),
    ),
    "HEA-04.preferred": with_access(
        "captions",
        "on_request",
        request_how="Call us.",
        request_by=datetime(2026, 6, 4, 12, tzinfo=UTC),
    ),
    "HEA-05.remote": with_session(join_url="", join_phone=""),
    "HEA-05.phone": with_session(join_phone=""),
    "HEA-06.unanswered": with_access("childcare", ""),
    "HEA-06.no-instead": with_access("childcare", "no"),
    "HEA-07.name": hearing(contact=Contact(email="a@example.org", phone="1")),
    "HEA-07.channels": hearing(contact=Contact(name="Ines", phone="1")),
    "HEA-08.minutes": hearing(),
    "HEA-08.recording": hearing(recording=Media(path="recording")),
    "HEA-08.captions": hearing(recording=Media(path="recording", captions=VTT)),
    "HEA-09.order": hearing(),
    "HEA-09.how": hearing(how_to_speak=""),
    "HEA-10.calendar": hearing(),
    "HEA-10.zone": hearing(time_zone="Bonn"),
    "HEA-10.place": with_session(place="https://maps.example.org/?q=hall"),
}
