"""Hidden means hidden: a visitor who follows every link finds nothing of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from deliberation.services import comments
from deliberation.tasks import refresh_results
from moderation.choices import Act
from moderation.models import Assignment, Participant
from moderation.queries import register
from moderation.services import erasure, review
from tests.factories.forum import ConsultationFactory
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, lead
from tests.moderation.town import Town, walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Words that stand in what was hidden, held or edited away, and nowhere else.
SECRET = ("quagga", "axolotl", "pangolin", "narwhal", "okapi", "serval")


@pytest.fixture
def town(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return Town()


def visitor(participant: Participant | None = None) -> Client:
    client = Client()
    if participant:
        client.force_login(participant.account)
    return client


class TestAVisitor:
    def test_would_find_it_if_it_were_there(self, town):
        review.decide(
            content=town.hidden, act=Act.RESTORE, decided_by=lead(), now=town.now
        )
        for content in (town.statement, town.redacted):
            review.decide(
                content=content, act=Act.RESTORE, decided_by=lead(), now=town.now
            )
        refresh_results.call(town.poll.pk)
        found = {
            (path.split("?")[0], word)
            for path, body in walk(visitor(), town.doors())
            for word in SECRET
            if word in body.lower()
        }
        for name, pk, word in (
            ("discussion_feed", town.discussion.pk, "quagga"),
            ("comment", town.hidden.pk, "quagga"),
            ("comment_history", town.hidden.pk, "okapi"),
            ("poll_results_all", town.poll.pk, "narwhal"),
            ("comment", town.redacted.pk, "serval"),
        ):
            assert (reverse(f"deliberation:{name}", args=[pk]), word) in found
        comments_path = f"/api/v1/discussions/{town.discussion.pk}/comments"
        assert (comments_path, "quagga") in found
        export = reverse("deliberation:poll_file", args=[town.poll.pk, "comments.csv"])
        assert (export, "narwhal") in found
        assert not any(word == "axolotl" for _path, word in found)

    @pytest.mark.parametrize("who", ["stranger", "resident", "reporter"])
    def test_finds_nothing_of_what_was_hidden(self, town, who):
        """Known holes, rows 25 and 29."""
        person = {
            "stranger": None,
            "resident": ParticipantFactory(with_account=True),
            "reporter": town.reporter,
        }[who]
        client, found, pages = visitor(person), [], 0
        receipt = town.reporter.flags_raised.get().receipt
        doors = [*town.doors()]
        if who == "reporter":
            doors.append(reverse("moderation:receipt", args=[receipt]))
        for path, body in walk(client, doors):
            pages += 1
            found += [(path, word) for word in SECRET if word in body.lower()]
        assert found == []
        assert pages > 40

    def test_who_wrote_it_finds_it_on_pages_of_their_own_only(self, town):
        own = reverse("moderation:decision", args=[town.decision.receipt])
        client = visitor(town.author)
        places = {
            path.split("?")[0]
            for path, body in walk(client, [*town.doors(), own])
            if any(word in body.lower() for word in ("quagga", "pangolin", "okapi"))
        }
        assert own in places
        mine = {"/me/", "/me/data/", "/me/data.json", "/api/v1/me/data"}
        assert mine <= places
        others = places - {own, *mine}
        decisions = reverse("moderation:decision", args=["x"]).removesuffix("x/")
        assert {path for path in others if not path.startswith(decisions)} == set()


class TestAModeratorOfAnotherConsultation:
    def test_finds_nothing_of_what_waits_or_was_hidden_here(self, town):
        """Known holes, row 28."""
        moderator = ModeratorFactory()
        Assignment.objects.create(account=moderator, page=ConsultationFactory())
        client = Client()
        client.force_login(moderator)
        desk = [reverse("moderation_admin:queue"), "/api/v1/moderation/queue"]
        desk += [
            reverse("moderation_admin:item", args=[kind, item.pk])
            for kind, item in (
                ("comment", town.hidden), ("comment", town.held),
                ("statement", town.statement),
            )
        ]  # fmt: skip
        for path in desk:
            body = client.get(path).content.decode().lower()
            assert not any(word in body for word in SECRET), path
        found = [
            (path, word)
            for path, body in walk(client, town.doors())
            for word in SECRET
            if word in body.lower()
        ]
        assert found == []


class TestAnErasedPerson:
    def test_is_found_nowhere_but_leaves_the_register_whole(
        self, town, django_capture_on_commit_callbacks
    ):
        gone = ParticipantFactory(with_account=True, pseudonym="Zebu Dormouse")
        comments.post(
            discussion=town.discussion, author=gone, raw="The capybara likes shade.",
            language="en", now=town.now,
        )  # fmt: skip
        words = ("zebu", "capybara", gone.account.email)
        path = f"/api/v1/discussions/{town.discussion.pk}/comments"
        assert "capybara" in Client().get(path).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            erasure.ask(participant=gone, now=town.now - timedelta(days=1))
            assert erasure.carry_out_due(now=town.now) == 1
        found = [
            (path, word)
            for path, body in walk(Client(), town.doors())
            for word in words
            if word in body.lower()
        ]
        assert found == []
        assert register.verify().is_whole


class TestLetters:
    def test_hold_nothing_of_what_was_hidden_but_for_its_author(self, town):
        """Known holes, row 25."""
        others = [m for m in mail.outbox if m.to != [town.author.account.email]]
        assert others
        for letter in others:
            told = (letter.subject + letter.body).lower()
            assert not any(word in told for word in SECRET)
        to = {address for letter in mail.outbox for address in letter.to}
        assert to == {town.author.account.email, town.reporter.account.email}


class TestAnswersThatCachesKept:
    def test_are_no_longer_good_once_something_is_hidden(self, town):
        """Known holes, row 29."""
        paths = [
            f"/api/v1/discussions/{town.discussion.pk}/comments?sort=oldest",
            f"/api/v1/comments/{town.reply.pk}",
        ]
        client = Client()
        tags = {path: client.get(path)["ETag"] for path in paths}
        town.hide(town.reply)
        for path, tag in tags.items():
            answer = client.get(path, headers={"If-None-Match": tag})
            assert answer.status_code == 200

    def test_count_only_what_is_public(self, town):
        path = f"/api/v1/discussions/{town.discussion.pk}"
        before = Client().get(path).content.decode()
        town.hide(town.reply)
        assert Client().get(path).content.decode() != before


class TestARestoredItem:
    def test_is_found_where_it_was(self, town):
        path = f"/api/v1/comments/{town.hidden.pk}"
        review.decide(
            content=town.hidden, act=Act.RESTORE, decided_by=lead(), now=town.now
        )
        assert "quagga" in Client().get(path).content.decode()
        assert "okapi" not in Client().get(path).content.decode()
