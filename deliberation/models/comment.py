"""Posts in a thread."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from deliberation.choices import Channel, CommentStance
from deliberation.ranking.bridging import Reason
from moderation.choices import ContentStatus
from moderation.models import ModeratedContent, ModeratedQuerySet
from moderation.rules import Verdict

from .discussion import LONGEST_KEY

if TYPE_CHECKING:
    from .attachment import Attachment


def random_place() -> int:
    """Return a place in the balanced order that nobody can foresee."""
    return secrets.randbelow(2**53)


class CommentQuerySet(ModeratedQuerySet):
    """Ways to find comments."""

    def roots(self) -> Self:
        """Keep the first post of each thread."""
        return self.filter(parent__isnull=True)

    def shown_after(self, moment: datetime) -> Self:
        """Keep what everyone may read later than then, and could not before.

        A few released ones by their ids, so that the database sees ranges of indexes.
        """
        released = self.public().filter(released_at__gt=moment)
        late = list(released.order_by().values_list("pk", flat=True))
        written = Q(created_at__gt=moment)
        return self.public().filter(written | Q(pk__in=late) if late else written)

    def oldest_first(self) -> Self:
        """Order as they were written."""
        return self.order_by("created_at", "pk")

    def newest_first(self) -> Self:
        """Order with the latest on top."""
        return self.order_by("-created_at", "-pk")


class Comment(ModeratedContent):
    """A post in a thread; a reply is a comment with a parent.

    `root` and `number` are written once and let one page of threads be read by
    index: `number` counts the replies below one root in the order of writing, so
    that the first n of them never lack a parent.
    """

    discussion = models.ForeignKey(
        "deliberation.Discussion", on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        # `comment_answers` serves it.
        db_index=False,
    )
    root = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="thread",
        editable=False,
        # `one_reply_per_number` serves it.
        db_index=False,
    )
    number = models.PositiveIntegerField(default=0, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    stance = models.CharField(
        _("stance"), max_length=10, choices=CommentStance, blank=True, default=""
    )
    # A key of one of its discussion's themes.
    theme = models.CharField(
        _("theme"), max_length=LONGEST_KEY, blank=True, default="", editable=False
    )
    place = models.PositiveBigIntegerField(default=random_place, editable=False)
    # Millionths of the score in `ranking.bridging`, and why; 0 is neutral.
    bridging = models.IntegerField(default=0, editable=False)
    standing = models.CharField(max_length=10, default=Reason.FEW.value, editable=False)
    # Whoever has no use for the web is typed in by the city, and marked as such.
    channel = models.CharField(
        _("came in"), max_length=10, choices=Channel, default=Channel.ONLINE
    )
    # Spares pages without pictures the look for them.
    has_attachments = models.BooleanField(default=False, editable=False)
    official_at = models.DateTimeField(
        _("official answer since"), null=True, blank=True, editable=False
    )
    # Whether an answer names it: most are spared the look for one.
    is_cited = models.BooleanField(default=False, editable=False)
    # Whether its author was told with it that much of the thread is theirs.
    asked_for_room = models.BooleanField(default=False, editable=False)
    # Keeps a second import from posting twice: an address, or a name in a file.
    origin = models.CharField(
        max_length=200, null=True, blank=True, unique=True, editable=False
    )
    # Keeps a form that is sent twice from posting twice.
    sent_as = models.CharField(  # noqa: DJ001  # two without one are not the same
        max_length=32, null=True, blank=True, editable=False
    )

    # What the rules said, on the instance that was written just now.
    verdict: Verdict | None = None
    # What `queries.facts.readable` finds out beside it.
    pseudonym: str | None
    answers: int
    total: int

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            *ModeratedContent.Meta.indexes,
            models.Index(
                fields=["discussion", "created_at", "id"],
                condition=Q(parent__isnull=True),
                name="comment_roots_by_time",
            ),
            models.Index(
                fields=["discussion", "place", "id"],
                condition=Q(parent__isnull=True),
                name="comment_roots_by_place",
            ),
            models.Index(
                fields=["discussion", "-bridging", "place", "id"],
                condition=Q(parent__isnull=True),
                name="comment_roots_by_bridging",
            ),
            models.Index(
                fields=["discussion", "created_at", "id"],
                condition=Q(official_at__isnull=False),
                name="comment_official_by_time",
            ),
            # Counts, the feed and what is new.
            models.Index(
                fields=["discussion", "created_at", "id"],
                condition=Q(status=ContentStatus.PUBLISHED),
                name="comment_public_by_time",
            ),
            models.Index(
                fields=["discussion", "released_at"],
                condition=Q(status=ContentStatus.PUBLISHED, released_at__isnull=False),
                name="comment_released_by_time",
            ),
            models.Index(
                fields=["root"],
                condition=Q(status=ContentStatus.PUBLISHED, root__isnull=False),
                name="comment_public_by_root",
            ),
            # Threads themselves are not in it, or SQLite would look for their beginnings
            # there, through those of all discussions, once it has analysed the tables.
            models.Index(
                fields=["parent"],
                condition=Q(parent__isnull=False),
                name="comment_answers",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["root", "number"], name="one_reply_per_number"
            ),
            models.UniqueConstraint(
                fields=["sent_as"],
                condition=Q(sent_as__isnull=False),
                name="one_comment_per_form",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, root__isnull=True, depth=0)
                | Q(parent__isnull=False, root__isnull=False, depth__gt=0),
                name="reply_has_parent_and_root",
            ),
            models.CheckConstraint(
                condition=Q(official_at__isnull=True) | Q(parent__isnull=False),
                name="official_comment_answers_another",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=["", *CommentStance.values]),
                name="comment_stance_is_known",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="comment_channel_is_known"
            ),
        ]

    @property
    def was_typed_in(self) -> bool:
        """Say whether the city typed it in for whoever said it."""
        return self.channel != Channel.ONLINE

    @property
    def is_official(self) -> bool:
        """Say whether it is the answer of whoever runs the page."""
        return self.official_at is not None

    @property
    def source_url(self) -> str:
        """Return where an imported comment was first published, if that is known."""
        origin = self.origin or ""
        return origin if origin.startswith(("https://", "http://")) else ""

    @property
    def quotation(self) -> str:
        """Return the text as somebody quotes it who answers."""
        return "\n".join(f"> {line}".rstrip() for line in self.text.splitlines())

    @property
    def version(self) -> str:
        """Return what tells this wording from every other one, also of its pictures."""
        return self.version_with(
            self.attachments.light() if self.has_attachments else ()
        )

    def version_with(self, attachments: "Iterable[Attachment]") -> str:
        """Return the version for whoever has read its attachments already."""
        wording = [self.language, self.stance, self.theme, self.text]
        for each in attachments:
            wording += [each.key, each.description]
        return hashlib.sha256("\0".join(wording).encode()).hexdigest()[:16]


class CommentVersion(models.Model):
    """How a comment read before an edit."""

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="versions"
    )
    text = models.TextField()
    html = models.TextField()
    language = models.CharField(max_length=20)
    stance = models.CharField(
        max_length=10, choices=CommentStance, blank=True, default=""
    )
    theme = models.CharField(max_length=LONGEST_KEY, blank=True, default="")
    # Key, kind and description of each; what was taken out is gone but for this.
    attachments = models.JSONField(default=list, blank=True)
    # Only a wording that stood in public is shown in the history.
    was_public = models.BooleanField()
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")

    def __str__(self) -> str:
        return f"#{self.comment_id} {self.written_at:%Y-%m-%d %H:%M}"
