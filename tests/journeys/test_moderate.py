"""A report becomes a decision with reasons, and an appeal undoes it."""

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
PROMOTE = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
account = get_user_model().objects.get(email="{}")
account.groups.add(Group.objects.get(name="Lead moderators"))
"""
TEXT = "Whoever drives through the square on Saturdays is an idiot and a pig."
REASONS = "The text calls drivers by names instead of arguing with what they want."


def test_a_report_leads_to_reasons_an_appeal_and_back(
    visitor: Visitor, another_visitor: Visitor, site
):
    author = another_visitor
    author.signs_up("hothead@example.org")
    author.opens("/consultations/market-square/")
    author.fills(Your_comment=TEXT)
    author.ticks("I have read these rules")
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
    page.get_by_label("Hide it", exact=True).check()
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

    # The reporter without an account is told by letter, too.
    assert "Insults" in site.mail_to("ada@example.org", about="was hidden")

    # The author objects by the link of the letter, in a browser that knows nobody.
    stranger = author.page.context.browser.new_context(base_url=site.address)
    by_letter = Visitor(stranger.new_page(), site)
    by_letter.opens(
        site.link_to("hothead@example.org", containing="/moderation/decisions/")
    )
    by_letter.follows("Appeal")
    by_letter.fills(Why_is_the_decision_wrong="It quotes a saying of our town.")
    by_letter.submits()
    assert "received" in by_letter.page.inner_text("body")
    stranger.close()
    assert not by_letter.complaints

    # Whoever decided first may lead by now, but not answer this one.
    site.manage("shell", "-c", PROMOTE.format(site.accounts["moderator"].email))
    visitor.opens("/cms/moderation/appeals/")
    visitor.follows("It quotes a saying")
    appeal = visitor.page.url
    assert "somebody else must answer" in visitor.main.inner_text()
    assert visitor.page.get_by_role("button", name="Answer").count() == 0

    # Somebody else reads both, and finds that the author is right.
    author.signs_out()
    lead = author
    lead.signs_in(site.accounts["lead"])
    lead.opens(appeal)
    lead.page.get_by_label("The decision is overturned").check()
    lead.page.get_by_label("Reasons in your own words").fill("It is a quotation.")
    lead.page.get_by_role("button", name="Answer").click()
    lead.looks()
    assert "quotation" in site.mail_to(
        "hothead@example.org", about="appeal was answered"
    )

    # All is back where it was, and the register tells how it went.
    page = visitor.opens(permalink)
    assert TEXT in visitor.main.inner_text()
    visitor.opens("/moderation/register/")
    told = visitor.main.inner_text()
    assert "appealed" in told
    assert "overturned on appeal" in told
    assert "The lines below are whole" in told
