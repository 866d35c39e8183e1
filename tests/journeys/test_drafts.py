"""What somebody began to write and did not send is offered to them, and nobody else."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
FORM = "/discussions/1/comment/"
OFFER = "You began a text here and did not post it."
COAST = "The number 7 should wait for the train from the coast."
LATE = "The number 7 should wait for the late train."
THREAD = "/comments/1/#comment-1"


def _writes(visitor: Visitor, text: str) -> None:
    visitor.main.get_by_role("textbox").first.fill(text)
    # It is kept in a pause.
    visitor.page.wait_for_timeout(700)


def test_a_text_that_was_not_sent_is_offered_back(visitor: Visitor, site):
    visitor.signs_in(site.accounts["resident"])
    page = visitor.opens(FORM)
    field = visitor.main.get_by_role("textbox").first
    _writes(visitor, COAST)
    idea = visitor.main.get_by_label("Idea", exact=True)
    language = visitor.main.get_by_label("Language of your comment")
    idea.check()
    language.select_option("fr")
    page.wait_for_timeout(700)
    visitor.opens(FORM)
    expect(page.get_by_text(OFFER)).to_be_visible()
    visitor.presses("Put it back")
    expect(field).to_have_value(COAST)
    expect(idea).to_be_checked()
    expect(language).to_have_value("fr")
    language.select_option("en")
    visitor.presses("Post comment")
    assert "#comment-" in page.url

    # An edit is a text, too, though its field is not empty.
    visitor.follows("Edit")
    _writes(visitor, LATE)
    visitor.opens(page.url)
    expect(page.get_by_text(OFFER)).to_be_visible()
    expect(field).to_have_value(COAST)
    visitor.presses("Put it back")
    expect(field).to_have_value(LATE)

    visitor.opens(FORM)
    expect(page.get_by_text(OFFER)).to_be_hidden()
    _writes(visitor, "Nobody needs to know this yet.")
    visitor.signs_out()
    visitor.signs_in(site.accounts["editor"])
    visitor.opens(FORM)
    expect(page.get_by_text(OFFER)).to_be_hidden()


@pytest.fixture
def reply(visitor: Visitor, site):
    """Return the form of a reply, brought into a page on which a comment stands."""
    visitor.signs_in(site.accounts["resident"])
    visitor.opens(THREAD)
    return _begins_reply(visitor)


def _begins_reply(visitor: Visitor) -> Locator:
    comment = visitor.page.locator("#comment-1")
    comment.get_by_role("link", name="Reply").click()
    return comment.locator("form.fm-composer")


def _is_offered(visitor: Visitor, text: str) -> None:
    form = _begins_reply(visitor)
    expect(form.get_by_text(OFFER)).to_be_visible()
    form.get_by_role("button", name="Put it back").click()
    expect(form.get_by_role("textbox").first).to_have_value(text)


def _get_no_answer(route: Route) -> None:
    route.abort("internetdisconnected")


def _get_a_bad_gateway(route: Route) -> None:
    route.fulfill(status=502, body="Bad gateway")


@pytest.mark.parametrize("failure", [_get_no_answer, _get_a_bad_gateway])
def test_a_reply_that_never_arrived_is_offered_again(
    visitor: Visitor, reply: Locator, failure
):
    page = visitor.page
    reply.get_by_role("textbox").first.fill(COAST)
    page.route("**/reply/", failure)
    with page.expect_request("**/reply/"):
        reply.get_by_role("button", name="Post reply").click()
    page.unroute("**/reply/")
    page.goto(THREAD)
    _is_offered(visitor, COAST)
    # The browser complains of the failure that was made here.
    visitor.complaints.clear()


def test_a_reply_that_is_too_long_to_be_sent_is_offered_again(
    visitor: Visitor, reply: Locator
):
    endless = "word " * 250_000
    reply.get_by_role("textbox").first.fill(endless)
    reply.get_by_role("button", name="Post reply").click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "Too much at once"
    )
    visitor.page.go_back()
    _is_offered(visitor, endless)
    visitor.complaints.clear()


def test_a_reply_that_stands_is_offered_to_nobody(visitor: Visitor, reply: Locator):
    reply.get_by_role("textbox").first.fill(LATE)
    reply.get_by_role("button", name="Post reply").click()
    visitor.page.wait_for_url("**/#comment-*")
    expect(visitor.page.get_by_text("Your comment is published.")).to_be_visible()
    visitor.page.goto("/comments/1/")
    form = _begins_reply(visitor)
    expect(form.get_by_role("textbox").first).to_be_focused()
    expect(form.get_by_text(OFFER)).to_be_hidden()
    assert visitor.page.evaluate("localStorage.length") == 0
    assert "folkmoot_posted" not in visitor.page.evaluate("document.cookie")


def test_what_is_quoted_stands_before_what_was_typed(visitor: Visitor, reply: Locator):
    reply.get_by_role("textbox").first.fill(COAST)
    reply.get_by_label("Idea", exact=True).check()
    reply.get_by_role("button", name="Quote what you answer").click()
    visitor.page.wait_for_url("**/reply/")
    visitor.looks()
    field = visitor.main.get_by_role("textbox").first
    expect(field).to_be_focused()
    assert field.input_value().startswith("> ")
    assert field.input_value().endswith(f"\n\n{COAST}")
    expect(visitor.main.get_by_label("Idea", exact=True)).to_be_checked()
    expect(visitor.page.get_by_text(OFFER)).to_be_hidden()


def test_a_draft_is_put_back_below_a_quotation(visitor: Visitor, reply: Locator):
    reply.get_by_role("textbox").first.fill(COAST)
    # It is kept in a pause.
    visitor.page.wait_for_timeout(700)
    visitor.opens("/comments/1/reply/?quote=1")
    visitor.presses("Put it back")
    field = visitor.main.get_by_role("textbox").first
    assert field.input_value().startswith("> ")
    assert field.input_value().endswith(f"\n\n{COAST}")


def test_what_is_refused_says_why_at_once(visitor: Visitor, site):
    visitor.signs_in(site.accounts["resident"])
    visitor.opens(FORM)
    visitor.presses("Post comment")
    why = visitor.main.get_by_role("alert").first
    expect(why).to_be_focused()
    expect(why).to_contain_text("This is not posted yet.")
    visitor.complaints.clear()
