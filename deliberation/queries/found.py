"""Looking for comments in a discussion: by words, language, stance, theme, or official answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from deliberation.models import Comment, CommentQuerySet
from deliberation.queries import orders, threads, trees
from deliberation.queries.facts import readable
from deliberation.queries.visits import Visit
from moderation import sanitize

# Of what somebody types into the field.
LONGEST = 100
# Numbers in a position.
LENGTH = orders.ByTime.length
# So many are counted.
MOST = 1_000
# Words in a row between quotation marks, of whatever keyboard; or a word.
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]|([^\s"“”„«»]+)')


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to look for. Every word must occur, and "what is quoted" as it stands.

    Nothing wanted is false, in whichever order.
    """

    words: str = ""
    language: str = ""
    stance: str = ""
    theme: str = ""
    official: bool = False
    since: datetime | None = None
    oldest_first: bool = False

    def __bool__(self) -> bool:
        return self._narrows or self.since is not None

    @property
    def is_only_new(self) -> bool:
        """Say whether all that is new is wanted, whatever it is."""
        return self.since is not None and not self._narrows

    @property
    def phrases(self) -> tuple[str, ...]:
        """Return what must occur: none, where the words are mere marks."""
        return tuple(_phrases(self.words[:LONGEST]))

    @property
    def _narrows(self) -> bool:
        kinds = self.language or self.stance or self.theme or self.official
        return bool(kinds or self.phrases)


def page(
    visit: Visit,
    wanted: Wanted,
    *,
    after: Sequence[int] | None = None,
    limit: int = threads.ROOTS,
) -> threads.Page:
    """Return the public comments that fit, each by itself, in the order of writing."""
    order = orders.ByTime(newest_first=not wanted.oldest_first)
    found = order.take(lambda: _fitting(visit, wanted), after, limit + 1)
    rows = readable(Comment.objects.all()).in_bulk(found[:limit])
    shown = [rows[pk] for pk in found[:limit] if pk in rows]
    return threads.Page(
        nodes=trees.grow(visit, shown, [], keep=True),
        next=order.position(shown, after) if len(found) > limit else None,
    )


def count(visit: Visit, wanted: Wanted) -> int:
    """Return how many fit; `MOST` and one, if there are more than that."""
    return _fitting(visit, wanted).order_by()[: MOST + 1].count()


def _fitting(visit: Visit, wanted: Wanted) -> CommentQuerySet:
    here: CommentQuerySet = Comment.objects.filter(discussion=visit.discussion)
    public = here.shown_after(wanted.since) if wanted.since else here.public()
    if wanted.official:
        public = public.filter(official_at__isnull=False)
    if wanted.stance:
        public = public.filter(stance=wanted.stance)
    if wanted.theme:
        public = public.filter(theme=wanted.theme)
    if wanted.language:
        public = public.filter(language=wanted.language)
    for phrase in wanted.phrases:
        public = public.filter(_contains(phrase))
    return public


def _phrases(words: str) -> Iterator[str]:
    """Yield what must occur, cleaned as the texts are in which it is looked for."""
    for quoted, word in _QUOTED.findall(sanitize.clean_text(words)):
        if phrase := " ".join((quoted or word).split()):
            yield phrase


def _contains(phrase: str) -> Q:
    """Match a phrase whatever its case; SQLite itself folds ASCII letters only."""
    fits = Q(text__icontains=phrase)
    if not phrase.isascii():
        for spelled in {phrase.lower(), phrase.upper(), phrase.capitalize()}:
            fits |= Q(text__icontains=spelled)
    return fits
