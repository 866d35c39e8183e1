"""The reasons for a decision, as a page and as data, and the appeal against it."""

import json
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from moderation.choices import Act, ContentStatus
from moderation.models import Appeal, Decision
from moderation.queries.appeals import due_at
from moderation.services import appeals, review
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation.acts import REASONS, flag_page, hide
from tests.moderation.civic import data

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Return the present: the pages look at the clock themselves."""
    return timezone.now()


class TestTheStatementOfReasons:
    def test_is_complete_for_whoever_holds_the_receipt(self, client, now):
        note = NoteFactory(text="You are a fool, <b>mayor</b>.")
        decision = hide(note, now)
        answer = client.get(reverse("moderation:decision", args=[decision.receipt]))
        page = answer.content.decode()
        assert "Insults and harassment have no place here" in page
        assert "It calls the mayor a name." in page
        assert "by a person" in page.lower()
        assert "You may appeal until" in page
        assert "&lt;b&gt;mayor" in page
        assert "no-store" in answer["Cache-Control"]

    def test_is_data_in_the_fields_of_the_dsa(self, client, now):
        decision = hide(NoteFactory(), now)
        address = reverse("moderation:decision_json", args=[decision.receipt])
        data = client.get(address).json()
        assert data["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
        assert data["incompatible_content_explanation"] == REASONS["facts"]
        assert data["content_language"] == "EN"
        assert data["application_date"] == timezone.localdate().isoformat()
        assert data["puid"] == "decision-1"
        assert decision.receipt not in str(data)

    def test_of_nothing_is_not_found(self, client):
        for name in ("decision", "decision_json", "appeal"):
            address = reverse(f"moderation:{name}", args=["nonsense"])
            assert client.get(address).status_code == 404


class TestTheStatementAsData:
    def test_uses_the_words_of_the_dsa_database_only(self, client, now):
        vocabulary = json.loads(
            data("dsa-statements").joinpath("vocab.json").read_text()
        )
        law = {"ground": "DECISION_GROUND_ILLEGAL_CONTENT", "legal_ground": "Code, 1"}
        for reasons in (REASONS, {**REASONS, **law}, {**law, "facts": "x"}):
            decision = review.decide(
                content=NoteFactory(language="de"), act=Act.HIDE,
                decided_by=ModeratorFactory(), now=now, **reasons,
            )  # fmt: skip
            address = reverse("moderation:decision_json", args=[decision.receipt])
            told = client.get(address).json()
            for member, words in {
                "decision_ground": "DECISION_GROUNDS",
                "category": "STATEMENT_CATEGORIES",
                "source_type": "SOURCE_TYPES",
                "automated_decision": "AUTOMATED_DECISIONS",
            }.items():
                assert told[member] in vocabulary[words]
            assert set(told["content_type"]) <= set(vocabulary["CONTENT_TYPES"])
            visibilities = set(vocabulary["DECISION_VISIBILITIES"])
            assert set(told["decision_visibility"]) <= visibilities
            assert re.fullmatch(r"[A-Za-z0-9_-]{1,500}", told["puid"])
            is_illegal = told["decision_ground"].endswith("ILLEGAL_CONTENT")
            assert ("illegal_content_legal_ground" in told) is is_illegal
            assert ("incompatible_content_ground" in told) is not is_illegal


class TestAnAppeal:
    def test_says_by_when_it_is_answered(self, client, now):
        decision = hide(NoteFactory(), now)
        appeal = appeals.raise_by_author(decision=decision, text="No.", now=now)
        page = client.get(reverse("moderation:decision", args=[decision.receipt]))
        until = date_format(timezone.localtime(due_at(appeal)), "DATE_FORMAT")
        assert f"They have until {until}" in page.content.decode()

    def test_goes_from_the_letter_to_the_return_of_the_text(
        self, client, now, django_capture_on_commit_callbacks
    ):
        note, first = NoteFactory(), ModeratorFactory()
        with django_capture_on_commit_callbacks(execute=True):
            hide(note, now, by=first)
        address = re.search(r"http\S+", mail.outbox[0].body)[0]
        path = "/" + address.split("/", 3)[3]
        page = client.get(path).content.decode()
        appeal_path = re.search(r'href="(\S+/appeal/)"', page)[1]
        assert client.get(appeal_path).status_code == 200
        answer = client.post(appeal_path, {"text": "It quotes the mayor."}, follow=True)
        assert "waits for somebody" in answer.content.decode()
        appeal = Appeal.objects.get()
        second = lead()
        client.force_login(second)
        desk = reverse("moderation_admin:appeal", args=[appeal.pk])
        client.post(desk, {"outcome": "overturned", "answer": "It is a quotation."})
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED
        client.logout()
        page = client.get(path).content.decode()
        assert "It is a quotation." in page

    def test_is_refused_the_second_time_with_the_words_given_back(self, client, now):
        decision = hide(NoteFactory(), now)
        path = reverse("moderation:appeal", args=[decision.receipt])
        client.post(path, {"text": "First"})
        answer = client.post(path, {"text": "Second"})
        assert answer.status_code == 400
        assert "Second" in answer.content.decode()
        assert Appeal.objects.count() == 1


class TestStateChanges:
    @pytest.mark.parametrize("page", ["flag", "appeal", "me", "item", "desk"])
    def test_need_a_form_of_ours(self, now, page):
        """Known holes, row 18."""
        from django.test import Client

        decision = hide(NoteFactory(), now)
        appeal = Appeal.objects.create(
            decision=decision, side="author", text="x", created_at=now
        )
        client = Client(enforce_csrf_checks=True)
        client.force_login(lead())
        path = {
            "flag": flag_page(NoteFactory()),
            "appeal": reverse("moderation:appeal", args=[decision.receipt]),
            "me": reverse("moderation:me"),
            "item": reverse("moderation_admin:item", args=["note", 1]),
            "desk": reverse("moderation_admin:appeal", args=[appeal.pk]),
        }[page]
        assert client.post(path, {"text": "x"}).status_code == 403
        assert Decision.objects.count() == 1
