import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from moderation.choices import ContentStatus, Standing
from moderation.models import Decision, Flag, Policy
from moderation.queries.replay import replay
from moderation.rules import from_policy
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, NoteFactory

pytestmark = pytest.mark.django_db

WORDS = [["blocked_words", {"words": {"en": ["quagga"]}}]]
HOLDING = [["personal_data", {"effect": "hold"}]]


def counts(rules, **options):
    return replay(from_policy(rules), **options).counts


class TestARehearsal:
    def test_counts_what_would_have_happened_and_changes_nothing(self):
        NoteFactory(text="Write to ida@example.org")
        NoteFactory(text="The quagga again")
        NoteFactory.create_batch(3)
        found = counts(HOLDING + WORDS + [["length", {}]])
        assert (found["hold"], found["flagged"], found["publish"]) == (1, 1, 4)
        assert not Flag.objects.exists()
        assert not Decision.objects.exists()

    def test_knows_what_the_author_wrote_before(self, now):
        person = ParticipantFactory(created_at=now, standing=Standing.NEW)
        for minutes in range(4):
            NoteFactory(
                author=person, text=f"Thread number {minutes}, about something else.",
                created_at=now + timedelta(minutes=minutes),
            )  # fmt: skip
        assert counts([["pace", {}]])["refuse"] == 1

    def test_looks_at_the_latest_only(self, now):
        NoteFactory(text="The quagga", created_at=now - timedelta(days=9))
        NoteFactory.create_batch(3, created_at=now)
        assert counts(WORDS, limit=3)["flagged"] == 0
        assert counts(WORDS, limit=4)["flagged"] == 1

    def test_costs_the_same_for_five_and_for_fifty(self, django_assert_max_num_queries):
        NoteFactory.create_batch(50)
        with django_assert_max_num_queries(8):
            counts(WORDS)


class TestTheCommand:
    def test_tells_and_changes_nothing_on_a_dry_run(self, capsys):
        NoteFactory(text="The quagga again")
        call_command("replay_rules", "--dry-run", rules=json.dumps(WORDS))
        told = capsys.readouterr().out
        assert "Of the last 1: 0 refused, 0 held, 1 flagged." in told
        assert "quagga" in told
        assert not Flag.objects.exists()

    def test_puts_findings_on_the_moderators_list_once(self, capsys):
        note = NoteFactory(text="The quagga again")
        PolicyFactory(name="Town", rules=WORDS)
        for _ in range(2):
            call_command("replay_rules", policy="Town")
        assert Flag.objects.of(note).count() == 1
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize(
        "options", [{"rules": "[["}, {"rules": '[["lenght", {}]]'}, {"policy": "None"}]
    )
    def test_says_what_is_wrong(self, options):
        with pytest.raises(CommandError):
            call_command("replay_rules", "--dry-run", **options)


class TestThePage:
    @pytest.fixture
    def path(self):
        return reverse("moderation_admin:dry_run", args=[PolicyFactory(rules=WORDS).pk])

    def test_shows_what_the_policy_would_have_done(self, client, path):
        note = NoteFactory(text="The quagga <b>again</b>")
        client.force_login(ModeratorFactory(permissions=["change_policy"]))
        page = client.get(path).content.decode()
        assert "Of the last 1 contributions: 0 refused, 0 held, 1 flagged" in page
        assert "&lt;b&gt;again" in page
        assert reverse("moderation_admin:item", args=["note", note.pk]) in page

    def test_is_one_click_from_where_the_policy_is_edited(self, admin_client, path):
        policy = Policy.objects.get()
        edit = reverse("wagtailsnippets_moderation_policy:edit", args=[policy.pk])
        assert f'href="{path}"' in admin_client.get(edit).content.decode()
        add = reverse("wagtailsnippets_moderation_policy:add")
        assert "Once the policy is saved" in admin_client.get(add).content.decode()

    def test_tries_other_rules_without_saving_them(self, client, path):
        NoteFactory(text="The quagga")
        client.force_login(ModeratorFactory(permissions=["change_policy"]))
        page = client.post(path, {"rules": '[["length", {}]]'}).content.decode()
        assert "0 flagged" in page
        assert "1 flagged" in client.get(path).content.decode()

    @pytest.mark.parametrize("rules", ["", "{}", "[[", '[["lenght", {}]]', "\x00"])
    def test_says_what_is_wrong(self, client, path, rules):
        client.force_login(ModeratorFactory(permissions=["change_policy"]))
        page = client.post(path, {"rules": rules})
        assert page.status_code == 200
        assert b"Of the last" not in page.content

    def test_is_for_who_keeps_the_policies(self, client, path):
        client.force_login(ModeratorFactory())
        assert client.get(path).status_code == 302

    def test_is_found_from_the_list_of_policies(self, client, path):
        keeper = ModeratorFactory(permissions=["change_policy", "view_policy"])
        client.force_login(keeper)
        page = client.get(reverse("wagtailsnippets_moderation_policy:list"))
        assert path in page.content.decode()
