"""Discussions of any size, deep and wide, and the same for the peer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)
AUTHORS = 200
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


def stored(size: int, people: list[Any]) -> Any:
    """Return the discussion of so many comments, made if it is not there."""
    from deliberation.models import Discussion

    found = Discussion.objects.filter(page__slug=f"bench-{size}").first()
    return found or seed(size, people)


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
    return discussion


def seed_peer(discussion: Any, people: list[Any]) -> None:
    """Store the same comments for the peer, nested as far as it can hold them."""
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django_comments.models import Comment as Base

    from deliberation.models import Comment

    kind = ContentType.objects.get_for_model(type(discussion))
    if Base.objects.filter(content_type=kind, object_pk=str(discussion.pk)).exists():
        return
    source = list(Comment.objects.filter(discussion=discussion).order_by("pk"))
    first = (Base.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    Base.objects.bulk_create(
        (
            Base(
                pk=first + at, content_type=kind, object_pk=str(discussion.pk),
                site_id=1, user=people[at % len(people)].account, comment=each.text,
                submit_date=each.created_at, is_public=True,
            )
            for at, each in enumerate(source)
        ),
        batch_size=2_000,
    )  # fmt: skip
    ours = {each.pk: first + at for at, each in enumerate(source)}
    deepest = settings.COMMENTS_XTD_MAX_THREAD_LEVEL
    level: dict[int, int] = {}
    stands: dict[int, int] = {}
    rows, orders = [], dict[int, int]()
    for each in source:
        pk = ours[each.pk]
        above = stands.get(ours.get(each.parent_id, 0), 0)
        if not above:
            level[pk], parent = 0, pk
        else:
            level[pk], parent = level[above] + 1, above
        # Whoever answers what is deepest there answers the one above it.
        stands[pk] = pk if level[pk] < deepest else parent
        thread = ours[each.root_id or each.pk]
        orders[thread] = orders.get(thread, 0) + 1
        rows.append((pk, thread, parent, level[pk], orders[thread], False, 0))
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO django_comments_xtd_xtdcomment (comment_ptr_id, thread_id, "
            'parent_id, level, "order", followup, nested_count) '
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
