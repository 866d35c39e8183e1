"""What somebody began to write and did not send is offered to them, and nobody else."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
FORM = "/discussions/1/comment/"
OFFER = "You began a text here and did not post it."
COAST = "The number 7 should wait for the train from the coast."
LATE = "The number 7 should wait for the late train."


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
