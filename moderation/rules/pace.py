"""Slow enough that others can follow, and that a new account cannot flood."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.rules.base import Effect, Finding, Kind, Post, Rule, Submission
from moderation.rules.registry import register
from moderation.rules.times import spoken

# Nobody who writes at leisure meets a higher limit, and needs to read of it.
FEW_PER_HOUR = 20
# What is too much, until when, and what is possible again from then on.
Wait = tuple[str, datetime, str]


@register
@dataclass(frozen=True, kw_only=True)
class Pace(Rule):
    """Refuse what comes too fast, and say when it will be possible.

    `slow_mode_seconds` is the pause between two posts in one discussion (0: none).
    `per_hour` holds for everybody and everywhere. In their first `newcomer_hours`,
    new participants may start `newcomer_threads` and post `newcomer_posts` in all.
    Edits are never too fast.
    """

    id = "pace"
    title = gettext_lazy("Pace")
    reference = "DIS-02, DIS-03"

    slow_mode_seconds: int = 0
    per_hour: int = 60
    newcomer_hours: int = 24
    newcomer_threads: int = 3
    newcomer_posts: int = 10

    def check(self, submission: Submission) -> Iterable[Finding]:
        if not submission.is_new:
            return
        # Also those of a later moment: requests overtake each other.
        posts = submission.recent
        waits = [
            wait
            for wait in (
                *self._newcomer(submission, posts),
                *self._hourly(submission, posts),
                *self._slow_mode(submission, posts),
            )
            if wait[1] > submission.now
        ]
        # One answer is enough: the one that holds longest.
        for message, until, again in sorted(waits, key=lambda wait: wait[1])[-1:]:
            when = again % {"when": spoken(until, submission.now)}
            yield self.finding(Effect.REFUSE, f"{message} {when}", until=until)

    def limits(self, kind: Kind, *, newcomer: bool) -> Iterator[str]:
        """Return the limits of the first day, of each hour if few, and of slow mode."""
        if newcomer:
            if kind == Kind.COMMENT:
                yield self._newcomers_threads()
            yield self._newcomers_posts()
        if 0 < self.per_hour <= FEW_PER_HOUR:
            yield (
                ngettext(
                    "You can write %d post within one hour.",
                    "You can write %d posts within one hour.",
                    self.per_hour,
                )
                % self.per_hour
            )
        if kind == Kind.COMMENT and self.slow_mode_seconds:
            yield self._slowness()

    def _slowness(self) -> str:
        minutes, seconds = divmod(self.slow_mode_seconds, 60)
        if seconds:
            told = ngettext(
                "Slow mode: one comment every %d second.",
                "Slow mode: one comment every %d seconds.",
                self.slow_mode_seconds,
            )
            return told % self.slow_mode_seconds
        told = ngettext(
            "Slow mode: one comment every %d minute.",
            "Slow mode: one comment every %d minutes.",
            minutes,
        )
        return told % minutes

    def _newcomers_threads(self) -> str:
        return (
            ngettext(
                "On your first day you can start %d thread, but you can still "
                "answer others.",
                "On your first day you can start %d threads, but you can still "
                "answer others.",
                self.newcomer_threads,
            )
            % self.newcomer_threads
        )

    def _newcomers_posts(self) -> str:
        return (
            ngettext(
                "On your first day you can write %d post.",
                "On your first day you can write %d posts.",
                self.newcomer_posts,
            )
            % self.newcomer_posts
        )

    def _slow_mode(
        self, submission: Submission, posts: Sequence[Post]
    ) -> Iterator[Wait]:
        here = [post.posted_at for post in posts if post.here]
        if here and self.slow_mode_seconds:
            yield (
                _("This discussion is in slow mode, so that everybody can follow."),
                max(here) + timedelta(seconds=self.slow_mode_seconds),
                _post_again(),
            )

    def _hourly(self, submission: Submission, posts: Sequence[Post]) -> Iterator[Wait]:
        hour = timedelta(hours=1)
        latest = sorted(post.posted_at for post in posts)
        if self.per_hour and len(latest) >= self.per_hour:
            yield (
                ngettext(
                    "You have written %d post within one hour.",
                    "You have written %d posts within one hour.",
                    self.per_hour,
                )
                % self.per_hour,
                latest[-self.per_hour] + hour,
                _post_again(),
            )

    def _newcomer(
        self, submission: Submission, posts: Sequence[Post]
    ) -> Iterator[Wait]:
        if not submission.is_newcomers:
            return
        until = submission.author_since + timedelta(hours=self.newcomer_hours)
        threads = sum(post.starts_thread for post in posts)
        if len(posts) >= self.newcomer_posts:
            yield self._newcomers_posts(), until, _post_again()
        elif submission.starts_thread and threads >= self.newcomer_threads:
            again = _("From %(when)s you can start threads again.")
            yield self._newcomers_threads(), until, again


def _post_again() -> str:
    return _("From %(when)s you can post again.")
