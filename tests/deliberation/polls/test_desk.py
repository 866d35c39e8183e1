from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Poll, Statement
from deliberation.services import polls, votes
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import AccountFactory

pytestmark = pytest.mark.django_db


def path(name, *args):
    return reverse(f"deliberation_admin:{name}", args=args)


@pytest.fixture
def editor(client):
    account = AccountFactory(is_superuser=True, is_staff=True)
    client.force_login(account)
    return account


class TestTheDesk:
    def test_lists_the_polls_of_pages_one_may_edit(self, client, editor):
        poll = PollFactory(title="Trams at night")
        html = client.get(path("polls")).content.decode()
        assert "Trams at night" in html
        assert path("poll", poll.pk) in html

    def test_is_closed_to_who_may_not_edit_the_page(self, client):
        account = AccountFactory()
        account.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(account)
        poll = PollFactory(title="Trams at night")
        assert "Trams at night" not in client.get(path("polls")).content.decode()
        # Wagtail leads back to its first page with a message.
        assert client.get(path("poll", poll.pk)).status_code == 302

    def test_shows_participation_and_what_needs_votes(self, client, editor, divided):
        lonely = StatementFactory(poll=divided, text="Nobody saw this yet.")
        StatementFactory(poll=divided, held=True)
        html = client.get(path("poll", divided.pk)).content.decode()
        assert "192" in html
        assert lonely.text in html

    def test_closes_the_poll_and_computes_its_results(self, client, editor, divided):
        client.post(path("poll", divided.pk), {"act": "close"})
        divided.refresh_from_db()
        assert divided.closes_at is not None
        assert divided.snapshots.exists()

    def test_closes_a_poll_early_only_with_a_reason_that_stands_in_public(
        self, client, editor, divided
    ):
        told = timezone.now() + timedelta(days=9)
        Poll.objects.filter(pk=divided.pk).update(closes_at=told)
        answer = client.post(path("poll", divided.pk), {"act": "close"}, follow=True)
        assert "People were told" in answer.content.decode()
        divided.refresh_from_db()
        assert divided.closes_at == told
        reason = "The council has <b>decided</b> otherwise."
        client.post(path("poll", divided.pk), {"act": "close", "reason": reason})
        divided.refresh_from_db()
        assert divided.closes_at < told
        public = Client().get(f"/polls/{divided.pk}/").content.decode()
        assert "The council has &lt;b&gt;decided&lt;/b&gt; otherwise." in public
        api = Client().get(f"/api/v1/polls/{divided.pk}").json()
        assert api["closed_early_because"] == reason

    @pytest.mark.parametrize(
        ("told", "given", "stays"),
        [(9, 30, True), (None, None, True), (None, 30, False)],
    )
    def test_keeps_closed_what_was_closed_by_hand_until_a_date_is_given_for_the_first_time(
        self, client, editor, divided, told, given, stays
    ):
        told, given = (
            days and timezone.now() + timedelta(days=days) for days in (told, given)
        )
        Poll.objects.filter(pk=divided.pk).update(closes_at=told)
        act = {"act": "close", "reason": "The council decides earlier."}
        client.post(path("poll", divided.pk), act)
        divided.refresh_from_db()
        again = polls.open_on(
            page=divided.page,
            section=divided.section,
            title=divided.title,
            introduction="",
            seeds=[],
            language="en",
            opens_at=None,
            closes_at=given,
            now=timezone.now(),
        )
        assert again.closes_at == (divided.closes_at if stays else given)

    def test_changes_how_it_is_run(self, client, editor, divided):
        data = {"act": "settings", "statement_maximum": 200, "results": "after_close"}
        client.post(path("poll", divided.pk), data)
        divided.refresh_from_db()
        assert (divided.statement_maximum, divided.results) == (200, "after_close")
        assert not divided.residents_may_submit

    def test_keeps_what_is_wrong_in_the_form(self, client, editor, divided):
        data = {"act": "settings", "statement_maximum": 5, "results": "never"}
        page = client.post(path("poll", divided.pk), data)
        assert page.status_code == 200
        assert "errorlist" in page.content.decode()

    def test_replaces_a_seed_that_was_voted_on(self, client, editor):
        seed = StatementFactory(seed=True)
        VoteFactory(statement=seed)
        data = {"act": "reword", "statement": seed.pk, "text": "Other words."}
        client.post(path("poll", seed.poll_id), data)
        new = Statement.objects.get(replaces=seed)
        seed.refresh_from_db()
        assert (new.text, seed.status) == ("Other words.", "withdrawn")
        asked = client.get(f"/polls/{seed.poll_id}/?statement={new.number}")
        assert f"in place of statement {seed.number}" in asked.content.decode()

    def test_replaces_a_seed_whose_votes_were_taken_back(self, client, editor, now):
        seed = VoteFactory(statement__seed=True).statement
        voter = seed.votes.get().participant
        votes.take_back(statement=seed, participant=voter, now=now)
        data = {"act": "reword", "statement": seed.pk, "text": "Other words."}
        client.post(path("poll", seed.poll_id), data)
        assert Statement.objects.get(replaces=seed).text == "Other words."

    def test_rewords_a_seed_that_was_not(self, client, editor):
        seed = StatementFactory(seed=True)
        data = {"act": "reword", "statement": seed.pk, "text": "Other words."}
        client.post(path("poll", seed.poll_id), data)
        assert Statement.objects.get().text == "Other words."

    def test_lets_a_statement_about_the_voters_shape_no_groups(
        self, client, editor, divided
    ):
        one = divided.statements.first()

        def mark(value):
            data = {"act": "about_voters", "statement": one.pk, "is_meta": value}
            return client.post(path("poll", divided.pk), data, follow=True).text

        assert "shapes no groups any more" in mark("1")
        findings = divided.snapshots.latest("pk").findings
        assert findings["participation"]["meta"] == 1
        told = {each["id"]: each["meta"] for each in findings["statements"]}
        assert told[one.pk]
        assert "shapes groups again" in mark("0")
        participation = divided.snapshots.latest("pk").findings["participation"]
        assert participation["meta"] == 0
        client.post(path("poll", divided.pk), {"act": "close"})
        assert "its results stand" in mark("1")
        one.refresh_from_db()
        assert not one.is_meta

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"act": "x"},
            {"act": "about_voters", "statement": "\x00"},
            {"act": "reword", "statement": "x\x00", "text": ""},
        ],
    )
    def test_answers_nonsense_in_words(self, client, editor, divided, data):
        page = client.post(path("poll", divided.pk), data, follow=True)
        assert page.status_code == 200

    def test_puts_two_polls_side_by_side(self, client, editor, divided):
        other = PollFactory(title="Buses")
        page = client.get(path("compare", divided.pk), {"other": other.pk})
        assert "Buses" in page.content.decode()
        for strange in ("", "x", "9" * 30):
            answer = client.get(path("compare", divided.pk), {"other": strange})
            assert answer.status_code == 302
