import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Answer, Comment, PollResult, Reaction, Vote
from forum import queries
from forum.models import ConsultationPage, ForumIndexPage, HearingPage
from home.demo import people
from moderation.choices import ContentStatus
from moderation.models import Appeal, Flag

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def seed():
    told = StringIO()
    call_command("seed_demo", stdout=told)
    return told.getvalue()


class TestDemonstration:
    @pytest.fixture
    def fewer_votes(self, monkeypatch):
        """Cast a few votes only: thousands take their time."""
        monkeypatch.setattr(people, "VOTERS", 36)
        monkeypatch.setattr("home.demo.voting._groups", lambda _sizes: "abc" * 12)

    @pytest.mark.usefixtures("fewer_votes")
    def test_is_a_town_that_a_second_run_leaves_as_it_is(self, client):
        told = seed()
        assert ConsultationPage.objects.live().count() == 3
        assert HearingPage.objects.live().count() == 2
        index = ForumIndexPage.objects.get()
        stages = {
            found.stage for found in queries.find(below=index, now=timezone.now())
        }
        assert len(stages) == 4
        assert Comment.objects.count() > 280
        spoken = set(Comment.objects.values_list("language", flat=True))
        assert {"en", "de", "fr", "es", "ar", "uk", "tr"} <= spoken
        assert set(Comment.objects.values_list("status", flat=True)) >= {
            ContentStatus.PUBLISHED,
            ContentStatus.HIDDEN,
            ContentStatus.WITHDRAWN,
        }
        assert Comment.objects.filter(edited_at__isnull=False).exists()
        assert Reaction.objects.count() > 300
        assert Comment.objects.exclude(theme="").count() >= 10
        assert Comment.objects.exclude(stance="").count() >= 10
        assert "Ombudsperson" in client.get(reverse("forum:accessibility")).text
        assert Flag.objects.waiting().count() >= 3
        assert Appeal.objects.exists()
        assert PollResult.objects.get().voters == 36
        assert Answer.objects.count() == 36
        self._sign_in(client, told)
        counts = [model.objects.count() for model in (Comment, Vote, Flag, Reaction)]
        again = seed()
        assert counts == [m.objects.count() for m in (Comment, Vote, Flag, Reaction)]
        assert "changepassword" in again
        assert get_user_model().objects.count() == 4

    def _sign_in(self, client, told):
        keys = dict(re.findall(r"(\w+@fernhaven\.example)\s+(\S+)", told))
        assert len(set(keys.values())) == 4
        for address, password in keys.items():
            form = {"login": address, "password": password}
            answer = client.post(reverse("account_login"), form)
            assert answer.status_code == 302, address
            client.logout()
        for page in ("/", "/consultations/", "/consultations/market-square/"):
            assert client.get(page).status_code == 200
