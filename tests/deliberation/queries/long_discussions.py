"""Discussions longer than a page: written at once, read page by page."""

from datetime import timedelta

from deliberation.models import Comment
from deliberation.queries import threads
from tests.factories.deliberation import WRITTEN
from tests.factories.moderation import ParticipantFactory


def many(discussion, count, **fields):
    """Store many comments at once."""
    author = ParticipantFactory()
    return Comment.objects.bulk_create(
        Comment(
            discussion=discussion,
            author=author,
            text=str(number),
            html=f"<p>{number}</p>",
            language="en",
            created_at=WRITTEN + timedelta(seconds=number // 3),
            **{name: value(number) for name, value in fields.items()},
        )
        for number in range(count)
    )


def pages(visit, sort, limit):
    """Return the ids of all threads, page by page."""
    after, found = None, []
    while True:
        page = threads.page(visit, sort=sort, after=after, limit=limit)
        found.append([node.source.pk for node in page.nodes])
        after = page.next
        if after is None:
            return found
