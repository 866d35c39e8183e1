"""Deciding in the admin: on an item, and on an appeal."""

import pytest
from django.urls import reverse

from moderation.choices import Act, ContentStatus
from moderation.models import Decision
from moderation.rules import Effect, Finding
from moderation.services import appeals, flags, review
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation.waiting import flag, item_page

pytestmark = pytest.mark.django_db

HIDE = {
    "act": "hide",
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


class TestTheItemPage:
    def test_shows_the_item_in_its_context_without_any_address(self, desk, now):
        note = NoteFactory(text="The word fool stands here")
        flags.raise_by_rule(
            content=note,
            finding=Finding(
                rule="blocked_words", version="1", effect=Effect.FLAG,
                message="A word to look at.", start=9, end=13, matched="fool",
            ),
            now=now,
        )  # fmt: skip
        page = desk.get(item_page(note)).content.decode()
        assert '<mark title="blocked_words">fool</mark>' in page
        assert "The board" in page
        assert note.author.pseudonym in page
        assert note.author.account.email not in page

    def test_hides_with_reasons(self, desk, now):
        note = NoteFactory()
        flag(note, now)
        answer = desk.post(item_page(note), {**HIDE, "seen": "0"})
        assert answer.status_code == 302
        decision = Decision.objects.get()
        assert decision.decided_by == desk.moderator
        assert decision.rule_text.startswith("Insults")
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN

    def test_goes_on_to_the_next_item(self, desk, now):
        note, other = NoteFactory(), NoteFactory()
        flag(note, now)
        flag(other, now)
        answer = desk.post(item_page(note), {"act": "keep", "next": "1"})
        assert answer.url == item_page(other)

    def test_keeps_what_was_typed_when_reasons_are_missing(self, desk):
        note = NoteFactory()
        answer = desk.post(
            item_page(note), {**HIDE, "rule_id": "", "facts": "My words"}
        )
        page = answer.content.decode()
        assert "Choose the rule" in page
        assert "My words" in page

    def test_tells_the_second_moderator_of_the_first(self, desk, now):
        note = NoteFactory()
        review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now,
            facts="It is fair.",
        )  # fmt: skip
        answer = desk.post(item_page(note), {**HIDE, "seen": "0"})
        assert answer.status_code == 409
        assert "It is fair." in answer.content.decode()
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize("act", ["hide", "keep", "redact", "move"])
    def test_tells_the_second_moderator_whatever_the_first_made_impossible(
        self, desk, now, act
    ):
        note = NoteFactory()
        review.decide(
            content=note, decided_by=ModeratorFactory(), now=now,
            **{**HIDE, "facts": "It calls names."},
        )  # fmt: skip
        mine = {**HIDE, "act": act, "facts": "My own words", "seen": "0"}
        answer = desk.post(item_page(note), mine)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "It calls names." in page
        assert "My own words" in page
        assert "valid choice" not in page

    def test_refuses_the_author_themself(self, desk):
        note = NoteFactory(author__account=desk.moderator)
        answer = desk.post(item_page(note), HIDE)
        assert "Nobody decides on their own" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_is_shut_to_who_is_no_longer_a_moderator(self, desk):
        """Known holes, row 28."""
        note = NoteFactory()
        assert desk.get(item_page(note)).status_code == 200
        desk.moderator.user_permissions.clear()
        desk.post(item_page(note), HIDE)
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize("pk", [0, 999_999, 10**30])
    def test_of_nothing_is_not_found(self, desk, pk):
        path = reverse("moderation_admin:item", args=["note", pk])
        assert desk.get(path).status_code == 404
        assert desk.get(path.replace("note", "nonsense")).status_code == 404

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"act": "nonsense"},
            {"act": "hold"},
            {**HIDE, "facts": "a\x00b"},
            {**HIDE, "facts": "x" * 100_000},
            {**HIDE, "rule_id": "x" * 1000},
            {**HIDE, "seen": "x" * 1000},
            {**HIDE, "ground": "x"},
        ],
    )
    def test_bears_bad_input(self, desk, fields):
        note = NoteFactory()
        assert desk.post(item_page(note), fields).status_code == 200
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED


class TestTheAppealPage:
    def make(self, now, by):
        note = NoteFactory()
        decision = review.decide(
            content=note, decided_by=by, now=now,
            **{**HIDE, "act": Act.HIDE},
        )  # fmt: skip
        appeal = appeals.raise_by_author(
            decision=decision, text="It is a quotation.", now=now
        )
        return appeal, reverse("moderation_admin:appeal", args=[appeal.pk])

    def test_refuses_whoever_decided_first(self, client, now):
        first = lead()
        appeal, path = self.make(now, first)
        client.force_login(first)
        assert "somebody else must answer" in client.get(path).content.decode()
        client.post(path, {"outcome": "upheld", "answer": "No."})
        appeal.refresh_from_db()
        assert appeal.answered_at is None

    def test_lists_and_answers(self, client, now):
        appeal, path = self.make(now, ModeratorFactory())
        client.force_login(lead())
        listed = client.get(reverse("moderation_admin:appeals")).content.decode()
        assert "It is a quotation." in listed
        assert path in listed
        client.post(path, {"outcome": "upheld", "answer": "It is not."})
        appeal.refresh_from_db()
        assert appeal.outcome == "upheld"
        assert client.get(path).status_code == 200
