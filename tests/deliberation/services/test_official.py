import pytest
from django.db import IntegrityError
from django.urls import reverse

from deliberation.models import Comment
from deliberation.services import official
from moderation.models import Notice
from moderation.queries import news
from moderation.services import participants
from tests.factories.deliberation import CommentFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return AccountFactory(is_superuser=True)


@pytest.fixture
def answer(editor, now):
    person = participants.for_account(account=editor, now=now, language="en")
    asked = CommentFactory(author=ParticipantFactory(with_account=True))
    return CommentFactory(parent=asked, author=person)


class TestAnOfficialAnswer:
    def test_is_told_to_whom_it_answers_once(self, answer, editor, now):
        for _ in range(2):
            official.declare(comment=answer, by=editor, now=now)
        notice = Notice.objects.get()
        assert notice.participant == answer.parent.author
        (item,) = news.page(answer.parent.author).items
        assert item.told.path.startswith(
            reverse("deliberation:comment", args=[answer.pk])
        )
        assert answer.text not in notice.title + notice.body

    def test_can_be_taken_back(self, answer, editor, now):
        official.declare(comment=answer, by=editor, now=now)
        official.revoke(comment=answer, by=editor)
        answer.refresh_from_db()
        assert not answer.is_official

    def test_is_not_told_to_oneself(self, answer, editor, now):
        own = CommentFactory(parent=answer, author=answer.author)
        official.declare(comment=own, by=editor, now=now)
        assert not Notice.objects.exists()

    def test_takes_the_right_to_edit_the_page(self, now):
        person = ParticipantFactory(with_account=True)
        reply = CommentFactory(parent=CommentFactory(), author=person)
        with pytest.raises(official.NotForYou):
            official.declare(comment=reply, by=person.account, now=now)

    def test_is_in_ones_own_words(self, editor, now):
        reply = CommentFactory(parent=CommentFactory())
        with pytest.raises(official.NotForYou):
            official.declare(comment=reply, by=editor, now=now)

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_is_public(self, answer, editor, now, state):
        Comment.objects.filter(pk=answer.pk).update(status=state)
        with pytest.raises(official.NoAnswer):
            official.declare(comment=answer, by=editor, now=now)

    def test_answers_something(self, answer, editor, now):
        root = CommentFactory(author=answer.author)
        with pytest.raises(official.NoAnswer):
            official.declare(comment=root, by=editor, now=now)
        with pytest.raises(IntegrityError):
            Comment.objects.filter(pk=root.pk).update(official_at=now)


class TestItsPages:
    def test_offer_the_mark_to_whoever_runs_the_page_only(self, client, answer, editor):
        place = reverse("deliberation:comment", args=[answer.pk])
        assert "Mark as official" not in client.get(place).content.decode()
        client.force_login(editor)
        assert "Mark as official" in client.get(place).content.decode()
        client.post(
            reverse("deliberation:official", args=[answer.pk]), {"official": "1"}
        )
        client.logout()
        html = client.get(place).content.decode()
        assert "fm-comment-official" in html
        assert "Official answer</span>" in html

    def test_are_closed_to_others(self, client, answer):
        client.force_login(AccountFactory())
        address = reverse("deliberation:official", args=[answer.pk])
        assert client.post(address, {"official": "1"}).status_code == 404
        assert client.get(address).status_code == 405
        answer.refresh_from_db()
        assert not answer.is_official

    def test_show_no_mark_on_what_was_hidden(self, client, answer, editor, now):
        official.declare(comment=answer, by=editor, now=now)
        Comment.objects.filter(pk=answer.pk).update(status="hidden")
        place = reverse("deliberation:comment", args=[answer.pk])
        assert "fm-comment-official" not in client.get(place).content.decode()


class TestItsEndpoint:
    def test_marks_and_unmarks(self, client, answer, editor):
        client.force_login(editor)
        path = f"/api/v1/comments/{answer.pk}"
        assert client.get(path).json()["may"]["make_official"]
        assert client.put(f"{path}/official").json()["official"] is True
        assert client.delete(f"{path}/official").json()["official"] is False

    def test_refuses_everybody_else(self, client, answer):
        path = f"/api/v1/comments/{answer.pk}/official"
        assert client.put(path).status_code in {401, 403}
        client.force_login(AccountFactory())
        assert client.put(path).status_code == 403
