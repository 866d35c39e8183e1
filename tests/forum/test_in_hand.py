"""What an editor sees first: what runs, what is owed, what is being written."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from deliberation.choices import Stage
from forum.queries import in_hand
from moderation.rules.pages import registry
from tests.factories.forum import NOW, ConsultationFactory
from tests.factories.moderation import AccountFactory
from tests.forum.gate.pages import minds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules():
    minds(off=[each for each in registry.names() if each != "CON-14"], options={})


@pytest.fixture
def editor():
    return AccountFactory(is_superuser=True)


def asked(title, *, opened, closes, **fields):
    return ConsultationFactory(
        title=title,
        opens_at=NOW - timedelta(days=opened),
        closes_at=NOW + timedelta(days=closes),
        **fields,
    )


def titles(user):
    return [each.page.title for each in in_hand.of(user, now=NOW)]


class TestWhatIsInHand:
    def test_comes_in_the_order_of_what_presses(self, editor):
        asked("Written", opened=-9, closes=40, live=False)
        asked("Announced", opened=-5, closes=40)
        asked("Open", opened=5, closes=3)
        asked("Owed", opened=200, closes=-90)
        assert titles(editor) == ["Owed", "Open", "Announced", "Written"]

    def test_says_how_far_each_is_and_what_is_owed(self, editor):
        asked("Open", opened=5, closes=3)
        asked("Owed", opened=200, closes=-10)
        owed, running = in_hand.of(editor, now=NOW)
        assert (owed.stage, [debt.what for debt in owed.owed]) == (
            Stage.CLOSED,
            ["outcome"],
        )
        assert (running.stage, running.owed) == (Stage.OPEN, ())
        assert running.at == NOW + timedelta(days=3)

    def test_leaves_out_what_is_answered(self, editor):
        told = {
            "answered_at": NOW - timedelta(days=9),
            "outcome_decided": "<p>Yes.</p>",
        }
        asked("Done", opened=200, closes=-90, **told)
        assert titles(editor) == []

    def test_leaves_out_pages_of_others(self):
        page = asked("Ours", opened=5, closes=3)
        asked("Theirs", opened=5, closes=3)
        group = Group.objects.create(name="One page")
        clerk = AccountFactory()
        clerk.groups.add(group)
        GroupPagePermission.objects.create(
            group=group, page=Page.objects.get(pk=page.pk), permission_type="change"
        )
        assert titles(clerk) == ["Ours"]
        assert titles(AccountFactory()) == []

    def test_stands_on_the_first_page_of_the_admin(self, client, editor):
        page = asked("Should trams <run> at night?", opened=5, closes=3)
        client.force_login(editor)
        html = client.get(reverse("wagtailadmin_home")).text
        assert "In your hands" in html
        assert "Should trams &lt;run&gt; at night?" in html
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html

    def test_leaves_the_first_page_as_it_is_where_there_is_nothing(
        self, client, editor
    ):
        client.force_login(editor)
        assert "In your hands" not in client.get(reverse("wagtailadmin_home")).text

    def test_costs_the_same_however_many_pages_there_are(
        self, editor, django_assert_max_num_queries
    ):
        def costs(number):
            for days in range(number):
                asked(f"Open {number}.{days}", opened=5, closes=30 + days)
                asked(f"Owed {number}.{days}", opened=300, closes=-100 - days)
            with django_assert_max_num_queries(60) as queries:
                in_hand.of(editor, now=NOW)
            return len(queries)

        assert costs(3) == costs(25)

    def test_shows_a_translation_with_its_original_only(self, editor):
        page = asked("Ours", opened=5, closes=3)
        Locale.objects.get_or_create(language_code="de")
        page.copy_for_translation(
            Locale.objects.get(language_code="de"), copy_parents=True
        )
        assert len(in_hand.of(editor, now=NOW)) == 1
