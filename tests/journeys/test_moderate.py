"""A report becomes a decision with reasons, and the author is told."""

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
TEXT = "Whoever drives through the square on Saturdays is an idiot and a pig."
REASONS = "The text calls drivers by names instead of arguing with what they want."


def test_a_flag_leads_to_a_decision_whose_reasons_the_author_reads(
    visitor: Visitor, another_visitor: Visitor, site
):
    author = another_visitor
    author.signs_up("hothead@example.org")
    author.opens("/consultations/market-square/")
    author.fills(Your_comment=TEXT)
    author.presses("Post")
    # Its words are heated: the author is advised once, and posts all the same.
    assert "Before you post" in author.main.inner_text()
    author.presses("Post")
    comment = author.page.locator("article.fm-comment", has_text=TEXT)
    place = comment.locator("a", has=author.page.locator("time")).first
    permalink = place.get_attribute("href")

    # Somebody reports it without an account.
    page = visitor.opens(permalink)
    comment = page.locator("article.fm-comment", has_text=TEXT)
    visitor.follows("Report", inside=comment)
    page.get_by_label("It insults or harasses somebody").check()
    visitor.fills(Your_name="Ada Reader", Your_e="ada@example.org")
    visitor.presses("Send")

    visitor.signs_in(site.accounts["moderator"])
    visitor.opens("/cms/moderation/")
    visitor.follows(TEXT[:40])
    page.get_by_label("Hide it").check()
    page.get_by_label("Argue with the idea").check()
    page.get_by_label("Reasons in your own words").fill(REASONS)
    page.get_by_role("button", name="Decide", exact=True).click()
    visitor.looks()

    told = site.mail_to("hothead@example.org", about="/moderation/decisions/")
    assert REASONS in " ".join(told.split())
    author.opens(
        site.link_to("hothead@example.org", containing="/moderation/decisions/")
    )
    assert REASONS in author.main.inner_text()
    author.opens("/me/")
    assert "hidden" in author.main.inner_text().lower()

    page = visitor.opens(permalink)
    assert TEXT not in page.content()
    assert "hidden" in visitor.main.inner_text().lower()
    visitor.opens("/moderation/register/")
    assert "ada@example.org" not in page.content()
    assert TEXT not in page.content()
