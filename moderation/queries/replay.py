"""What rules would have said of what people have written already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from moderation import contents
from moderation.contents import Port
from moderation.rules import Kind, Outcome, Post, Rule, Submission, Thread, Verdict
from moderation.rules import judge as judged_by

# No rule looks further back.
RECENT = timedelta(days=2)
# Stands for whoever wrote before in a thread: replies are told from first posts.
SOMEBODY = Thread(authors=(0,))


@dataclass(frozen=True)
class Judged:
    """One contribution, and what the rules say of it."""

    port: Port
    content: Any
    verdict: Verdict

    @property
    def is_touched(self) -> bool:
        """Say whether it would be refused, held or flagged."""
        return bool(self.verdict.recorded) or self.verdict.outcome != Outcome.PUBLISH


@dataclass(frozen=True)
class Replay:
    """What became of all of them."""

    judged: Sequence[Judged]

    @property
    def touched(self) -> list[Judged]:
        """Return what would be refused, held or flagged, latest first."""
        return [each for each in self.judged if each.is_touched]

    @property
    def counts(self) -> Counter[str]:
        """Return how many would be refused, held and published (flagged among them)."""
        counted = Counter(each.verdict.outcome.value for each in self.judged)
        counted["flagged"] = sum(
            bool(each.verdict.recorded)
            for each in self.judged
            if each.verdict.outcome == Outcome.PUBLISH
        )
        return counted


def replay(rules: Sequence[Rule], *, limit: int = 500) -> Replay:
    """Judge the latest contributions by rules, without changing anything.

    A rule is told the author's standing of today and what they wrote in the two days
    before, but not who else wrote in the thread. The number of queries does not grow
    with the limit.
    """
    latest = _latest(limit)
    recent = _posts(latest)
    return Replay(
        [
            Judged(port, content, judged_by(_submission(port, content, recent), rules))
            for port, content in latest
        ]
    )


def _latest(limit: int) -> list[tuple[Port, Any]]:
    found = [
        (port, content)
        for port in contents.ports()
        for content in port.objects()
        .filter(author__isnull=False)
        .exclude(text="")
        .order_by("-created_at", "-pk")[:limit]
    ]
    return sorted(found, key=lambda pair: pair[1].created_at, reverse=True)[:limit]


def _posts(latest: Sequence[tuple[Port, Any]]) -> dict[int, list[tuple[Any, Post]]]:
    """Return what these authors wrote then, by author, each with its key."""
    if not latest:
        return {}
    authors = {content.author_id for _port, content in latest}
    since = latest[-1][1].created_at - RECENT
    found: dict[int, list[tuple[Any, Post]]] = {}
    for port in contents.ports():
        written = port.objects().filter(author__in=authors, created_at__gt=since)
        for content in written:
            post = Post(
                text=content.text,
                posted_at=content.created_at,
                starts_thread=port.starts_thread(content),
            )
            key = (port.kind, content.pk, port.context(content).place_url)
            found.setdefault(content.author_id, []).append((key, post))
    return found


def _submission(
    port: Port, content: Any, posts: dict[int, list[tuple[Any, Post]]]
) -> Submission:
    here = port.context(content).place_url
    now = content.created_at
    recent = tuple(
        Post(
            text=post.text,
            posted_at=post.posted_at,
            starts_thread=post.starts_thread,
            here=place == here,
        )
        for (kind, pk, place), post in posts.get(content.author_id, ())
        if now - RECENT < post.posted_at <= now
        and (kind, pk) != (port.kind, content.pk)
    )
    return Submission(
        text=content.text,
        now=now,
        author_id=content.author_id,
        author_since=content.author.created_at,
        standing=content.author.standing,
        language=content.language,
        kind=Kind(port.kind) if port.kind in list(Kind) else Kind.COMMENT,
        recent=recent,
        thread=Thread() if port.starts_thread(content) else SOMEBODY,
    )
