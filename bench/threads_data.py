"""Discussions of any size, deep and wide, and the same for the peer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection

BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)
# What is later was posted by a measurement.
ENDING = BEGINNING + timedelta(days=30)
# So many that nobody has written a hundred comments within a minute.
AUTHORS = 2_000
# A thread as most are: two answers, and an answer to each.
ORDINARY = (0, 0, 1, 2)
WORDS = (
    "The benches on the market square should stand in the shade of the trees, because "
    "on a summer day nobody sits in the sun there. I asked the people at the stalls "
    "what they think, and most of them would like the fountain to run again too."
)


def shapes(size: int) -> Iterator[int | None]:
    """Yield whom each comment answers: a number, counted from 0; None begins a thread.

    A quarter is one chain, in which each answers the one before; a quarter answers
    one and the same comment; the rest are ordinary threads.
    """
    chain, wide = size // 4, size // 4
    yield None
    yield from range(chain - 1)
    yield None
    yield from (chain for _ in range(wide - 1))
    at = chain + wide
    while at < size:
        yield None
        thread = [at, *(at + n for n in range(1, 5))]
        for place, parent in enumerate(ORDINARY[: size - at - 1]):
            yield thread[parent] if place < size else None
        at += 5


def go_on(model: Any) -> None:
    """Let the database number on after rows that were stored with their ids."""
    statements = connection.ops.sequence_reset_sql(no_style(), [model])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def stored(size: int, people: list[Any]) -> Any:
    """Return the discussion of so many comments, made if it is not there.

    What earlier runs have posted is removed.
    """
    from deliberation.models import Discussion

    found = Discussion.objects.filter(page__slug=f"bench-{size}").first()
    if found is None:
        return seed(size, people)
    new = found.comments.filter(created_at__gt=ENDING)
    while new.exists():
        new.filter(replies=None).delete()
    return found


def seed(size: int, people: list[Any]) -> Any:
    """Store a discussion of so many comments; return it."""
    from deliberation.models import Comment
    from moderation import sanitize
    from tests.factories.deliberation import DiscussionFactory, PageFactory
    from tests.factories.moderation import PolicyFactory

    rules = [[name, {}] for name in ("length", "links", "repetition", "personal_data",
                                     "blocked_words", "heated_wording")]  # fmt: skip
    policy = PolicyFactory(name=f"Bench {size}", rules=rules)
    discussion = DiscussionFactory(
        page=PageFactory(title=f"Bench {size}", slug=f"bench-{size}"), policy=policy
    )
    html = sanitize.render(WORDS)
    first = (
        Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    ) + 1
    placed: list[tuple[int | None, int, int]] = []
    numbers: dict[int, int] = {}
    rows = []
    for at, parent in enumerate(shapes(size)):
        if parent is None:
            placed.append((None, 0, 0))
        else:
            root = placed[parent][0] if placed[parent][0] is not None else parent
            numbers[root] = numbers.get(root, 0) + 1
            placed.append((root, placed[parent][1] + 1, numbers[root]))
        root, depth, number = placed[at]
        rows.append(
            Comment(
                pk=first + at,
                discussion=discussion,
                author=people[at % len(people)],
                text=WORDS, html=html, language="en",
                created_at=BEGINNING + timedelta(seconds=at),
                parent_id=None if parent is None else first + parent,
                root_id=None if root is None else first + root,
                depth=depth, number=number,
            )
        )  # fmt: skip
    Comment.objects.bulk_create(rows, batch_size=2_000)
    go_on(Comment)
    return discussion
