"""Looking for comments in a discussion: by words, language, stance, theme, or official answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from deliberation.models import Comment, CommentQuerySet
from deliberation.queries import orders, threads, trees
from deliberation.queries.facts import readable
from deliberation.queries.visits import Visit

# Of what somebody types into the field.
LONGEST = 100
# Numbers in a position.
LENGTH = orders.ByTime.length


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to look for. Every word must occur; nothing wanted is false."""

    words: str = ""
    language: str = ""
    stance: str = ""
    theme: str = ""
    official: bool = False
    since: datetime | None = None

    def __bool__(self) -> bool:
        kinds = self.language or self.stance or self.theme or self.official
        return bool(self.words.strip() or kinds or self.since)


def page(
    visit: Visit,
    wanted: Wanted,
    *,
    after: Sequence[int] | None = None,
    limit: int = threads.ROOTS,
) -> threads.Page:
    """Return the public comments that fit, each by itself, the latest first."""
    order = orders.ByTime(newest_first=True)
    found = order.take(_fitting(visit, wanted), after, limit + 1)
    rows = readable(Comment.objects.all()).in_bulk(found[:limit])
    shown = [rows[pk] for pk in found[:limit] if pk in rows]
    return threads.Page(
        nodes=trees.grow(visit, shown, [], keep=True),
        next=order.position(shown, after) if len(found) > limit else None,
    )


def _fitting(visit: Visit, wanted: Wanted) -> CommentQuerySet:
    public: CommentQuerySet = Comment.objects.public()
    public = public.filter(discussion=visit.discussion)
    if wanted.official:
        public = public.filter(official_at__isnull=False)
    if wanted.since:
        public = public.filter(created_at__gt=wanted.since)
    if wanted.stance:
        public = public.filter(stance=wanted.stance)
    if wanted.theme:
        public = public.filter(theme=wanted.theme)
    if wanted.language:
        public = public.filter(language=wanted.language)
    for word in wanted.words[:LONGEST].replace("\x00", " ").split():
        public = public.filter(_contains(word))
    return public


def _contains(word: str) -> Q:
    """Match a word whatever its case; SQLite itself folds ASCII letters only."""
    fits = Q(text__icontains=word)
    if not word.isascii():
        for spelled in {word.lower(), word.upper(), word.capitalize()}:
            fits |= Q(text__icontains=spelled)
    return fits
