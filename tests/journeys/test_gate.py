"""From a draft that shuts people out to a public page, with one public reason."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_publish import keeps_the_draft, writes
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser

TITLE = "Should the footbridge get a ramp?"
OPENS = datetime(2031, 3, 3, 8, 0)
REASON = "The money must be applied for by the tenth of April, says the region."
MISSING = "It is not said how to answer without this website."


def test_an_editor_mends_one_thing_and_signs_for_another(
    visitor: Visitor, another_visitor: Visitor, site
):
    visitor.signs_in(site.accounts["lead"])
    page = visitor.opens("/cms/consultations/")
    page.get_by_role("link", name="Add").first.click()
    page.wait_for_load_state()
    writes(visitor, title=TITLE, opens=OPENS, days=35, other_ways="")

    keeps_the_draft(visitor)

    # While writing: both findings stand in the panel of checks, and are counted.
    page.get_by_role("button", name="Toggle checks").click()
    panel = page.locator("[data-side-panel=checks]")
    expect(panel.get_by_role("status")).to_contain_text("2 things", timeout=30_000)
    expect(panel).to_contain_text("lasts 35 days, at least 42 are needed")

    # Publishing is refused; nothing is lost, and the message leads to the field.
    visitor.pauses()
    publishes(page)
    expect(page.locator(".messages")).to_contain_text("is not published yet")
    page.locator(".messages").get_by_role("link", name=MISSING).click()
    field = page.locator("[name=other_ways]")
    expect(field).to_be_visible()
    assert page.locator("[name=title]").input_value() == TITLE

    # Mend by jumping from the panel, and see the count go down.
    open_checks(page)
    panel.get_by_role("link", name=MISSING).click()
    expect(field).to_be_focused()
    field.fill("Paper forms lie in the library.")
    expect(panel.get_by_role("status")).to_contain_text("1 thing ", timeout=30_000)

    saves(page)
    open_checks(page)

    # Waive the other one in public.
    panel.get_by_role("link", name="Ready to publish?").click()
    page.wait_for_load_state()
    visitor.looks()
    page.get_by_text("Publish all the same, and sign for it in public").click()
    page.get_by_label("Why it is published all the same").fill(REASON)
    page.get_by_label("Signed by").fill("Ines Albrecht, Transport Office")
    page.get_by_role("button", name="Sign in public").click()
    expect(page.get_by_text("Nothing stands in the way.")).to_be_visible()
    page.get_by_role("link", name="Back to the page").click()
    page.wait_for_load_state()
    visitor.pauses()
    publishes(page)
    expect(page.locator(".messages")).to_contain_text("has been published")

    other = another_visitor
    other.opens("/rules/")
    line = other.page.get_by_role("listitem").filter(has_text=TITLE)
    line.get_by_role("link", name=re.compile("1 waiver")).click()
    other.looks()
    assert REASON in other.main.inner_text()
    assert "Ines Albrecht, Transport Office" in other.main.inner_text()


def publishes(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state()


def saves(page: Page) -> None:
    """Save the draft, also where Wagtail thinks that another window did."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save draft").first.click()
        page.wait_for_timeout(500)
        again = page.get_by_role("dialog").get_by_role("button", name="Save draft")
        if again.count():
            again.click()


def open_checks(page: Page) -> None:
    if not page.locator("[data-side-panel=checks]").is_visible():
        page.get_by_role("button", name="Toggle checks").click()
