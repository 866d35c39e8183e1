"""While somebody reads, others write: they are told, and nothing moves."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
PATH = "/discussions/1/?sort=oldest"


def test_a_reader_is_told_of_a_new_reply_and_led_to_it(
    visitor: Visitor, another_visitor: Visitor, site
):
    page = visitor.opens(PATH)
    told = page.locator(".fm-live")
    expect(told).to_have_role("status")
    expect(told).to_have_text("")
    place = page.evaluate("document.documentElement.scrollHeight")

    another_visitor.signs_in(site.accounts["resident"])
    there = another_visitor.opens(PATH)
    there.get_by_role("link", name="Reply to").first.click()
    form = there.locator(".fm-reply-here form")
    form.get_by_role("textbox").first.fill("The lamps go out at eleven in our street.")
    form.get_by_role("button", name="Post reply").click()
    there.wait_for_url("**#comment-*")

    # As when somebody comes back to the tab.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(told).to_contain_text("New comments: 1. Show them")
    assert page.evaluate("document.documentElement.scrollHeight") == place
    visitor.follows("Show them")
    expect(visitor.main).to_contain_text("The lamps go out at eleven in our street.")
