"""What moderation may ask about comments and statements."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from deliberation import addresses, tasks
from deliberation.choices import Channel, CommentStance
from deliberation.models import (
    Attachment,
    Comment,
    CommentVersion,
    Discussion,
    Statement,
)
from deliberation.queries import visibility
from deliberation.queries.moves import targets
from deliberation.services import attachments, moves
from moderation import contents
from moderation.choices import Act
from moderation.contents import Context, Picture, Port
from moderation.models import Policy


class CommentPort(Port):
    """Comments stand in a discussion and may answer another comment."""

    kind = "comment"
    label = _("comment")
    model = Comment
    acts = frozenset(Act)
    names = {
        "stance": _("stance"),
        "theme": _("theme"),
        "channel": _("came in"),
        "answers": _("answers"),
    }
    words = {
        "stance": dict(CommentStance.choices),
        "channel": dict(Channel.choices),
    }

    def objects(self) -> Any:
        return super().objects().select_related("discussion__page", "parent__author")

    def is_visible(self, content: Comment, request: HttpRequest) -> bool:
        page = content.discussion.page
        return content.is_public and visibility.page_is_visible(page, request)

    def url(self, content: Comment) -> str:
        return addresses.of_comment(content.pk)

    def context(self, content: Comment) -> Context:
        return Context(
            place=content.discussion.title,
            place_url=reverse("deliberation:discussion", args=[content.discussion_id]),
            answers=content.parent,
        )

    def details(self, content: Comment) -> dict[str, str]:
        return {
            "stance": content.stance,
            "theme": content.discussion.name_of_theme(content.theme),
            "channel": content.channel,
            "answers": self.url(content.parent) if content.parent else "",
        }

    def public_place(self, content: Comment) -> str:
        return _public_path(content.discussion.page)

    def page_id(self, content: Comment) -> int:
        return content.discussion.page_id

    def on_pages(self, items: Any, pages: Iterable[int]) -> Any:
        return items.filter(discussion__page__in=pages)

    def places(
        self, content: Comment, *, sees: Callable[[int], bool]
    ) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in targets(content, sees=sees)]

    def move(
        self, content: Comment, *, to: str, sees: Callable[[int], bool]
    ) -> dict[str, Any]:
        left = moves.move(thread=content, to=to, sees=sees)
        _rank_anew(left["discussion"], content.discussion_id)
        return left

    def move_back(self, content: Comment, *, place: dict[str, Any]) -> None:
        left = content.discussion_id
        home = Discussion.objects.get(pk=place["discussion"])
        moves.put(thread=content, discussion=home, themes=place.get("themes"))
        _rank_anew(left, home.pk)

    def edit_url(self, content: Comment) -> str:
        return reverse("deliberation:edit_comment", args=[content.pk])

    def policy(self, content: Comment) -> Policy | None:
        return content.discussion.policy

    def earlier_texts(self, items: Iterable[Comment]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        versions = CommentVersion.objects.filter(comment__in=list(items))
        for version in versions.order_by("written_at", "pk"):
            described = [each["description"] for each in version.attachments]
            read = "\n\n".join(filter(None, [version.text, *described]))
            found.setdefault(version.comment_id, []).append(read)
        return found

    def forget_earlier(self, items: Any) -> None:
        CommentVersion.objects.filter(comment__in=items).delete()

    def pictures(self, content: Comment) -> list[Picture]:
        # Spares a list of comments the look for them.
        if not content.has_attachments:
            return []
        return [
            Picture(
                url=reverse("deliberation_admin:attachment", args=[each.key]),
                description=each.description,
                describe_url=reverse("deliberation_admin:describe", args=[each.key]),
                width=each.width,
                height=each.height,
                pages=each.pages,
            )
            for each in content.attachments.light()
        ]

    def forget_pictures(self, items: Any) -> None:
        Attachment.objects.filter(comment__in=items).delete()

    def drop_drafts(self, *, now: datetime) -> int:
        return attachments.drop_waiting(now=now)


class StatementPort(Port):
    """Statements stand in a poll."""

    kind = "statement"
    label = _("statement")
    model = Statement

    def objects(self) -> Any:
        return super().objects().select_related("poll__page")

    def is_visible(self, content: Statement, request: HttpRequest) -> bool:
        return content.is_public and visibility.page_is_visible(
            content.poll.page, request
        )

    def url(self, content: Statement) -> str:
        return reverse("deliberation:poll", args=[content.poll_id])

    def context(self, content: Statement) -> Context:
        return Context(place=content.poll.title, place_url=self.url(content))

    def public_place(self, content: Statement) -> str:
        return _public_path(content.poll.page)

    def page_id(self, content: Statement) -> int:
        return content.poll.page_id

    def on_pages(self, items: Any, pages: Iterable[int]) -> Any:
        return items.filter(poll__page__in=pages)

    def policy(self, content: Statement) -> Policy | None:
        return content.poll.policy


def register() -> None:
    """Make known what people write here."""
    contents.register(CommentPort())
    contents.register(StatementPort())


def _rank_anew(*discussions: int) -> None:
    for pk in discussions:
        transaction.on_commit(partial(tasks.request_ranking, pk))


def _public_path(page: Page) -> str:
    is_private = not page.live or page.get_view_restrictions().exists()
    return "" if is_private else page.get_url() or ""
