"""Holes that systems of this kind had, as far as they concern the desk.

Rows 4 in services/test_own_data.py; 6 in test_api_desk.py; 9 and 12 in
test_queue_page.py; 11 in test_queue_page.py and test_report.py; 17 in
services/test_outside.py; 18 in test_decision_pages.py; 21 and 28 in test_desk.py; 24,
29, 31 and 33 in test_api_public.py; 25, 28 and 29 in test_hidden_everywhere.py; 26 in
test_markup.py; 27 in test_payloads.py; 32 in test_register_page.py.
"""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from moderation.choices import Act, ContentStatus
from moderation.models import Assignment, HouseRule, Policy, SavedReply
from moderation.services import appeals, desk, flags, letters, review
from tests.factories.deliberation import PageFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}
PAYLOAD = "</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"
SNIPPETS = ("policy", "houserule", "savedreply", "participant", "assignment")


def hide(note, now):
    return review.decide(
        content=note, act=Act.HIDE, decided_by=ModeratorFactory(), now=now, **REASONS
    )


def appeal(now, text="It is a quotation."):
    decision = hide(NoteFactory(), now)
    return appeals.raise_by_author(decision=decision, text=text, now=now)


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def with_permissions(*names):
    account = AccountFactory()
    account.user_permissions.set(Permission.objects.filter(codename__in=names))
    return account


@pytest.fixture
def everything(now):
    """Return every page of the desk, by the permission that opens it."""
    note, policy = NoteFactory(), Policy.objects.create(name="Town")
    rule = HouseRule.objects.create(
        code="insult", language="en", title="x", text="x", changed_at=now
    )
    reply = SavedReply.objects.create(rule_id="x", language="en", title="x", text="x")
    assignment = Assignment.objects.create(account=AccountFactory(), page=PageFactory())
    kept = (policy, rule, reply, ParticipantFactory(), assignment)
    snippets = [
        reverse(f"wagtailsnippets_moderation_{name}:{view}", args=args)
        for name, each in zip(SNIPPETS, kept, strict=True)
        for view, args in (("list", []), ("edit", [each.pk]))
    ]
    return {
        "review_content": [
            reverse("moderation_admin:queue"),
            reverse("moderation_admin:item", args=["note", note.pk]),
        ],
        "lead_review": [
            reverse("moderation_admin:appeals"),
            reverse("moderation_admin:appeal", args=[appeal(now).pk]),
        ],
        "change_policy": [
            reverse("moderation_admin:dry_run", args=[policy.pk]),
            *snippets,
        ],
    }


class TestRow7PagesOfTheDesk:
    @pytest.mark.parametrize(
        ("permissions", "opened"),
        [
            ([], set()),
            (["access_admin"], set()),
            (["access_admin", "review_content"], {"review_content"}),
            (["access_admin", "lead_review"], {"lead_review"}),
        ],
    )
    def test_open_to_those_alone_who_work_there(self, everything, permissions, opened):
        client = signed_in(with_permissions(*permissions))
        for permission, paths in everything.items():
            for path in paths:
                status = client.get(path).status_code
                assert (status == 200) is (permission in opened), path

    def test_are_shut_to_strangers(self, everything):
        for path in [path for paths in everything.values() for path in paths]:
            answer = Client().get(path)
            assert answer.status_code == 302
            assert "/login" in answer.url


class TestRow12WhatResidentsWrote:
    def test_runs_nowhere_at_the_desk(self, now):
        """In an appeal, a note, a law, a pseudonym, a redacted and a saved text."""
        boss = lead()
        SavedReply.objects.create(
            rule_id="insult", language="en", title=PAYLOAD, text=PAYLOAD
        )
        note = NoteFactory(text=f"abc {PAYLOAD}", author__pseudonym=PAYLOAD[:40])
        flags.raise_by_person(
            content=note, reporter=ParticipantFactory(pseudonym="<i>Eve</i>"),
            reason="illegal", text=PAYLOAD, legal_ground=PAYLOAD, good_faith=True,
            now=now,
        )  # fmt: skip
        desk.note(content=note, by=boss, text=PAYLOAD, now=now)
        redacted = review.decide(
            content=note, act=Act.REDACT, decided_by=ModeratorFactory(), now=now,
            passage="abc", **{**REASONS, "facts": PAYLOAD},
        )  # fmt: skip
        raised = appeals.raise_by_author(decision=redacted, text=PAYLOAD, now=now)
        policy = Policy.objects.create(name=PAYLOAD, redress=PAYLOAD)
        boss.is_superuser = True
        boss.save()
        client = signed_in(boss)
        for path in (
            reverse("moderation_admin:queue"),
            reverse("moderation_admin:item", args=["note", note.pk]),
            reverse("moderation_admin:appeals"),
            reverse("moderation_admin:appeal", args=[raised.pk]),
            reverse("moderation_admin:dry_run", args=[policy.pk]),
            reverse("wagtailsnippets_moderation_savedreply:list"),
            reverse("moderation:decision", args=[redacted.receipt]),
            reverse("moderation:register"),
        ):
            page = client.get(path).content.decode()
            assert "<img src=x" not in page, path
            assert "<i>Eve" not in page, path
            assert "{{ 7" not in page or "{{ 7|add:7 }}" in page


class TestRows3And16QueriesOfTheDesk:
    @pytest.mark.parametrize(
        "query",
        [
            {"author__email__startswith": "a"},
            {"order": "author__account__password"},
            {"sort": "1;drop table"},
            {"expand": "author.account"},
        ],
    )
    @pytest.mark.parametrize("path", ["moderation/queue", "register"])
    def test_take_no_other_keys(self, path, query):
        client = signed_in(ModeratorFactory())
        assert client.get(f"/api/v1/{path}", query).status_code == 422

    def test_take_no_sort_key_on_the_pages(self):
        client = signed_in(ModeratorFactory())
        for path in (reverse("moderation_admin:queue"), reverse("moderation:register")):
            plain = client.get(path).status_code
            odd = client.get(path, {"ordering": "author__account__password", "x": "'"})
            assert plain == odd.status_code == 200


class TestRow18ChangesAtTheDesk:
    def test_need_a_token_and_a_post(self, now):
        account, note = lead(), NoteFactory(held=True)
        raised = appeal(now)
        client = Client(enforce_csrf_checks=True)
        client.force_login(account)
        item = ["note", note.pk]
        for path, typed in (
            (reverse("moderation_admin:item", args=item), {**REASONS, "act": "hide"}),
            (reverse("moderation_admin:note", args=item), {"text": "x"}),
            (reverse("moderation_admin:note", args=item), {"claim": "1"}),
            (
                reverse("moderation_admin:hide_many"),
                {**REASONS, "item": f"note/{note.pk}/0"},
            ),
            (
                reverse("moderation_admin:appeal", args=[raised.pk]),
                {"outcome": "upheld", "answer": "No."},
            ),
        ):
            assert client.post(path, typed).status_code == 403, path
            assert client.get(path, typed).status_code in {200, 405}, path
        note.refresh_from_db()
        raised.refresh_from_db()
        assert note.status == ContentStatus.HELD
        assert raised.answered_at is None
        assert not note.decisions.exists()


class TestRow28WorkThatWaited:
    def test_asks_again_who_may_be_told(self, now):
        NoteFactory(held=True)
        still, no_longer, gone = ModeratorFactory.create_batch(3)
        no_longer.user_permissions.clear()
        gone.is_active = False
        gone.save()
        letters.summary(now=now)
        assert [letter.to for letter in mail.outbox] == [[still.email]]

    def test_of_a_moderator_elsewhere_reaches_nothing_here(self, now):
        note = NoteFactory()
        decision = hide(note, now)
        stranger = with_permissions("access_admin")
        with pytest.raises(review.MayNotDecide):
            review.decide(
                content=note, act=Act.RESTORE, decided_by=stranger, now=now,
                reverses=decision,
            )  # fmt: skip


class TestRow29MassAssignment:
    @pytest.mark.parametrize(
        "extra",
        [{"decided_by": 1}, {"automation": "x"}, {"reverses": 1}, {"status": "hidden"}],
    )
    def test_of_a_decision_is_refused(self, extra):
        note = NoteFactory()
        body = {
            "content": {"kind": "note", "id": note.pk}, "act": "hide", "seen": 0,
            **REASONS, **extra,
        }  # fmt: skip
        answer = signed_in(ModeratorFactory()).post(
            "/api/v1/moderation/decisions", body, content_type="application/json"
        )
        assert answer.status_code == 422
        assert not note.decisions.exists()

    def test_of_a_decision_by_the_form_changes_nothing(self, now):
        note, moderator = NoteFactory(), ModeratorFactory()
        first = hide(NoteFactory(), now)
        signed_in(moderator).post(
            reverse("moderation_admin:item", args=["note", note.pk]),
            {
                **REASONS,
                "act": "hide",
                "reverses": first.pk,
                "rule_text": "My own rule",
            },
        )
        made = note.decisions.get()
        assert made.decided_by == moderator
        assert made.reverses is None
        assert made.rule_text.startswith("Insults")
