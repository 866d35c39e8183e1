"""What a city owes by a day: said in public, reminded of, and shown when overdue."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from forum.models import BarrierReport, HearingSpeaker, Reminder
from forum.queries import debts
from forum.services import reminders
from moderation.rules.pages import registry
from moderation.rules.pages.answers import Due
from tests.factories.forum import NOW, ConsultationFactory, HearingFactory
from tests.factories.moderation import AccountFactory
from tests.forum.gate.pages import minds

pytestmark = pytest.mark.django_db

OWING = ("CON-14", "HEA-02", "HEA-08")


@pytest.fixture(autouse=True)
def _rules():
    minds(off=[each for each in registry.names() if each not in OWING], options={})


def closed(days, **fields):
    """Return a page that closed some days ago; its answer is due after 84."""
    return ConsultationFactory(
        opens_at=NOW - timedelta(days=400),
        closes_at=NOW - timedelta(days=days),
        contact_email="square@town.example",
        owner=AccountFactory(email="owner@town.example"),
        **fields,
    )


class TestReminders:
    @pytest.mark.parametrize(
        ("days", "sent"),
        [(20, None), (55, None), (56, 28), (70, 28), (77, 7), (84, 0), (120, 0)],
    )
    def test_come_four_weeks_and_one_before_and_on_the_day(self, days, sent):
        closed(days)
        assert [each.days_before for each in reminders.send_due(now=NOW)] == (
            [] if sent is None else [sent]
        )

    def test_go_once_to_owner_and_contact(self):
        closed(77)
        reminders.send_due(now=NOW)
        reminders.send_due(now=NOW)
        assert Reminder.objects.count() == 1
        assert sorted(each.to[0] for each in mail.outbox) == [
            "owner@town.example",
            "square@town.example",
        ]
        assert "due by" in mail.outbox[0].body

    def test_go_along_with_the_schedule(self):
        closed((NOW - timezone.now()).days + 77)
        call_command("publish_scheduled")
        assert Reminder.objects.exists()


class TestDebts:
    def test_are_shown_on_the_page_until_they_are_paid(self, client):
        page = closed((NOW - timezone.now()).days + 100)
        assert "overdue" in client.get(page.url).text

    def test_of_a_hearing_are_agenda_and_minutes(self):
        page = HearingFactory()
        owed = {each.what: each.state for each in debts.of_page(page, now=NOW)}
        assert owed["agenda"] is Due.WAITING
        assert owed["minutes"] is Due.NOT_YET
        late = NOW + timedelta(days=40)
        owed = {each.what: each.state for each in debts.of_page(page, now=late)}
        assert owed["agenda"] is Due.OVERDUE
        assert owed["minutes"] is Due.OVERDUE

    def test_of_an_agenda_are_paid_on_the_day_it_became_public(self):
        page = HearingFactory(
            agenda=[("point", {"starts": None, "title": "Welcome", "detail": ""})],
        )
        page.save_revision().publish()
        page.refresh_from_db()
        came = page.agenda_published_at
        page.save_revision().publish()
        page.refresh_from_db()
        assert came == page.agenda_published_at
        type(page).objects.update(agenda_published_at=NOW)
        page.refresh_from_db()
        late = NOW + timedelta(days=9)
        owed = {each.what: each.state for each in debts.of_page(page, now=late)}
        assert owed["agenda"] is Due.KEPT


class TestSpeakers:
    def test_are_listed_in_public_the_new_ones_first(self, client):
        page = HearingFactory(speaking_minutes=6)
        for number, name in enumerate(("Old hand", "Newcomer", "Another")):
            HearingSpeaker.objects.create(
                page=page,
                name=name,
                asked_at=NOW + timedelta(hours=number),
                has_spoken=name == "Old hand",
            )
        html = client.get(page.url).text
        places = [html.index(each) for each in ("Newcomer", "Another", "Old hand")]
        assert places == sorted(places)
        assert "Each has 120 seconds." in html


class TestStatement:
    PATH = "/accessibility/"

    def test_is_made_from_the_policy_of_the_site(self, client):
        minds(
            statement_contact="Call 01632 960142",
            statement_enforcement="The ombudsperson",
            statement_gaps="Old plans are scans until 2027.",
        )
        html = client.get(self.PATH).text
        for words in ("01632 960142", "ombudsperson", "scans until 2027", "in part"):
            assert words in html

    def test_opens_a_case_that_is_confirmed_answered_and_closed(self, client):
        form = {"what": "The map cannot be read out.", "email": "ann@example.org"}
        assert client.post(self.PATH, form).status_code == 200
        case = BarrierReport.objects.get()
        assert "We have your report" in mail.outbox[-1].body
        client.force_login(AccountFactory(is_superuser=True))
        queue = client.get(reverse("moderation_admin:queue")).text
        assert "Reported barriers (1)" in queue
        path = reverse("wagtailsnippets_forum_barrierreport:edit", args=[case.pk])
        for _again in range(2):
            assert client.post(path, {"answer": "We added a list."}).status_code == 302
        case.refresh_from_db()
        assert case.answered_at
        told = [each for each in mail.outbox if "We added a list." in each.body]
        assert [each.to for each in told] == [["ann@example.org"]]
        assert (
            "Reported barriers (1)"
            not in client.get(reverse("moderation_admin:queue")).text
        )
