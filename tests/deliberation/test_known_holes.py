"""Holes that systems of this kind had, numbered as in the list we check against.

The other rows about threads: 1, 8 in queries/test_visibility.py; 3 in
test_api_threads.py; 11, 26, 29 in test_bad_input.py; 14 in test_pages_reacting.py; 18
in moderation/test_api_plumbing.py.
"""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from deliberation.models import Comment, CommentVersion, Reaction
from moderation.models import Participant
from moderation.services import participants
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</textarea><svg onload=alert(1)>",
    "{{ 7|add:7 }}{% debug %}",
    "${7*7}",
    "]]><b>",
]


@pytest.fixture
def comment():
    policy = PolicyFactory(for_guests=True)
    return CommentFactory(
        discussion=DiscussionFactory(policy=policy), created_at=timezone.now()
    )


def stranger():
    return Client()


def guest():
    _participant, token = participants.start_guest(now=timezone.now())
    return Client(headers={"X-Guest-Token": token})


def resident():
    client = Client()
    client.force_login(AccountFactory())
    return client


def moderator():
    account = AccountFactory()
    account.groups.add(Group.objects.get(name="Moderators"))
    client = Client()
    client.force_login(account)
    return client


def administrator():
    client = Client()
    client.force_login(AccountFactory(is_staff=True, is_superuser=True))
    return client


def state():
    """Return everything that others' acts could change."""
    return (
        list(Comment.objects.order_by("pk").values_list("pk", "text", "status")),
        CommentVersion.objects.count(),
        Reaction.objects.count(),
    )


class TestRow6WhoeverIsNotTheAuthor:
    @pytest.mark.parametrize(
        "role",
        [stranger, guest, resident, moderator, administrator],
        ids=lambda role: role.__name__,
    )
    def test_changes_no_comment_on_any_way(self, comment, role):
        client, before = role(), state()
        api, page = f"/api/v1/comments/{comment.pk}", f"/comments/{comment.pk}"
        typed = {"text": "Mine", "language": "en", "version": comment.version}
        answers = [
            client.patch(api, {"text": "Mine"}, content_type="application/json"),
            client.delete(api),
            client.delete(f"{api}/reaction"),
            client.put(api, {"status": "hidden"}, content_type="application/json"),
            client.post(f"{page}/edit/", typed),
            client.post(f"{page}/withdraw/"),
            client.get(f"{page}/withdraw/"),
            client.get(f"{page}/reaction/", {"kind": "agree"}),
        ]
        assert state() == before
        codes = {answer.status_code for answer in answers}
        assert codes <= {200, 401, 403, 404, 405}

    @pytest.mark.parametrize(
        "role", [guest, resident, moderator, administrator], ids=lambda r: r.__name__
    )
    def test_may_react_as_themselves_only(self, comment, role):
        path = f"/api/v1/comments/{comment.pk}/reaction"
        body = {"kind": "agree", "participant": comment.author_id}
        response = role().put(path, body, content_type="application/json")
        assert response.status_code == 422
        assert not Reaction.objects.exists()


class TestRow9NamesAndTitles:
    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_write_nothing_into_a_page(self, comment, payload):
        Participant.objects.filter(pk=comment.author_id).update(pseudonym=payload[:40])
        comment.discussion.title = payload
        comment.discussion.section = "x"
        comment.discussion.save()
        comment.discussion.page.title = payload
        comment.discussion.page.save()
        CommentFactory(parent=comment, language=payload[:20])
        place, one = f"/discussions/{comment.discussion_id}", f"/comments/{comment.pk}"
        for path in (
            f"{place}/",
            f"{place}/comment/",
            f"{place}/feed/",
            f"{one}/",
            f"{one}/reply/",
            f"{one}/history/",
        ):
            html = resident().get(path).content.decode()
            assert "<script>alert" not in html
            assert "<img src=x" not in html
            assert "<svg onload" not in html
            assert "]]><b>" not in html
            assert ">14" not in html

    def test_are_plain_data_in_the_api(self, comment):
        Participant.objects.filter(pk=comment.author_id).update(pseudonym=PAYLOADS[0])
        response = Client().get(f"/api/v1/comments/{comment.pk}")
        assert response["Content-Type"].startswith("application/json")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.json()["author"] == PAYLOADS[0]
