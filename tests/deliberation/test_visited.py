"""What is new since the reader's last visit, as their own browser knows it."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deliberation import visited
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=3)
NEW = 'class="fm-tag fm-tag-new"'


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def read(client, discussion, monkeypatch):
    """Return the page as it is read so long after the first time."""
    begin = timezone.now()

    def _read(after=timedelta(0), **query):
        address = reverse("deliberation:discussion", args=[discussion.pk])
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: begin + after)
            return client.get(address, query).content.decode()

    return _read


@pytest.fixture
def write(discussion):
    begin = timezone.now()

    def _write(after, **fields):
        return CommentFactory(discussion=discussion, created_at=begin + after, **fields)

    return _write


class TestWhatIsNew:
    def test_is_nothing_on_the_first_visit(self, read, write):
        write(-LATER)
        html = read()
        assert NEW not in html
        assert "since your last visit" not in html

    def test_is_marked_counted_and_listed(self, read, write):
        old = write(-LATER)
        read()
        fresh = [write(LATER / 2), write(LATER / 2, parent=old)]
        html = read(LATER)
        assert html.count(NEW) == 2
        assert "2 new comments since your last visit" in html
        since = html.partition("?since=")[2].partition('"')[0]
        listed = read(LATER, since=since)
        assert all(f'id="comment-{each.pk}"' in listed for each in fresh)
        assert f'id="comment-{old.pk}"' not in listed

    def test_stays_new_while_the_visit_lasts(self, read, write):
        read()
        write(LATER / 2)
        assert NEW in read(LATER)
        assert NEW in read(LATER + timedelta(minutes=10))
        assert NEW not in read(2 * LATER)

    def test_is_not_what_one_wrote_oneself(self, client, read, write):
        author = ParticipantFactory(account=AccountFactory())
        client.force_login(author.account)
        read()
        write(LATER / 2, author=author)
        html = read(LATER)
        assert NEW not in html
        assert "since your last visit" not in html

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_counts_only_what_everyone_may_read(self, read, write, state):
        read()
        write(LATER / 2, **{state: True})
        assert "since your last visit" not in read(LATER)

    @pytest.mark.parametrize(
        "kept",
        ["", "x", "1:2", "1:2:3:4", "9" * 5_000, "\x00", "-1:1:1", "1:9:9999999999"],
    )
    def test_is_nothing_if_the_cookie_is_not_one_of_ours(self, client, read, kept):
        client.cookies[visited.COOKIE] = kept
        assert NEW not in read()

    def test_can_be_asked_for_by_programs(self, client, discussion, write):
        write(-LATER)
        fresh = write(LATER)
        path = f"/api/v1/discussions/{discussion.pk}/comments"
        since = timezone.now().isoformat()
        found = client.get(path, {"since": since}).json()["items"]
        assert [each["id"] for each in found] == [fresh.pk]
        naive = datetime(2026, 1, 1).isoformat()
        assert client.get(path, {"since": naive}).status_code == 422

    @pytest.mark.slow
    def test_is_remembered_for_some_discussions(self, client):
        for each in DiscussionFactory.create_batch(visited.MOST + 3):
            client.get(reverse("deliberation:discussion", args=[each.pk]))
        kept = client.cookies[visited.COOKIE].value
        assert kept.count(".") == visited.MOST - 1
        assert client.cookies[visited.COOKIE]["httponly"]
