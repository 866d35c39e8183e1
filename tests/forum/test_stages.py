from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Citation, Comment
from deliberation.services import follows
from deliberation.services.citations import Wanted
from forum import services
from forum.models import ConsultationPage
from forum.services import stages
from moderation.models import Notice
from moderation.queries import news
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    StatementFactory,
)
from tests.factories.forum import ConsultationFactory
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return ParticipantFactory(with_account=True)


def told(person):
    return [str(item.told.title) for item in news.page(person).items]


class TestAFollower:
    @pytest.fixture
    def now(self):
        """Return the true time: whether a page is over is asked when somebody reads."""
        return timezone.now()

    def test_is_invited_to_nothing_that_is_closed(self, ada, now):
        page = ConsultationFactory(
            opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=31)
        )
        follows.follow(participant=ada, page=page, now=now)
        for day in (2, 25):
            stages.announce_due(now=now + timedelta(days=day))
        assert len(told(ada)) == 2
        ConsultationPage.objects.update(
            opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
        )
        (title,) = told(ada)
        assert "was open until" in title

    def test_is_told_of_each_stage_once(self, ada, now):
        page = ConsultationFactory(
            opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=31)
        )
        follows.follow(participant=ada, page=page, now=now)
        for day in (0, 1, 2, 20, 24, 25, 30):
            stages.announce_due(now=now + timedelta(days=day))
        latest, first = told(ada)
        assert "is open" in first
        assert "closes soon" in latest

    def test_is_told_again_when_the_close_moves(self, ada, now):
        page = ConsultationFactory(closes_at=now + timedelta(days=5))
        follows.follow(participant=ada, page=page, now=now - timedelta(days=10))
        stages.announce_due(now=now)
        page.closes_at = now + timedelta(days=12)
        page.save()
        stages.announce_due(now=now + timedelta(days=6))
        assert [each for each in told(ada) if "closes soon" in each][1:]

    def test_is_not_told_of_what_was_so_already(self, ada, now):
        page = ConsultationFactory()
        follows.follow(participant=ada, page=page, now=now)
        stages.announce_due(now=now)
        assert told(ada) == []

    def test_is_told_nothing_of_a_page_that_is_gone(self, ada, now):
        page = ConsultationFactory(closes_at=now + timedelta(days=5))
        follows.follow(participant=ada, page=page, now=now - timedelta(days=10))
        stages.announce_due(now=now)
        page.live = False
        page.save()
        assert told(ada) == []


class TestAnAnswer:
    @pytest.fixture
    def asked(self, now):
        asked = ConsultationFactory(closed=True)
        DiscussionFactory(page=asked.page_ptr)
        return asked

    @pytest.fixture
    def comment(self, asked, ada):
        return CommentFactory(
            discussion=asked.discussions.get(), author=ada, text="Keep the lime tree."
        )

    def answer(self, asked, now, *wanted):
        return services.publish_answer(
            page=asked, decided="<p>Trees.</p>", changed="", unchanged="", now=now,
            rests_on=wanted,
        )  # fmt: skip

    def link(self, comment):
        return reverse("deliberation:comment", args=[comment.pk])

    def test_is_told_to_everybody_who_spoke_there(self, asked, comment, ada, now):
        asked = self.answer(asked, now)
        for _ in range(2):
            stages.announce(asked, now=now)
        (title,) = told(ada)
        assert "read what came of it" in title

    def test_names_what_it_rests_on_both_ways(self, client, asked, comment, ada, now):
        self.answer(asked, now, Wanted(link=self.link(comment), is_used=True))
        assert any("was used" in each for each in told(ada))
        here = client.get(asked.url).content.decode()
        assert "Keep the lime tree." in here
        assert self.link(comment) in here
        there = client.get(self.link(comment)).content.decode()
        assert "Used in" in there
        citation = Citation.objects.get()
        assert f"{asked.url}#rests-on-{citation.pk}" in there
        data = client.get(f"/api/v1/pages/{asked.pk}/citations").json()["items"]
        assert [each["contribution_id"] for each in data] == [comment.pk]
        mine = client.get(f"/api/v1/comments/{comment.pk}").json()["addressed_in"]
        assert mine[0]["used"] is True
        table = client.get(reverse("deliberation:citations_csv", args=[asked.pk]))
        assert b"Keep the lime tree." in table.getvalue()

    @pytest.mark.parametrize("state", ["hidden", "withdrawn", "held"])
    def test_names_nothing_that_was_taken_away(
        self, client, asked, comment, ada, now, state
    ):
        self.answer(asked, now, Wanted(link=self.link(comment), is_used=True))
        Comment.objects.filter(pk=comment.pk).update(status=state)
        assert not any("was used" in each for each in told(ada))
        for path in (
            asked.url,
            f"/api/v1/pages/{asked.pk}/citations",
            reverse("deliberation:citations_csv", args=[asked.pk]),
        ):
            assert b"lime" not in b"".join(client.get(path))
        asked.refresh_from_db()
        asked.save_revision().publish()

    def test_is_told_once_however_often_it_is_published(self, asked, comment, ada, now):
        asked = self.answer(asked, now, Wanted(link=self.link(comment), is_used=True))
        asked.save_revision().publish()
        assert Notice.objects.filter(participant=ada).count() == 1

    def test_forgets_a_line_that_was_taken_out(self, asked, comment, now):
        asked = self.answer(asked, now, Wanted(link=self.link(comment), is_used=True))
        asked.rests_on = []
        asked.save_revision().publish()
        comment.refresh_from_db()
        assert not Citation.objects.exists()
        assert not comment.is_cited

    def test_tells_nobody_who_wrote_a_statement(self, client, asked, ada, now):
        statement = StatementFactory(
            poll__page=asked.page_ptr, author=ada, text="More shade."
        )
        link = f"/polls/{statement.poll_id}/#statement-{statement.number}"
        wanted = Wanted(link=link, is_used=False, reason="There is no room.")
        self.answer(asked, now, wanted)
        here = client.get(asked.url).content.decode()
        assert "More shade." in here
        assert "There is no room." in here
        assert ada.pseudonym not in here
        assert any("considered, and not used" in each for each in told(ada))
        data = client.get(f"/api/v1/statements/{statement.pk}").json()
        assert data["addressed_in"][0]["reason"] == "There is no room."

    @pytest.mark.parametrize(
        ("link", "words"),
        [
            ("https://elsewhere.example/comments/1/", "another site"),
            ("/comments/999999/", "no comment or statement"),
            ("/accounts/login/", "no comment or statement"),
            ("not a link at all", "no comment or statement"),
            ("http://[", "no comment or statement"),
        ],
    )
    def test_says_what_is_wrong_with_an_address(self, asked, now, link, words):
        with pytest.raises(ValidationError, match=words):
            self.answer(asked, now, Wanted(link=link, is_used=True))

    def test_does_not_rest_on_another_page(self, asked, now):
        foreign = CommentFactory()
        with pytest.raises(ValidationError, match="another page"):
            self.answer(asked, now, Wanted(link=self.link(foreign), is_used=True))
