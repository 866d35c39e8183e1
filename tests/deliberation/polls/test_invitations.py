import re

import pytest
from django.urls import reverse

from deliberation.models import Invitation, Vote
from deliberation.services import invitations
from tests.factories.deliberation import PollFactory, StatementFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    return PollFactory(policy=PolicyFactory(guests_may_vote=False))


def join(client, poll, token):
    return client.get(
        reverse("deliberation:poll_join", args=[poll.pk, token]), follow=True
    )


def agree(client, statement):
    path = reverse("deliberation:poll_vote", args=[statement.poll_id])
    return client.post(path, {"statement": statement.pk, "stance": "agree"})


class TestAnInvitation:
    def test_lets_a_guest_vote_where_guests_are_not_admitted(self, client, poll, now):
        statement = StatementFactory(poll=poll)
        (token,) = invitations.make(poll=poll, number=1, now=now)
        page = join(client, poll, token)
        assert token not in page.redirect_chain[-1][0]
        assert "Do you agree with this statement?" in page.content.decode()
        agree(client, statement)
        assert Vote.objects.count() == 1

    def test_gives_one_vote_on_all_devices(self, client, poll, now):
        from django.test import Client

        statement = StatementFactory(poll=poll)
        (token,) = invitations.make(poll=poll, number=1, now=now)
        for device in (client, Client()):
            join(device, poll, token)
            agree(device, statement)
        assert Vote.objects.count() == 1

    def test_does_not_lead_into_another_poll(self, client, poll, now):
        (token,) = invitations.make(poll=poll, number=1, now=now)
        other = PollFactory(policy=PolicyFactory(guests_may_vote=False))
        statement = StatementFactory(poll=other)
        assert join(client, other, token).status_code == 404
        join(client, poll, token)
        agree(client, statement)
        assert not Vote.objects.exists()

    def test_that_is_none_is_refused_in_words(self, client, poll):
        page = join(client, poll, "x" * 500)
        assert page.status_code == 404
        assert "does not lead into this poll" in page.content.decode()
        assert "folkmoot_guest" not in client.cookies

    @pytest.mark.parametrize("number", [0, -1, 501, 10**9])
    def test_is_not_made_by_the_million(self, poll, now, number):
        with pytest.raises(invitations.TooMany):
            invitations.make(poll=poll, number=number, now=now)


class TestTheDesk:
    def test_makes_links_and_shows_them_once(self, client, poll):
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        path = reverse("deliberation_admin:poll", args=[poll.pk])
        html = client.post(path, {"act": "invite", "number": 3}).content.decode()
        links = html.split("readonly>")[1].split("</textarea>")[0].splitlines()
        assert len(links) == 3
        assert all(re.fullmatch(r"http\S+/join/[\w-]{40,}/", one) for one in links)
        assert Invitation.objects.count() == 3
        assert "/join/" not in client.get(path).content.decode()

    @pytest.mark.parametrize("number", ["", "x", "0", "9999", "-3"])
    def test_answers_nonsense_in_words(self, client, poll, number):
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        path = reverse("deliberation_admin:poll", args=[poll.pk])
        page = client.post(path, {"act": "invite", "number": number})
        assert page.status_code == 200
        assert not Invitation.objects.exists()
