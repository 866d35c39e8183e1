"""For each thing that a CON rule looks for, a consultation that has it wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from moderation.rules.pages import PageView
from moderation.rules.pages.facts import Contact, Outcome
from tests.moderation.pages.views import NOW, consultation, paragraph, public


def opened(**changes) -> PageView:
    """Return a consultation that opened a week ago."""
    return public(
        consultation(opens_at=NOW - timedelta(days=7), closes_at=NOW + timedelta(50)),
        **changes,
    )


ANSWERED = consultation(
    opens_at=NOW - timedelta(days=90),
    closes_at=NOW - timedelta(days=40),
    answered_at=NOW,
    outcome=Outcome(
        decided="Trees.",
        changed="More seats.",
        unchanged="No car park, for the air.",
        numbers="212 people.",
        themes="Shade, seats.",
        data="https://example.org/answers.csv",
    ),
)


def without_outcome(part: str) -> PageView:
    return replace(ANSWERED, outcome=replace(ANSWERED.outcome, **{part: " "}))


FAILING: dict[str, PageView] = {
    "CON-01.dates": consultation(closes_at=None),
    "CON-01.short": consultation(closes_at=NOW + timedelta(days=48)),
    "CON-01.statutory": consultation(closes_at=NOW + timedelta(days=36)),
    "CON-02.holidays": consultation(
        opens_at=datetime(2026, 12, 1, tzinfo=UTC),
        closes_at=datetime(2027, 1, 20, tzinfo=UTC),
    ),
    "CON-03.election": consultation(opens_at=datetime(2026, 5, 12, tzinfo=UTC)),
    "CON-04.open": consultation(still_open=""),
    "CON-04.decided": consultation(already_decided=" "),
    "CON-05.background": consultation(
        documents=(), blocks=(paragraph("<p>It costs a lot.</p>"),)
    ),
    "CON-05.costs": consultation(blocks=(paragraph("<p>There will be trees.</p>"),)),
    "CON-06.level": consultation(level=""),
    "CON-06.promise": consultation(promise=""),
    "CON-07.who": consultation(who_decides=""),
    "CON-07.when": consultation(decision_date=date(2026, 5, 20)),
    "CON-07.use": consultation(use_of_answers=""),
    "CON-08.way": consultation(other_ways=""),
    "CON-08.contact": consultation(contact=Contact(email="square@example.org")),
    "CON-09.language": consultation(),
    "CON-10.notice": consultation(privacy_notice=""),
    "CON-10.retention": consultation(retention=""),
    "CON-10.identity": consultation(identity=""),
    "CON-11.groups": consultation(affected_groups=""),
    "CON-11.outreach": consultation(outreach=""),
    "CON-12.earlier": opened(closes_at=NOW + timedelta(days=51)),
    "CON-12.discussion": public(
        replace(opened(), has_discussion=False), has_discussion=True
    ),
    "CON-12.opening": replace(opened(), opens_at=NOW + timedelta(days=1)),
    "CON-13.changed": replace(
        opened(), has_answers=True, texts={"poll_question": "Do you like trees?"}
    ),
    "CON-13.removed": replace(opened(), has_answers=True, texts={}),
    "CON-14.due": consultation(),
    **{f"CON-15.{part}": without_outcome(part) for part in vars(ANSWERED.outcome)},
}
