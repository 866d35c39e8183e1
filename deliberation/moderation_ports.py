"""What moderation may ask about comments and statements."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from deliberation.models import Comment, Statement
from deliberation.queries import visibility
from moderation import contents
from moderation.contents import Context, Port


class CommentPort(Port):
    """Comments stand in a discussion and may answer another comment."""

    kind = "comment"
    label = _("comment")
    model = Comment

    def objects(self) -> Any:
        return super().objects().select_related("discussion__page", "parent__author")

    def is_visible(self, content: Comment, request: HttpRequest) -> bool:
        page = content.discussion.page
        return content.is_public and visibility.page_is_visible(page, request)

    def url(self, content: Comment) -> str:
        return reverse("deliberation:comment", args=[content.pk])

    def context(self, content: Comment) -> Context:
        return Context(
            place=content.discussion.title,
            place_url=reverse("deliberation:discussion", args=[content.discussion_id]),
            answers=content.parent,
        )

    def public_place(self, content: Comment) -> str:
        return _public_path(content.discussion.page)


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


def register() -> None:
    """Make comments and statements known to moderation."""
    contents.register(CommentPort())
    contents.register(StatementPort())


def _public_path(page: Page) -> str:
    is_private = not page.live or page.get_view_restrictions().exists()
    return "" if is_private else page.get_url() or ""
