"""Statements, one after the other, and the three answers to each."""

import re

import pytest
from django.urls import reverse

from deliberation.models import Vote
from moderation.choices import ContentStatus, Standing
from moderation.models import Participant
from tests.factories.deliberation import PollFactory, StatementFactory
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db


def path(name, poll, *more):
    return reverse(f"deliberation:{name}", args=[poll.pk, *more])


def vote(client, statement, stance="agree", **more):
    return client.post(
        path("poll_vote", statement.poll),
        {"statement": statement.pk, "stance": stance, **more},
        follow=True,
    )


class TestVoting:
    def test_asks_one_statement_with_three_answers(self, client, poll):
        StatementFactory.create_batch(3, poll=poll)
        html = client.get(path("poll", poll)).content.decode()
        assert html.count('name="stance"') == 3
        assert "0 of 3 statements; stop whenever you like" in html

    def test_as_a_stranger_makes_a_guest_with_a_cookie(self, client, poll):
        statement = StatementFactory(poll=poll)
        page = vote(client, statement, "disagree", important="1")
        stored = Vote.objects.get()
        assert (stored.stance, stored.is_important) == (-1, True)
        assert stored.participant.is_guest
        assert "folkmoot_guest" in client.cookies
        assert "Your vote: disagree." in page.content.decode()

    def test_goes_on_to_the_next_statement_and_announces_it(self, client, poll):
        statements = StatementFactory.create_batch(2, poll=poll)
        page = vote(client, statements[0])
        html = page.content.decode()
        assert page.redirect_chain[0][0].endswith("#statement")
        assert statements[1].text in html
        assert re.search(r'role="status"[^>]*>Your vote: agree\.', html)
        assert "<title>1 of 2: " in re.sub(r"\s+<", "<", html)

    def test_ends_in_thanks(self, client, poll):
        page = vote(client, StatementFactory(poll=poll))
        assert "That was all. Thank you." in page.content.decode()

    def test_can_be_undone(self, client, poll, me):
        statement = StatementFactory(poll=poll)
        vote(client, statement)
        page = client.post(path("poll_undo", poll), follow=True)
        assert not Vote.objects.exists()
        assert statement.text in page.content.decode()

    def test_undone_twice_says_that_there_is_nothing(self, client, poll, me):
        page = client.post(path("poll_undo", poll), follow=True)
        assert "There is no vote to take back." in page.content.decode()

    def test_can_be_changed_from_the_list_of_my_votes(self, client, poll, me):
        statement = StatementFactory(poll=poll)
        vote(client, statement)
        mine = client.get(path("poll_votes", poll)).content.decode()
        assert f"?statement={statement.number}#statement" in mine
        card = client.get(path("poll", poll) + f"?statement={statement.number}")
        assert "You voted: agree" in card.content.decode()
        vote(client, statement, "pass")
        assert Vote.objects.get().stance == 0

    def test_needs_an_account_where_guests_are_not_admitted(self, client):
        poll = PollFactory(policy=PolicyFactory(guests_may_vote=False))
        page = vote(client, StatementFactory(poll=poll))
        assert page.redirect_chain[0][0].startswith("/accounts/login/")
        assert not Participant.objects.filter(guest_token_hash__isnull=False).exists()

    def test_after_the_close_is_refused_in_words(self, client, me):
        statement = StatementFactory(poll=PollFactory(closed=True))
        page = vote(client, statement)
        assert page.status_code == 409
        assert "takes nothing new" in page.content.decode()

    def test_by_the_suspended_is_refused_in_words(self, client, poll, me):
        Participant.objects.update(standing=Standing.SUSPENDED)
        page = vote(client, StatementFactory(poll=poll))
        assert page.status_code == 403
        assert not Vote.objects.exists()

    @pytest.mark.parametrize("status", [ContentStatus.HIDDEN, ContentStatus.HELD])
    def test_on_what_is_hidden_is_like_voting_on_nothing(
        self, client, poll, me, status
    ):
        statement = StatementFactory(poll=poll, status=status)
        page = vote(client, statement)
        assert page.status_code == 404
        assert statement.text not in page.content.decode()

    def test_on_a_statement_of_another_poll_is_refused(self, client, poll, me):
        foreign = StatementFactory()
        page = client.post(
            path("poll_vote", poll), {"statement": foreign.pk, "stance": "agree"}
        )
        assert page.status_code == 404
        assert not Vote.objects.exists()

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"statement": "x", "stance": "agree"},
            {"statement": str(9**30), "stance": "agree"},
            {"statement": "-1", "stance": "agree"},
            {"statement": "1", "stance": "maybe"},
            {"statement": "1\x00", "stance": "agree\x00"},
            {"statement": "1" * 100_000, "stance": "agree"},
        ],
    )
    def test_with_anything_else_is_answered_in_words(self, client, poll, me, data):
        page = client.post(path("poll_vote", poll), data, follow=True)
        assert page.status_code == 200
        assert "Please press one of the three answers." in page.content.decode()

    @pytest.mark.parametrize("number", ["99", "x", "-1", "9" * 40, "1\x00", "٣"])
    def test_asked_for_a_strange_statement_never_fails(self, client, poll, number):
        page = client.get(path("poll", poll), {"statement": number})
        assert page.status_code in {200, 404}

    def test_needs_no_more_queries_for_more_statements(
        self, client, poll, me, django_assert_max_num_queries
    ):
        StatementFactory.create_batch(40, poll=poll)
        client.get(path("poll", poll))
        with django_assert_max_num_queries(32):
            client.get(path("poll", poll))

    def test_never_says_who_wrote_a_statement(self, client, poll, me):
        statement = StatementFactory(poll=poll)
        report = reverse("moderation:flag", args=["statement", statement.pk])
        for address in (path("poll", poll), report):
            html = client.get(address).content.decode()
            assert statement.text in html
            assert statement.author.pseudonym not in html

    def test_asks_what_matters_before_the_answer_that_sends_it(self, client, poll):
        StatementFactory(poll=poll)
        html = client.get(path("poll", poll)).content.decode()
        assert html.index('id="important"') < html.index('value="agree"')

    def test_of_an_unpublished_page_is_not_there(self, client):
        poll = PollFactory(page__live=False)
        for name in ("poll", "poll_votes", "poll_results", "poll_results_all"):
            assert client.get(path(name, poll)).status_code == 404
