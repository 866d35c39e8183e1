"""What is new since the reader's last visit, as their own browser knows it."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from deliberation import visited
from moderation.choices import Act
from moderation.services import appeals, review
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, lead

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


def decide(comment, act, now):
    return review.decide(
        content=comment, act=act, decided_by=ModeratorFactory(), now=now,
        ground="DECISION_GROUND_INCOMPATIBLE_CONTENT", rule_id="off_topic",
        facts="It is about the tram, not about the square.",
    )  # fmt: skip


def overturn(decision, now):
    raised = appeals.raise_by_author(decision=decision, text="It is not.", now=now)
    appeals.answer(
        appeal=raised, outcome="overturned", answer="True.", answered_by=lead(), now=now
    )


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


class TestWhatAModeratorReadFirst:
    """It was written before others came, and they could not read it then."""

    @pytest.fixture
    def released(self, write):
        """Return a comment that waited while others read."""

        def _released():
            comment = write(-LATER, held=True)
            decide(comment, Act.PUBLISH, comment.created_at + LATER + LATER / 2)
            return comment

        return _released

    def test_is_new_when_it_is_released(self, read, released):
        read()
        comment = released()
        html = read(LATER)
        assert html.count(NEW) == 1
        assert "1 new comment since your last visit" in html
        since = html.partition("?since=")[2].partition('"')[0]
        assert f'id="comment-{comment.pk}"' in read(LATER, since=since)

    def test_is_new_when_its_being_hidden_is_taken_back(self, read, write):
        comment = write(-LATER, held=True)
        hidden = decide(comment, Act.HIDE, comment.created_at + LATER)
        read()
        overturn(hidden, comment.created_at + LATER + LATER / 2)
        assert read(LATER).count(NEW) == 1

    def test_is_not_new_for_those_who_came_after_that(self, read, released):
        released()
        read(LATER)
        assert NEW not in read(2 * LATER)

    def test_is_not_new_where_everyone_had_read_it_before(self, read, write):
        comment = write(-LATER)
        read()
        hidden = decide(comment, Act.HIDE, comment.created_at + LATER + LATER / 4)
        overturn(hidden, comment.created_at + LATER + LATER / 2)
        assert comment.text in (html := read(LATER))
        assert NEW not in html

    def test_is_on_top_of_the_feed(self, client, discussion, write, released):
        write(timedelta(0))
        comment = released()
        path = reverse("deliberation:discussion_feed", args=[discussion.pk])
        first = client.get(path).content.decode().partition("<entry>")[2]
        assert comment.text in first.partition("</entry>")[0]


class TestWhileSomebodyReads:
    """What the page asks for in the background, and where it leads."""

    @pytest.fixture
    def asked(self, client):
        """Return how many are new by the address that a page asks in the background."""
        return lambda html: client.get(
            unescape(html.partition('data-live="')[2].partition('"')[0])
        ).json()["new"]

    @pytest.fixture
    def led_to(self, client):
        """Return the page that it leads to then."""
        return lambda html: client.get(
            unescape(html.partition("data-live=")[2].partition('href="')[2]).split('"')[
                0
            ]
        ).content.decode()

    def test_one_more_is_told_though_another_is_gone(self, read, write, asked, led_to):
        gone = write(-LATER)
        html = read()
        assert asked(html) == 0
        type(gone).objects.update(status="withdrawn")
        fresh = write(timedelta(seconds=1))
        assert asked(html) == 1
        assert f'id="comment-{fresh.pk}"' in led_to(html)

    def test_what_is_released_is_told(self, read, write, asked, led_to):
        comment = write(-LATER, held=True)
        html = read()
        decide(comment, Act.PUBLISH, timezone.now())
        assert asked(html) == 1
        assert f'id="comment-{comment.pk}"' in led_to(html)

    def test_ones_own_is_not(self, client, read, write, asked):
        author = ParticipantFactory(account=AccountFactory())
        client.force_login(author.account)
        html = read()
        write(timedelta(seconds=1), author=author)
        assert asked(html) == 0

    def test_a_thread_and_what_was_found_tell_it_too(self, client, read, write, asked):
        root = write(-LATER)
        thread = client.get(reverse("deliberation:comment", args=[root.pk]))
        found = read(q="bench")
        write(timedelta(seconds=60))
        assert asked(thread.content.decode()) == 1
        assert asked(found) == 1

    def test_nobody_is_told_unless_they_ask(self, client, discussion):
        path = f"/api/v1/discussions/{discussion.pk}"
        assert client.get(path).json()["new"] is None


class TestTheCost:
    def test_of_coming_back_is_that_of_any_visit(self, read, write):
        for _ in range(3):
            write(LATER / 2)
        read()
        # What is found out once a day, and stored once a minute.
        read(LATER)
        with CaptureQueriesContext(connection) as asked:
            html = read(LATER)
        assert "3 new comments since your last visit" in html
        assert len(asked) == 6
