"""People somebody means to name, in the way that other sites have it: @Ida."""

import re
from collections.abc import Iterator
from itertools import islice

from deliberation.models import Comment, Discussion
from moderation import sanitize
from moderation.rules import names

_AT = re.compile(r"(?<!\S)@(?!\[)([^\s@].{0,60})")
_END = re.compile(r"[\s.,;:!?…)]+$")
_BRACKET = re.compile(r"[\[\]]")
# As many words as a name is looked for in, and as many names.
_WORDS, _MOST = 5, 5


def meant(text: str, *, discussion: Discussion) -> tuple[str, ...]:
    """Return the pseudonyms that follow an @ without the brackets that name people.

    Only of people who spoke here in public: nobody else can be named either, nor can
    whoever has brackets in their name.
    """
    found_at = islice(_AT.finditer(sanitize.unquoted(text)), _MOST)
    spots = [list(_readings(found[1])) for found in found_at]
    if not spots:
        return ()
    wanted = {skeleton for readings in spots for skeleton in readings}
    spoke = Comment.objects.public().filter(
        discussion=discussion, author__skeleton__in=wanted
    )
    rows = spoke.order_by().values_list("author__skeleton", "author__pseudonym")
    known = {each: name for each, name in rows.distinct() if not _BRACKET.search(name)}
    found = [next((known[s] for s in spot if s in known), None) for spot in spots]
    return tuple(dict.fromkeys(name for name in found if name))


def _readings(rest: str) -> Iterator[str]:
    """Yield the names that a text may begin with, the longest first."""
    words = rest.split()[:_WORDS]
    for number in range(len(words), 0, -1):
        yield names.skeleton(_END.sub("", " ".join(words[:number])))
