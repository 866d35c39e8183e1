"""Somebody is answered, told of it in the site and by e-mail, and left in peace."""

import pytest

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
QUESTION = "/consultations/market-square/"
A_DAY_AGO = (
    "from datetime import timedelta; from django.db.models import F; "
    "from moderation.models import Notice; "
    "Notice.objects.update(created_at=F('created_at') - timedelta(days=1))"
)


def test_an_answer_reaches_whom_it_answers_and_can_be_silenced(
    visitor: Visitor, another_visitor: Visitor, site
):
    asker = visitor.signs_up("asker@example.org")
    page = visitor.opens(QUESTION)
    visitor.presses("Follow")
    assert "You follow this" in visitor.main.inner_text()
    visitor.fills(Your_comment="Will there be shade for those who queue for bread?")
    visitor.ticks("I have read these rules")
    visitor.presses("Post")
    place = page.url
    assert page.get_by_role("banner").get_by_text(" new").count() == 0

    another_visitor.signs_in(site.accounts["resident"])
    there = another_visitor.opens(place)
    mine = there.locator("article.fm-comment", has_text="queue for bread")
    another_visitor.follows("Reply", inside=mine)
    answer = "The bakery puts up an awning on Saturdays."
    there.locator("form", has=there.get_by_role("textbox")).first.get_by_role(
        "textbox"
    ).fill(answer)
    box = there.get_by_role("main").get_by_label("I have read these rules")
    if box.count():
        box.first.check()
    another_visitor.presses("Post")

    visitor.opens("/")
    badge = page.get_by_role("banner").get_by_role("link", name="What happened")
    assert "1 new" in badge.inner_text()
    badge.click()
    visitor.looks()
    assert answer in visitor.main.inner_text()

    visitor.follows("What comes by e-mail")
    page.get_by_label("Replies to your comments").select_option("daily")
    visitor.presses("Save")
    site.manage("shell", "--command", A_DAY_AGO)
    site.manage("send_digests")
    letter = site.mail_to(asker.email, about="List-Unsubscribe")
    assert "Robin of Fernhaven replied to you" in letter
    assert answer in letter

    visitor.opens("/me/news/")
    page.get_by_role("button", name="replied to you").click()
    page.wait_for_url("**/comments/**")
    assert answer in visitor.main.inner_text()
    visitor.opens("/me/news/")
    assert page.get_by_role("banner").get_by_text(" new").count() == 0

    end = site.link_to(asker.email, containing="/news/no-mail/")
    another_visitor.page.context.clear_cookies()
    another_visitor.opens(end)
    another_visitor.presses("Stop the e-mails")
    assert "no more news by e-mail" in another_visitor.main.inner_text()
    visitor.opens("/me/news/mail/")
    assert page.get_by_label("Replies to your comments").input_value() == "off"
