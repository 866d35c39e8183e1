"""A resident signs up, speaks, answers, votes to the end and sees who agrees."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
QUESTION = "Should Market Square be closed to cars on Saturdays?"
POLL = "What should a Saturday on Market Square be like?"
MOST_STATEMENTS = 60


def test_a_resident_takes_part_from_the_first_visit_to_the_results(visitor: Visitor):
    page = visitor.opens("/")
    visitor.signs_up("newcomer@example.org")

    visitor.opens("/")
    visitor.follows(QUESTION)
    text = "My grandmother needs a bench on the way from the bus to the bakery."
    visitor.fills(Your_comment=text)
    visitor.ticks("I have read these rules")
    visitor.presses("Post")
    mine = page.locator("article.fm-comment", has_text=text)
    assert mine.count() == 1

    visitor.follows("Reply", inside=mine)
    answer = "And a second one halfway, please."
    page.locator("form", has=page.get_by_role("textbox")).first.get_by_role(
        "textbox"
    ).fill(answer)
    visitor.presses("Post")
    assert page.locator("article.fm-comment", has_text=answer).count() >= 1

    visitor.opens("/consultations/market-square/")
    page.get_by_role("link", name=re.compile("Vote|statement", re.I)).first.click()
    visitor.looks()
    _votes_to_the_end(visitor)
    page.get_by_role("link", name=re.compile("results", re.I)).first.click()
    visitor.looks()
    told = visitor.main.inner_text()
    assert "What unites" in told
    assert re.search(r"Group A", told)
    assert "You are here" in page.content()


def _votes_to_the_end(visitor: Visitor) -> None:
    page = visitor.page
    for count in range(MOST_STATEMENTS):
        agree = page.get_by_role("button", name="Agree", exact=True)
        if not agree.count():
            return
        agree.first.click()
        page.wait_for_load_state()
        if count in {0, 10}:
            visitor.looks()
    pytest.fail("The poll never came to its end.")


def test_a_guest_votes_without_an_account_and_without_javascript(browser, site):
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/consultations/market-square/")
    page.get_by_role("link", name=re.compile("Vote|statement", re.I)).first.click()
    page.get_by_role("button", name="Disagree", exact=True).click()
    assert "1 of " in page.get_by_role("main").inner_text()
    context.close()


def test_somebody_without_a_mouse_can_vote(visitor: Visitor):
    page = visitor.opens("/consultations/market-square/")
    page.get_by_role("link", name=re.compile("Vote|statement", re.I)).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/polls/**")
    for _step in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip().endswith("Agree"):
            break
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert "1 of " in visitor.main.inner_text()
    # The next statement has the focus, and takes a number.
    page.keyboard.press("2")
    expect(visitor.main).to_contain_text("2 of ")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/consultations/",
        "/consultations/library-hours/",
        "/consultations/night-buses/",
        "/consultations/riverside-school-route/",
        "/moderation/register/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/discussions/1/?sort=oldest",
        "/discussions/1/?q=bus&sort=oldest",
        "/discussions/1/figures/",
        "/discussions/1/comment/",
        "/questions/1/",
        "/comments/1/",
    ],
)
def test_every_public_page_is_open_to_everybody(visitor: Visitor, path):
    visitor.opens(path)
    assert visitor.page.locator("h1").count() == 1
