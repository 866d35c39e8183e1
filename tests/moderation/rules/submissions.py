"""Submissions and posts as the rules see them, with what a test does not care about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from moderation.choices import Standing
from moderation.rules import Finding, Post, Submission, from_policy, judge

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def submission(text: str = "The crossing needs a light.", **facts: Any) -> Submission:
    facts = {
        "now": NOW,
        "author_id": 1,
        "author_since": NOW - timedelta(days=400),
        "standing": Standing.KNOWN,
        "language": "en",
        **facts,
    }
    return Submission(text=text, **facts)


def post(
    text: str = "Something else entirely.", *, ago: timedelta, **facts: Any
) -> Post:
    return Post(text=text, posted_at=NOW - ago, **facts)


def findings(
    rule: str, text: str = "The crossing needs a light.", **facts: Any
) -> tuple[Finding, ...]:
    """Return what one rule says; `options` are the rule's, the rest is the author's."""
    options = facts.pop("options", {})
    return judge(submission(text, **facts), from_policy([(rule, options)])).findings


def matched(rule: str, text: str, **facts: Any) -> list[str]:
    """Return the passages of the text that one rule points at."""
    return [text[each.start : each.end] for each in findings(rule, text, **facts)]
