"""An editor cannot publish what shuts people out; a lead signs for one thing."""

import pytest

from tests.journeys.test_publish import writes
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
TITLE = "Where should the new benches stand?"
REASON = "The budget of this year ends in six weeks; the next comes in a year."


def test_a_draft_is_mended_one_thing_is_signed_for_and_the_public_sees_why(
    visitor: Visitor, another_visitor: Visitor, site
):
    visitor.signs_in(site.accounts["editor"])
    page = visitor.opens("/cms/consultations/")
    page.get_by_role("link", name="Add").first.click()
    page.wait_for_load_state()
    writes(visitor, title=TITLE, days=35, other_ways="")
    _publishes(visitor)

    said = page.get_by_text("is not published yet; your draft is kept")
    said.wait_for()
    visitor.opens(page.url)  # the draft is there, whatever came with the message
    page.locator(".fm-gate-live summary").click()
    page.locator(".fm-gate-live").get_by_role(
        "link", name="answer without this website"
    ).click()
    field = page.locator("[name=other_ways]")
    field.wait_for(state="visible")
    field.fill("Paper forms lie in the library and at the Town Hall.")
    _publishes(visitor)
    page.get_by_text("is not published yet; your draft is kept").wait_for()
    assert "answer without this website" not in page.locator("main").inner_text()

    page.get_by_role("link", name="The whole checklist").first.click()
    visitor.looks()
    address = page.url.removeprefix(site.address)
    assert page.get_by_text("Publish all the same").count() == 0

    lead = another_visitor
    lead.signs_in(site.accounts["lead"])
    desk = lead.opens(address)
    # One, or two if these weeks happen to lie over holidays.
    while desk.get_by_text("Publish all the same").count():
        desk.get_by_text("Publish all the same").first.click()
        desk.get_by_label("Why it is published all the same").first.fill(REASON)
        desk.get_by_label("Signed by").first.fill("Ines Albrecht, Transport Office")
        desk.get_by_role("button", name="Sign in public").first.click()
        lead.looks()
    assert "Nothing stands in the way." in desk.locator("main").inner_text()

    visitor.opens(address)
    page.get_by_role("link", name="Back to the page").click()
    page.wait_for_load_state()
    _publishes(visitor)
    lead.opens("/consultations/")
    lead.follows(TITLE)
    lead.follows("How this page meets the rules", inside=lead.main)
    assert REASON in lead.main.inner_text()
    lead.opens("/rules/")
    lead.opens("/accessibility/")


def _publishes(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()
