"""The words of a page outside its blocks: fields, the poll, corrections, the answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.rich_text import expand_db_html

from deliberation.models import Comment, Vote
from forum.choices import Asked
from forum.models import LastPublic
from forum.queries.page_view import hearings
from moderation.rules.pages import Block
from moderation.rules.pages import facts as seen
from moderation.rules.pages.markup import parse

RICH = ("asked", "still_open", "already_decided", "privacy_notice")
OUTCOME = ("decided", "themes", "changed", "unchanged")
PLAIN = ("use_of_answers", "affected_groups", "outreach", "other_ways", "how_to_speak")


def fields(page: Any) -> Iterator[Block]:
    """Return the words of the fields, each as a block."""
    for name in RICH:
        if html := getattr(page, name, ""):
            yield Block(type="paragraph", path=name, html=expand_db_html(html))
    for part in OUTCOME:
        if html := getattr(page, f"outcome_{part}"):
            path = f"outcome_{part}"
            yield Block(type="paragraph", path=path, html=expand_db_html(html))
    for name in PLAIN:
        if text := getattr(page, name, ""):
            yield Block.of_text(name, text)


def questions(page: Any) -> tuple[seen.Question, ...]:
    """Return the poll as the question it is."""
    if not page.poll_question:
        return ()
    return (
        seen.Question(
            path="poll_question",
            label=page.poll_question,
            help=page.poll_introduction,
            options=tuple(seen.Option(label=each) for each in page.seed_statements()),
        ),
    )


def told(page: Any) -> dict[str, str]:
    """Return the words that people answer to, by their field; empty ones left out."""
    words = {
        Asked.ASKED: plain(getattr(page, "asked", "")),
        Asked.POLL_QUESTION: page.poll_question,
        Asked.POLL_INTRODUCTION: page.poll_introduction,
        Asked.POLL_STATEMENTS: "\n".join(page.seed_statements()),
    }
    return {str(path): text for path, text in words.items() if text.strip()}


def plain(html: str) -> str:
    """Return the words of rich text."""
    return parse(html or "").text


def published(stored: Any) -> seen.Published | None:
    """Return what the public was told last; None if it was never told anything."""
    if stored is None:
        return None
    return now_public(stored) if stored.live else _last_public(stored)


def now_public(page: Any) -> seen.Published:
    """Return what a public page, read from the database, tells."""
    return seen.Published(
        at=page.last_published_at or page.first_published_at or timezone.now(),
        opens_at=page.opens_at,
        closes_at=page.closes_at,
        texts=told(page),
        agenda=hearings.agenda(page),
        meetings=hearings.starts(page),
        has_discussion=page.has_discussion,
    )


def _last_public(page: Any) -> seen.Published | None:
    kept = LastPublic.objects.filter(page=page.pk).first()
    if kept is None:
        return None
    return seen.Published(
        at=kept.at,
        opens_at=kept.opens_at,
        closes_at=kept.closes_at,
        texts=kept.texts,
        agenda=kept.agenda,
        meetings=tuple(datetime.fromisoformat(each) for each in kept.meetings),
        is_live=False,
    )


def corrections(page: Any) -> tuple[seen.Correction, ...]:
    """Return the dated corrections."""
    return tuple(
        seen.Correction(
            path=each.value["field"], at=each.value["at"], note=each.value["note"] or ""
        )
        for each in page.corrections
        if each.value["at"]
    )


def has_answers(page: Any) -> bool:
    """Say whether somebody has commented or voted."""
    if not page.pk:
        return False
    page = page.original()
    votes = Vote.objects.filter(statement__poll__page=page.pk)
    return Comment.objects.filter(discussion__page=page.pk).exists() or votes.exists()


def outcome(page: Any) -> seen.Outcome:
    """Return the answer of the city; empty before there is one."""
    if page.answered_at is None:
        return seen.Outcome()
    original = page.original() if page.pk else page
    written = Comment.objects.filter(discussion__page=original.pk).count()
    votes = Vote.objects.filter(statement__poll__page=original.pk).count()
    # The page itself counts and shows what people wrote, and offers the results.
    return seen.Outcome(
        **{part: plain(getattr(page, f"outcome_{part}")) for part in OUTCOME},
        numbers=f"{written} / {votes}",
        data="discussion" if page.has_discussion else page.poll_question,
    )
