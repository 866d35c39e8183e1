"""Somebody reads threads without a mouse: what scripts replace, the focus survives."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visitor: Visitor, site):
    """Return the page of a discussion, open to somebody signed in."""
    visitor.signs_in(site.accounts["resident"])
    return visitor.opens("/discussions/1/?sort=oldest")


def test_more_comments_go_on_where_the_reader_is(page):
    threads = page.locator("#threads-1 > li")
    expect(threads).to_have_count(20)
    page.get_by_role("link", name="Show more comments").focus()
    page.keyboard.press("Enter")
    expect(threads).to_have_count(40)
    headings = threads.nth(20).get_by_role("heading")
    expect(headings.first).to_be_focused()


def test_a_reaction_stays_under_the_finger(page):
    comment = page.locator("article", has=page.locator(".fm-reactions")).first
    button = comment.get_by_role("button", name="I agree").first
    was = button.get_attribute("aria-pressed")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute(
        "aria-pressed", "false" if was == "true" else "true"
    )
    expect(button).to_be_focused()


def test_a_reply_that_was_begun_is_not_begun_again(page):
    comment = page.locator("article", has=page.locator(".fm-reactions")).first
    reply = comment.get_by_role("link", name="Reply to").first
    reply.press("Enter")
    field = comment.get_by_role("textbox").first
    expect(field).to_be_focused()
    field.fill("Half a reply")
    reply.press("Enter")
    page.wait_for_timeout(500)
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a reply")


def test_a_reply_that_was_given_up_leads_back_to_where_it_began(page):
    comment = page.locator("article", has=page.locator(".fm-reactions")).first
    reply = comment.get_by_role("link", name="Reply to").first
    reply.press("Enter")
    form = comment.locator("form.fm-composer")
    form.get_by_role("textbox").first.fill("Half a reply")
    form.get_by_role("link", name="Cancel").press("Enter")
    expect(form).to_have_count(0)
    expect(reply).to_be_focused()
    reply.press("Enter")
    expect(form.get_by_text("You began a text here")).to_be_visible()


def test_a_stranger_who_replies_is_led_to_sign_in(visitor: Visitor):
    page = visitor.opens("/discussions/1/?sort=oldest")
    comment = page.locator("article", has=page.get_by_role("link", name="Reply to"))
    comment.first.get_by_role("link", name="Reply to").press("Enter")
    sign_in = comment.first.get_by_role("link", name="Sign in to take part")
    expect(sign_in).to_be_focused()
    assert "/reply/" in sign_in.get_attribute("href")


def test_a_link_that_fails_by_script_is_followed_without(page, visitor: Visitor):
    page.route("**/reply/", lambda route: route.fulfill(status=503), times=1)
    comment = page.locator("article", has=page.locator(".fm-reactions")).first
    comment.get_by_role("link", name="Reply to").first.press("Enter")
    page.wait_for_url("**/reply/")
    expect(page.get_by_role("main").get_by_role("textbox").first).to_be_visible()
    # The browser complains of the failure that was made here.
    visitor.complaints.clear()
