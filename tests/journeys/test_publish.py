"""An editor publishes a consultation with a discussion and a poll."""

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "Where should the new drinking fountains stand?"
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
    _writes(visitor)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()

    other = another_visitor
    other.opens("/consultations/")
    other.follows(TITLE)
    told = other.main.inner_text()
    assert "The town council" in told
    assert "Which fountains come first?" in told
    other.page.get_by_role("link", name="Vote").first.click()
    other.looks()
    assert other.page.get_by_role("button", name="Agree", exact=True).count() == 1


def _writes(visitor: Visitor) -> None:
    page = visitor.page
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=summary]").fill(
        "The town builds three drinking fountains next spring. Tell us where people "
        "need water most, and what a fountain must have so that everybody can use it."
    )
    page.get_by_role("tab", name="Dates and decision").click()
    page.locator("[name=opens_at]").fill("2026-01-01 08:00")
    page.locator("[name=closes_at]").fill("2036-01-01 08:00")
    page.locator("[name=who_decides]").fill("The town council")
    page.get_by_role("tab", name="Taking part").click()
    page.locator("[name=poll_question]").fill("Which fountains come first?")
    page.locator("[name=poll_statements]").fill(STATEMENTS)
