"""Where in its thread a new reply stands."""

from django.db import connection

from deliberation.models import Comment
from moderation.queries.prepared import Given, PreparedQuery

# What the column holds. What lies deeper, if anybody gets there, counts as this deep.
DEEPEST = 32_767

_LOCKED_ROOT = PreparedQuery(
    lambda: (
        Comment.objects.select_for_update(no_key=True)
        .filter(pk=Given("pk"))
        .values_list("pk")
    )
)
_NUMBERS = PreparedQuery(
    lambda: (
        Comment.objects.filter(root=Given("root"))
        .order_by("-number")
        .values_list("number")[:1]
    )
)


def below(parent: Comment | None) -> dict[str, int]:
    """Return root, number and depth of a reply; nothing for what begins a thread.

    Locks the root until the commit, so that each number is given once; where a
    database locks no rows, nobody else writes meanwhile.
    """
    if parent is None:
        return {}
    root_id = parent.root_id or parent.pk
    if connection.features.has_select_for_update:
        _LOCKED_ROOT.rows(pk=root_id)
    latest = _NUMBERS.first(root=root_id)
    return {
        "root_id": root_id,
        "number": latest[0] + 1 if latest else 1,
        "depth": min(parent.depth + 1, DEEPEST),
    }
