"""A consultation with much to hide, and a walk through all that can be reached."""

import re
from collections import deque
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from deliberation.services import comments, votes
from deliberation.services import statements as poll_statements
from deliberation.tasks import refresh_results
from forum.services import open_page
from moderation.choices import Act, FlagReason
from moderation.services import flags, review
from tests.factories.forum import ConsultationFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory

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
