"""The results of a poll as its pages and files show them."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from deliberation.models import Statement, Vote
from deliberation.services import results
from moderation.choices import ContentStatus
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


def path(name, poll, *more):
    return reverse(f"deliberation:{name}", args=[poll.pk, *more])


class TestResults:
    def test_say_what_unites_and_what_divides(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        html = client.get(path("poll_results", divided)).content.decode()
        assert "Most people in every group agree" in html
        assert "Most agree in group" in html
        assert html.count("<strong>12 people</strong>") == 2
        assert "<svg" in html

    def test_claim_nothing_of_groups_that_are_not_shown(self, client, divided, now):
        snapshot = results.refresh(poll=divided, now=now)
        for size, shown in ((5, True), (3, False)):
            snapshot.findings["groups"][0]["size"] = size
            snapshot.save()
            html = client.get(path("poll_results", divided)).content.decode()
            assert ("Most people in every group agree" in html) is shown
            assert ("not looked at one by one" in html) is not shown
        assert "Most people agree" in html

    def test_say_how_many_people_are_in_no_group(self, client, divided, now):
        voted_once = VoteFactory.create_batch(6, statement=divided.statements.first())
        results.refresh(poll=divided, now=now)
        html = client.get(path("poll_results", divided)).content.decode()
        assert "6 people voted on too few statements to be put into a group." in html
        voted_once[0].delete(), voted_once[1].delete()
        results.refresh(poll=divided, now=now)
        html = client.get(path("poll_results", divided)).content.decode()
        assert "on too few statements" not in html

    def test_are_computed_for_the_first_reader(self, client, divided):
        assert "24" in client.get(path("poll_results", divided)).content.decode()

    def test_show_me_where_i_am_and_why(self, client, divided, me):
        one = Vote.objects.order_by("pk").first().participant
        Vote.objects.filter(participant=one).update(participant=me)
        html = client.get(path("poll_results", divided)).content.decode()
        assert "You are here" in html
        assert "Why am I in this group?" in html
        assert "You agreed:" in html

    def test_have_no_inline_style_or_script(self, client, divided):
        html = client.get(path("poll_results", divided)).content.decode()
        assert " style=" not in html.replace("<style", "")
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)

    def test_lose_a_statement_the_moment_it_is_hidden(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        gone = divided.statements.order_by("number").last()
        Statement.objects.filter(pk=gone.pk).update(status=ContentStatus.HIDDEN)
        for name in ("poll_results", "poll_results_all"):
            assert gone.text not in client.get(path(name, divided)).content.decode()

    def test_of_fewer_than_five_people_are_not_shown(self, client):
        poll = PollFactory(results="always")
        VoteFactory.create_batch(4, statement=StatementFactory(poll=poll))
        html = client.get(path("poll_results", poll)).content.decode()
        assert "Fewer than five people have voted." in html
        assert "fm-bars" not in html

    def test_of_one_camp_say_that_there_are_no_groups(self, client):
        poll = PollFactory(results="always")
        statements = StatementFactory.create_batch(6, poll=poll)
        for voter in ParticipantFactory.create_batch(14):
            for statement in statements:
                VoteFactory(statement=statement, participant=voter)
        html = client.get(path("poll_results", poll)).content.decode()
        assert "Too few votes" in html or "No separate groups" in html
        assert "Most people agree" in html

    @pytest.mark.parametrize(
        ("shown", "voted", "status"),
        [
            ("always", False, 200),
            ("after_voting", False, 302),
            ("after_voting", True, 200),
            ("after_close", True, 302),
        ],
    )
    def test_are_shown_as_the_poll_says(
        self, client, divided, me, shown, voted, status
    ):
        divided.results = shown
        divided.save()
        if voted:
            VoteFactory(statement=divided.statements.first(), participant=me)
        for name in ("poll_results", "poll_results_all"):
            assert client.get(path(name, divided)).status_code == status
        file = client.get(path("poll_file", divided, "results.xlsx"))
        assert file.status_code == status

    def test_of_a_closed_poll_are_shown_to_all(self, client):
        poll = PollFactory(closed=True, results="after_close")
        assert client.get(path("poll_results", poll)).status_code == 200

    def test_say_to_how_many_a_statement_is_important(self, client, divided, now):
        few, many = divided.statements.order_by("number")[:2]
        for statement, people in ((few, 4), (many, 7)):
            marked = [each.pk for each in statement.votes.order_by("pk")[:people]]
            Vote.objects.filter(pk__in=marked).update(is_important=True)
        results.refresh(poll=divided, now=now)
        page = client.get(path("poll_results_all", divided), {"order": "important"})
        html = page.content.decode()
        assert html.count("said that this is important to them") == 1
        assert "7 people said that this is important to them" in html
        assert html.index(many.text) < html.index(few.text)
        told = client.get(f"/api/v1/polls/{divided.pk}/results").json()["statements"]
        assert [one["important"] for one in told[:3]] == [None, 7, None]

    def test_of_all_statements_come_in_pages_and_orders(self, client, divided):
        orders = ("number", "agree", "disagree", "pass", "divides", "important", "?")
        for order in orders:
            page = client.get(path("poll_results_all", divided), {"order": order})
            assert page.status_code == 200
        assert client.get(path("poll_results_all", divided), {"page": "x"}).status_code

    def test_can_be_printed_unfolded_and_without_my_place(self, client, divided, me):
        one = Vote.objects.order_by("pk").first().participant
        Vote.objects.filter(participant=one).update(participant=me)
        results_path = path("poll_results", divided)
        assert "fm-map-you" in client.get(results_path).content.decode()
        html = client.get(results_path, {"view": "print"}).content.decode()
        assert "fm-map-you" not in html
        folded = re.findall(r"<details(?![^>]* open)", html.split("<main")[1])
        assert not folded
        texts = set(divided.statements.values_list("text", flat=True))
        assert all(text in html for text in texts)

    def test_can_be_taken_home_as_a_spreadsheet(self, client, divided, now):
        Statement.objects.filter(number=0).update(text='=HYPERLINK("x")')
        results.refresh(poll=divided, now=now)
        file = client.get(path("poll_file", divided, "results.xlsx"))
        book = load_workbook(io.BytesIO(b"".join(file.streaming_content)))
        rows = list(book.worksheets[0].iter_rows())
        assert len(rows) == 9
        assert rows[1][1].data_type == "s"
        assert rows[1][2].value == 24

    def test_can_be_taken_home_as_data_where_open(self, client, divided, now):
        results.refresh(poll=divided, now=now)
        file = client.get(path("poll_file", divided, "votes.csv"))
        assert len(b"".join(file.streaming_content).splitlines()) == 193
        divided.is_open_data = False
        divided.save()
        assert client.get(path("poll_file", divided, "votes.csv")).status_code == 404
        assert client.get(path("poll_file", divided, "x.csv")).status_code == 404

    def test_hide_what_a_small_group_voted(self, client, now):
        poll = PollFactory(results="always")
        statements = StatementFactory.create_batch(10, poll=poll)
        for size, stance in ((20, 1), (3, -1)):
            for voter in ParticipantFactory.create_batch(size):
                for statement in statements:
                    VoteFactory(statement=statement, participant=voter, stance=stance)
        findings = results.refresh(poll=poll, now=now).findings
        small = [g["letter"] for g in findings["groups"] if g["size"] < 5]
        if not small:
            pytest.skip("the maths saw no group of three here")
        html = client.get(path("poll_results", poll)).content.decode()
        assert "So small that nothing more is shown" in html
        assert html.count("fm-bars-picture") <= html.count("<thead>") * 2 + 2
