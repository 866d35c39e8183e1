"""Hidden means hidden: a visitor who follows every link finds nothing of it."""

import re
from collections import deque
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation.services import comments, votes
from deliberation.services import statements as poll_statements
from deliberation.tasks import refresh_results
from forum.services import open_page
from moderation.choices import Act, FlagReason
from moderation.models import Assignment, Participant
from moderation.queries import register
from moderation.services import erasure, flags, review
from tests.factories.forum import ConsultationFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, lead

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Words that stand in what was hidden, held or edited away, and nowhere else.
SECRET = ("quagga", "axolotl", "pangolin", "narwhal", "okapi", "serval")
LINK = re.compile(r"""(?:href|src|hx-get|action)="([^"#]+)|"(/[a-z][^"\s\\]*)\"""")
NEVER = re.compile(r"^/(cms|static|media|accounts|_allauth|i18n)/|\.(css|js|svg|png)\b")
MOST_PAGES = 250

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It degrades another participant.",
}


class Town:
    """A consultation with what may and what may not be read."""

    def __init__(self):
        self.now = timezone.now()
        # A rule that holds links of newcomers is not needed: a moderator decides.
        policy = PolicyFactory(rules=[["length", {}]], guests_may_comment=True)
        self.page = ConsultationFactory(
            closes_at=self.now + timedelta(days=30), opens_at=self.now - timedelta(days=30),
            has_discussion=True, poll_question="What about the square?",
            poll_results="always", policy=policy,
        )  # fmt: skip
        open_page(page=self.page, now=self.now)
        self.discussion = self.page.discussions.get()
        self.poll = self.page.polls.get()
        self.author = ParticipantFactory(with_account=True)
        self.reporter = ParticipantFactory(with_account=True)
        self.moderator = ModeratorFactory()
        self._talk()
        self._vote()

    def _say(self, text, author=None, parent=None):
        return comments.post(
            discussion=self.discussion, author=author or ParticipantFactory(),
            raw=text, language="en", parent=parent, now=self.now,
        )  # fmt: skip

    def _talk(self):
        self._say("Benches in the shade, please.")
        self.hidden = self._say("The quagga of an okapi.", self.author)
        comments.edit(
            comment=self.hidden, by=self.author, raw="The quagga of a pangolin.",
            language="en", now=self.now,
        )  # fmt: skip
        self.hidden.refresh_from_db()
        self.reply = self._say("I see that differently.", parent=self.hidden)
        flags.raise_by_person(
            content=self.hidden, reporter=self.reporter,
            reason=FlagReason.INSULT, text="It is rude.", now=self.now,
        )  # fmt: skip
        self.decision = self.hide(self.hidden)
        self.redacted = self._say("Ring serval 4711 about the shade.")
        review.decide(
            content=self.redacted, act=Act.REDACT, passage="serval 4711",
            decided_by=self.moderator, now=self.now, **REASONS,
        )  # fmt: skip
        self.held = self._say("An axolotl waits.", self.author)
        type(self.held).objects.filter(pk=self.held.pk).update(status="held")

    def _vote(self):
        self.statement = poll_statements.submit(
            poll=self.poll, author=self.author, raw="A narwhal should be mayor.",
            language="en", now=self.now,
        )  # fmt: skip
        other = poll_statements.submit(
            poll=self.poll, author=self.author, raw="The market needs more trees.",
            language="en", now=self.now,
        )  # fmt: skip
        for voter in ParticipantFactory.create_batch(6):
            for statement in (self.statement, other):
                votes.cast(
                    statement=statement, participant=voter, stance=1, now=self.now
                )
        refresh_results.call(self.poll.pk)
        self.hide(self.statement)
        refresh_results.call(self.poll.pk)

    def hide(self, content):
        return review.decide(
            content=content, act=Act.HIDE, decided_by=self.moderator, now=self.now,
            **REASONS,
        )  # fmt: skip

    def doors(self):
        """Return where a visitor may begin, besides what they find by links."""
        yield from ("/", self.page.get_url(), "/sitemap.xml", "/api/v1/register")
        yield from ("/me/", "/api/v1/me", "/moderation/register/")
        for name in ("register_json", "register_csv", "register_feed"):
            yield reverse(f"moderation:{name}")
        for path in ("pages/", f"pages/{self.page.pk}/"):
            yield f"/api/v2/{path}"
            yield f"/api/v3-preview/{path}"
        yield f"/api/v1/discussions/{self.discussion.pk}"
        # Words that stand beside the secret ones, not these: a page repeats them.
        for words in ("The of a", "waits", "about the shade", "Ring"):
            page = reverse("deliberation:discussion", args=[self.discussion.pk])
            yield f"{page}?q={words.replace(' ', '+')}"
        yield f"/calendar/{self.page.pk}.ics"
        yield from ("/feeds/consultations.atom", "/feeds/consultations.rss")
        yield f"/moderation/register/?place={self.page.get_url()}"
        yield from ("/moderation/report/", f"/moderation/report/{self.now.year}.csv")
        for sort in ("balanced", "newest", "oldest"):
            yield f"/api/v1/discussions/{self.discussion.pk}/comments?sort={sort}"
        for comment in (self.hidden, self.held, self.redacted):
            yield f"/api/v1/comments/{comment.pk}"
            yield f"/api/v1/comments/{comment.pk}/history"
            yield reverse("moderation:flag", args=["comment", comment.pk])
            for name in ("comment", "reply", "edit_comment", "comment_history"):
                yield reverse(f"deliberation:{name}", args=[comment.pk])
        for name in ("poll", "poll_votes", "poll_results", "poll_results_all"):
            yield reverse(f"deliberation:{name}", args=[self.poll.pk])
        for name in ("", "/statements", "/next", "/results"):
            yield f"/api/v1/polls/{self.poll.pk}{name}"
        files = ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv")
        for file in files:
            yield reverse("deliberation:poll_file", args=[self.poll.pk, file])
            yield f"/api/v1/polls/{self.poll.pk}/export/{file}"
        yield reverse("moderation:flag", args=["statement", self.statement.pk])
        yield reverse("deliberation:discussion_feed", args=[self.discussion.pk])


@pytest.fixture
def town(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return Town()


def walk(client, doors):
    """Return (path, body) of everything that can be reached by links."""
    waiting, seen = deque(doors), set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft().replace("http://testserver", "").replace("&amp;", "&")
        path = re.sub(r"^http://(localhost|127\.0\.0\.1)(:\d+)?", "", path)
        if path in seen or not path.startswith("/") or NEVER.search(path):
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code < 500, path
        body = answer.getvalue().decode(errors="replace")
        head = " ".join(f"{key}: {value}" for key, value in answer.items())
        yield path, head + body
        waiting.extend(a or b for a, b in LINK.findall(body))


def visitor(participant: Participant | None = None) -> Client:
    client = Client()
    if participant:
        client.force_login(participant.account)
    return client


class TestAVisitor:
    def test_would_find_it_if_it_were_there(self, town):
        review.decide(
            content=town.hidden, act=Act.RESTORE, decided_by=lead(), now=town.now
        )
        for content in (town.statement, town.redacted):
            review.decide(
                content=content, act=Act.RESTORE, decided_by=lead(), now=town.now
            )
        refresh_results.call(town.poll.pk)
        found = {
            (path.split("?")[0], word)
            for path, body in walk(visitor(), town.doors())
            for word in SECRET
            if word in body.lower()
        }
        for name, pk, word in (
            ("discussion_feed", town.discussion.pk, "quagga"),
            ("comment", town.hidden.pk, "quagga"),
            ("comment_history", town.hidden.pk, "okapi"),
            ("poll_results_all", town.poll.pk, "narwhal"),
            ("comment", town.redacted.pk, "serval"),
        ):
            assert (reverse(f"deliberation:{name}", args=[pk]), word) in found
        comments_path = f"/api/v1/discussions/{town.discussion.pk}/comments"
        assert (comments_path, "quagga") in found
        export = reverse("deliberation:poll_file", args=[town.poll.pk, "comments.csv"])
        assert (export, "narwhal") in found
        assert not any(word == "axolotl" for _path, word in found)

    @pytest.mark.parametrize("who", ["stranger", "resident", "reporter"])
    def test_finds_nothing_of_what_was_hidden(self, town, who):
        """Known holes, rows 25 and 29."""
        person = {
            "stranger": None,
            "resident": ParticipantFactory(with_account=True),
            "reporter": town.reporter,
        }[who]
        client, found, pages = visitor(person), [], 0
        receipt = town.reporter.flags_raised.get().receipt
        doors = [*town.doors()]
        if who == "reporter":
            doors.append(reverse("moderation:receipt", args=[receipt]))
        for path, body in walk(client, doors):
            pages += 1
            found += [(path, word) for word in SECRET if word in body.lower()]
        assert found == []
        assert pages > 40

    def test_who_wrote_it_finds_it_on_pages_of_their_own_only(self, town):
        own = reverse("moderation:decision", args=[town.decision.receipt])
        client = visitor(town.author)
        places = {
            path.split("?")[0]
            for path, body in walk(client, [*town.doors(), own])
            if any(word in body.lower() for word in ("quagga", "pangolin", "okapi"))
        }
        assert own in places
        mine = {"/me/", "/me/data/", "/me/data.json", "/api/v1/me/data"}
        assert mine <= places
        others = places - {own, *mine}
        decisions = reverse("moderation:decision", args=["x"]).removesuffix("x/")
        assert {path for path in others if not path.startswith(decisions)} == set()


class TestAModeratorOfAnotherConsultation:
    def test_finds_nothing_of_what_waits_or_was_hidden_here(self, town):
        """Known holes, row 28."""
        moderator = ModeratorFactory()
        Assignment.objects.create(account=moderator, page=ConsultationFactory())
        client = Client()
        client.force_login(moderator)
        desk = [reverse("moderation_admin:queue"), "/api/v1/moderation/queue"]
        desk += [
            reverse("moderation_admin:item", args=[kind, item.pk])
            for kind, item in (
                ("comment", town.hidden), ("comment", town.held),
                ("statement", town.statement),
            )
        ]  # fmt: skip
        for path in desk:
            body = client.get(path).content.decode().lower()
            assert not any(word in body for word in SECRET), path
        found = [
            (path, word)
            for path, body in walk(client, town.doors())
            for word in SECRET
            if word in body.lower()
        ]
        assert found == []


class TestAnErasedPerson:
    def test_is_found_nowhere_but_leaves_the_register_whole(
        self, town, django_capture_on_commit_callbacks
    ):
        gone = ParticipantFactory(with_account=True, pseudonym="Zebu Dormouse")
        comments.post(
            discussion=town.discussion, author=gone, raw="The capybara likes shade.",
            language="en", now=town.now,
        )  # fmt: skip
        words = ("zebu", "capybara", gone.account.email)
        path = f"/api/v1/discussions/{town.discussion.pk}/comments"
        assert "capybara" in Client().get(path).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            erasure.ask(participant=gone, now=town.now - timedelta(days=1))
            assert erasure.carry_out_due(now=town.now) == 1
        found = [
            (path, word)
            for path, body in walk(Client(), town.doors())
            for word in words
            if word in body.lower()
        ]
        assert found == []
        assert register.verify().is_whole


class TestLetters:
    def test_hold_nothing_of_what_was_hidden_but_for_its_author(self, town):
        """Known holes, row 25."""
        others = [m for m in mail.outbox if m.to != [town.author.account.email]]
        assert others
        for letter in others:
            told = (letter.subject + letter.body).lower()
            assert not any(word in told for word in SECRET)
        to = {address for letter in mail.outbox for address in letter.to}
        assert to == {town.author.account.email, town.reporter.account.email}


class TestAnswersThatCachesKept:
    def test_are_no_longer_good_once_something_is_hidden(self, town):
        """Known holes, row 29."""
        paths = [
            f"/api/v1/discussions/{town.discussion.pk}/comments?sort=oldest",
            f"/api/v1/comments/{town.reply.pk}",
        ]
        client = Client()
        tags = {path: client.get(path)["ETag"] for path in paths}
        town.hide(town.reply)
        for path, tag in tags.items():
            answer = client.get(path, headers={"If-None-Match": tag})
            assert answer.status_code == 200

    def test_count_only_what_is_public(self, town):
        path = f"/api/v1/discussions/{town.discussion.pk}"
        before = Client().get(path).content.decode()
        town.hide(town.reply)
        assert Client().get(path).content.decode() != before


class TestARestoredItem:
    def test_is_found_where_it_was(self, town):
        path = f"/api/v1/comments/{town.hidden.pk}"
        review.decide(
            content=town.hidden, act=Act.RESTORE, decided_by=lead(), now=town.now
        )
        assert "quagga" in Client().get(path).content.decode()
        assert "okapi" not in Client().get(path).content.decode()
