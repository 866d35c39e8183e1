"""Pages as the rules see them: one that keeps all of them, to be spoilt in a test."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from moderation.rules.pages import Block, Kind, PageView, registry
from moderation.rules.pages.base import PageFinding
from moderation.rules.pages.facts import (
    Access,
    Contact,
    Document,
    Embed,
    Image,
    Media,
    Option,
    PdfFacts,
    Published,
    Question,
    Session,
)

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nGood evening.\n"

PDF = PdfFacts(is_tagged=True, title="The plan", language="en", has_text=True, pages=3)

SUMMARY = (
    "The town wants to make the market square greener. We ask you what should stand "
    "there: trees, seats or a play area. You can change what we build. You can answer "
    "here, by phone or on paper until June."
)

TEXT = (
    "<p>Today the market square is a car park for sixty vehicles. The council has "
    "money from the regional climate programme, about three million euros, and must "
    "spend it within two years. Fewer parking places would affect the shops in Bridge "
    "Street, so the association of shopkeepers was asked first.</p>"
    '<ul><li>More <a href="/plan/trees/">trees along the northern side</a></li>'
    "<li>Benches with backrests and armrests</li></ul>"
    "<table><caption>What each option costs</caption>"
    "<tr><th>Option</th><th>Euros</th></tr>"
    "<tr><th>Trees</th><td>400,000</td></tr></table>"
)


def paragraph(html: str, *, path: str = "body.1.value", language: str = "") -> Block:
    return Block(type="paragraph", path=path, html=html, language=language)


def consultation(**changes: Any) -> PageView:
    """Return a consultation that no rule has anything against."""
    page = PageView(
        title="A greener market square",
        now=NOW,
        language="en",
        kind=Kind.CONSULTATION,
        process_type="informal",
        time_zone="Europe/Berlin",
        sibling_titles=("A bus to the hospital",),
        summary=SUMMARY,
        blocks=(
            Block(type="heading", path="body.0.value", html="<h2>Why we ask</h2>"),
            paragraph(TEXT),
        ),
        images=(
            Image(
                path="body.2.value",
                alt="Cars stand in four rows between the town hall and the church",
                file_name="IMG_4711.jpg",
                title="Market square in May",
                caption="The square today",
            ),
        ),
        documents=(
            Document(
                path="documents.0.value",
                title="The plan in detail",
                language="en",
                file_name="plan.pdf",
                media_type="application/pdf",
                size=2_300_000,
                pdf=PDF,
            ),
        ),
        media=(
            Media(
                path="body.3.value",
                title="A walk over the square",
                captions=VTT,
                transcript="The mayor walks over the square and says …",
            ),
            Media(
                path="body.4.value",
                title="Voices of the market",
                is_video=False,
                transcript="Ms Albrecht says …",
            ),
        ),
        embeds=(
            Embed(
                path="body.5.value",
                url="https://www.openstreetmap.org/export/embed.html",
                title="Where the square is",
            ),
        ),
        questions=(
            Question(
                path="poll_question",
                label="What should stand on the square?",
                options=(Option(label="Trees"), Option(label="Seats", has_image=True)),
            ),
        ),
        contact=Contact(
            name="Ines Albrecht, Transport",
            email="square@example.org",
            phone="01335 5550142",
            address="Town hall, room 12",
        ),
        opens_at=NOW + timedelta(days=7),
        closes_at=NOW + timedelta(days=57),
        texts={"poll_question": "What should stand on the square?"},
        still_open="Where trees and seats stand.",
        already_decided="Cars will not park there.",
        level="consult",
        promise="We listen to you.",
        who_decides="Town council",
        decision_date=date(2026, 9, 15),
        use_of_answers="The council gets all of them with a summary.",
        other_ways="Paper forms lie in the library.",
        affected_groups="Shopkeepers and people who live there.",
        outreach="A letter to every household.",
        privacy_notice="The town is responsible.",
        retention="Two years after the decision.",
        identity="Everybody, under a name of their choice.",
    )
    return replace(page, **changes)


def hearing(**changes: Any) -> PageView:
    """Return a hearing that no rule has anything against."""
    start = datetime(2026, 6, 10, 17, 0, tzinfo=UTC)
    questions = (
        *("step_free", "toilet", "hearing_loop", "seating", "quiet_room"),
        *("assistance_animals", "parking", "transport"),
        *("sign_language", "captions", "interpretation"),
        *("childcare", "suitable_hours", "travel_costs"),
    )
    page = replace(
        consultation(),
        kind=Kind.HEARING,
        process_type="hearing",
        title="Hearing on the market square",
        sessions=(
            Session(
                path="sessions.0",
                starts_at=start,
                ends_at=start + timedelta(hours=2),
                place="Town hall, great hall, entrance from Bridge Street",
                join_url="https://meet.example.org/square",
                join_phone="01335 5550199",
            ),
        ),
        agenda="Welcome. The plan. Your questions.",
        agenda_published_at=NOW,
        access=tuple(Access(name=each, answer="yes") for each in questions),
        how_to_speak="Call us, or tell us at the door.",
    )
    return replace(page, **changes)


def public(view: PageView, **changes: Any) -> PageView:
    """Return the page as one that has been public for a week."""
    before = Published(
        at=NOW - timedelta(days=7),
        opens_at=view.opens_at,
        closes_at=view.closes_at,
        texts=dict(view.texts),
        agenda=view.agenda,
        meetings=tuple(each.starts_at for each in view.sorted_sessions),
        has_discussion=view.has_discussion,
    )
    return replace(view, published=replace(before, **changes))


def findings(rule: str, view: PageView, **options: Any) -> list[PageFinding]:
    """Return what one rule with some options says of a page."""
    return list(registry.get(rule)(**options).check(view))


def checks(rule: str, view: PageView, **options: Any) -> set[str]:
    """Return which checks of a rule found something to mend or sign for."""
    return {
        each.check
        for each in findings(rule, view, **options)
        if each.severity.needs_waiver
    }


def markup_checks(rule: str, html: str, **options: Any) -> set[str]:
    """Return which checks of a rule found something in a piece of HTML."""
    view = consultation(blocks=(paragraph(html),))
    return {each.check for each in findings(rule, view, **options)}
