"""An editor publishes a consultation with a discussion and a poll."""

import re
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Error, expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
KEPT = re.compile(r"/cms/pages/\d+/edit/")
TITLE = "Where should the new drinking fountains stand?"
USE = (
    "The council office reads every answer and sorts the answers by theme. Afterwards "
    "its report says how often each theme came up. It names what each place would "
    "cost, whom it would affect, and what the administration proposes in consequence. "
    "The council receives this report two weeks before the decision, and everybody "
    "can read it here on the same day."
)
STATEMENTS = "\n".join(
    [
        "Every playground should have a drinking fountain.",
        "The first fountain belongs at the station.",
        "Fountains should also have a bowl for dogs.",
    ]
)


def test_an_editor_publishes_a_consultation_people_can_join(
    visitor: Visitor, another_visitor: Visitor, site
):
    visitor.signs_in(site.accounts["editor"])
    page = visitor.opens("/cms/consultations/")
    page.get_by_role("link", name="Add").first.click()
    page.wait_for_load_state()
    writes(visitor, title=TITLE)
    keeps_the_draft(visitor)
    visitor.pauses()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("has been published")

    other = another_visitor
    other.opens("/consultations/")
    other.follows(TITLE)
    told = other.main.inner_text()
    assert "The town council" in told
    assert "Which ones come first?" in told
    other.page.get_by_role("link", name="Vote").first.click()
    other.looks()
    assert other.page.get_by_role("button", name="Agree", exact=True).count() == 1


def writes(
    visitor: Visitor,
    *,
    title: str,
    opens: datetime | None = None,
    days: int = 3650,
    other_ways: str = "Paper forms lie in the library and at the Town Hall.",
) -> None:
    """Fill in all that the rules ask of a consultation."""
    page = visitor.page
    opens = opens or datetime.now() - timedelta(days=1)
    closes = opens + timedelta(days=days)
    decision = closes + timedelta(days=60)
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill(
        "The town puts up new ones next spring. Tell us where you need them most. "
        "Tell us what they must have so that all can use them. You can say it here, "
        "by phone or on paper."
    )
    _write_rich(visitor, "still_open", "The places, and what each one has.")
    _write_rich(visitor, "already_decided", "There will be three, and no more.")
    page.get_by_role("tab", name="Dates and decision").click()
    page.locator("[name=opens_at]").fill(f"{opens:%Y-%m-%d %H:%M}")
    page.locator("[name=closes_at]").fill(f"{closes:%Y-%m-%d %H:%M}")
    page.locator("[name=who_decides]").fill("The town council")
    page.locator("[name=decision_date]").fill(f"{decision:%Y-%m-%d}")
    page.locator("[name=participation_level]").select_option("consult")
    page.locator("[name=use_of_answers]").fill(USE)
    page.locator("[name=affected_groups]").fill("Children and people who walk a lot.")
    page.locator("[name=outreach]").fill("A letter to every home, and the school.")
    page.get_by_role("tab", name="Taking part").click()
    page.locator("[name=poll_question]").fill("Which ones come first?")
    page.locator("[name=poll_statements]").fill(STATEMENTS)
    page.locator("[name=retention]").fill("two years after the decision")
    _write_rich(visitor, "privacy_notice", "The town uses this for the decision only.")
    page.get_by_role("tab", name="Contact").click()
    page.locator("[name=contact_name]").fill("Ines Albrecht, Transport Office")
    page.locator("[name=contact_phone]").fill("01632 960142")
    page.locator("[name=other_ways]").fill(other_ways)


def keeps_the_draft(visitor: Visitor) -> None:
    """Wait until Wagtail has kept what was written, as it does by itself.

    It tries when something was changed. Whoever sees that it was busy just then, as on
    a machine with much else to do, goes on writing.
    """
    place = visitor.page.locator("[name=contact_phone]")
    for _ in range(4):
        with suppress(Error):
            visitor.page.wait_for_url(KEPT, timeout=10_000)
            return
        place.press_sequentially(" ")
    visitor.page.wait_for_url(KEPT)


def _write_rich(visitor: Visitor, field: str, text: str) -> None:
    place = visitor.page.locator(f'[data-contentpath="{field}"] [contenteditable=true]')
    place.first.fill(text)
