"""Following a page or a discussion, and hearing of it."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import Page

from deliberation.models import Comment, Discussion, Follow, Statement
from moderation.choices import ContentStatus
from moderation.models import Notice, Participant
from moderation.services import notices

FOLLOWED = "followed"


def follow(
    *,
    participant: Participant,
    now: datetime,
    page: Page | None = None,
    discussion: Discussion | None = None,
) -> None:
    """Tell somebody from now on of a page's stages, or of a discussion's comments.

    The second time it changes nothing.
    """
    Follow.objects.get_or_create(
        participant=participant,
        page=page,
        discussion=discussion,
        defaults={"created_at": now},
    )


def unfollow(
    *,
    participant: Participant,
    page: Page | None = None,
    discussion: Discussion | None = None,
) -> None:
    """Tell them no more; what they were told so far stays."""
    Follow.objects.filter(
        participant=participant, page=page, discussion=discussion
    ).delete()


def catch_up(*, now: datetime, discussion: Discussion | None = None) -> None:
    """Tell followers of comments that are new to them, in one discussion or in all.

    Somebody has one new notice of a discussion at a time, which counts from when they
    began to follow, or last read one.
    """
    about = ContentType.objects.get_for_model(Discussion)
    told = Notice.objects.filter(
        participant=OuterRef("participant"),
        kind=FOLLOWED,
        content_type=about,
        object_id=OuterRef("discussion"),
    )
    read = told.order_by().values("object_id").annotate(at=Max("read_at")).values("at")
    follows = Follow.objects.filter(discussion__isnull=False)
    if discussion is not None:
        follows = follows.filter(discussion=discussion)
    fresh = (
        Comment.objects.public()
        .filter(discussion=OuterRef("discussion"), created_at__gt=OuterRef("since"))
        .exclude(author=OuterRef("participant"))
    )
    due = (
        follows.filter(~Exists(told.filter(read_at__isnull=True)))
        .annotate(
            since=Greatest(
                "created_at",
                Coalesce(Subquery(read, output_field=DateTimeField()), "created_at"),
            )
        )
        .filter(Exists(fresh))
    )
    since: dict[int, dict[int, datetime]] = {}
    for place, person, moment in due.values_list("discussion", "participant", "since"):
        since.setdefault(place, {})[person] = moment
    for found in Discussion.objects.filter(pk__in=since):
        people = since[found.pk]
        notices.leave(kind=FOLLOWED, about=found, to=people, now=now, since=people)


def came_late(*, comment: Comment, now: datetime) -> None:
    """Tell followers of a comment that was written earlier and is public only now."""
    following = Follow.objects.filter(discussion=comment.discussion_id)
    people = following.exclude(participant=comment.author_id)
    ids = list(people.values_list("participant", flat=True))
    notices.leave(
        kind=FOLLOWED,
        about=comment.discussion,
        to=ids,
        now=now,
        since=dict.fromkeys(ids, comment.created_at),
    )
    Notice.objects.filter(
        participant__in=ids,
        kind=FOLLOWED,
        content_type=ContentType.objects.get_for_model(Discussion),
        object_id=comment.discussion_id,
        read_at__isnull=True,
        since__gt=comment.created_at,
    ).update(since=comment.created_at)


def followers_of(page: Page, *, before: datetime) -> Iterable[int]:
    """Return the ids of those who followed a page before a moment."""
    found = Follow.objects.filter(page=page.pk, created_at__lt=before)
    return list(found.values_list("participant", flat=True))


def authors_on(page: Page, *, before: datetime) -> set[int]:
    """Return the ids of those who said something in public on a page."""
    spoke = Comment.objects.public().filter(discussion__page=page.pk)
    stated = Statement.objects.filter(
        status=ContentStatus.PUBLISHED, poll__page=page.pk
    )
    return {
        author
        for said in (spoke, stated)
        for author in said.filter(created_at__lt=before, author__isnull=False)
        .order_by()
        .values_list("author", flat=True)
        .distinct()
    }
