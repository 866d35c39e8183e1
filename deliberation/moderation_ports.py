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

from deliberation import tasks
from deliberation.choices import Stance
from deliberation.models import (
    Answer,
    Attachment,
    Comment,
    CommentVersion,
    Discussion,
    EarlierVote,
    Follow,
    Mention,
    PackedVotes,
    Reaction,
    Statement,
    Vote,
)
from deliberation.queries import visibility
from deliberation.queries.moves import targets
from deliberation.services import attachments, mentions, moves
from moderation import contents
from moderation.choices import Act
from moderation.contents import Context, Holding, Picture, Port
from moderation.models import Participant, Policy


class CommentPort(Port):
    """Comments stand in a discussion and may answer another comment."""

    kind = "comment"
    label = _("comment")
    model = Comment
    acts = frozenset(Act)

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
            found.setdefault(version.comment_id, []).append(version.text)
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


class Votes(Holding):
    """Votes on statements, the present and the earlier ones."""

    kind = "votes"
    label = _("votes")

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        names = ("poll__title", "statement__text", "stance", "cast_at")
        return [
            {
                "poll": vote["poll__title"],
                "statement": vote["statement__text"],
                "vote": Stance(vote["stance"]).label,
                "cast": vote["cast_at"],
                "is_present": model is Vote,
            }
            for model in (Vote, EarlierVote)
            for vote in model.objects.filter(participant=participant)
            .order_by("cast_at", "pk")
            .values(*names)
        ]

    def erase(self, participant: Participant) -> None:
        """Remove them, and have the results of their polls computed without them."""
        mine = {"participant": participant}
        polls: set[int] = set()
        for model in (Vote, EarlierVote):
            found = model.objects.filter(**mine)
            polls.update(found.values_list("poll_id", flat=True))
            found.delete()
        PackedVotes.objects.filter(poll__in=polls).delete()
        for poll_id in sorted(polls):
            transaction.on_commit(partial(tasks.refresh_results.enqueue, poll_id))


class Reactions(Holding):
    """Reactions to comments."""

    kind = "reactions"
    label = _("reactions")

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Reaction.objects.filter(participant=participant)
        return [
            {
                "comment": reverse("deliberation:comment", args=[each.comment_id]),
                "reaction": each.get_kind_display(),
                "given": each.created_at,
            }
            for each in found.order_by("created_at", "pk")
        ]

    def erase(self, participant: Participant) -> None:
        Reaction.objects.filter(participant=participant).delete()


class Pictures(Holding):
    """Pictures and documents, those of comments and those that were not posted."""

    kind = "pictures"
    label = _("pictures and documents")

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Attachment.objects.light().filter(uploader=participant)
        return [
            {
                each.kind: reverse("deliberation:own_attachment", args=[each.key]),
                "comment": each.comment_id
                and reverse("deliberation:comment", args=[each.comment_id]),
                "description": each.description,
                "sent": each.uploaded_at,
            }
            for each in found
        ]

    def erase(self, participant: Participant) -> None:
        """Remove all, also those of comments that stay: a picture shows somebody."""
        Attachment.objects.filter(uploader=participant).delete()


class Answers(Holding):
    """Answers to simple questions."""

    kind = "answers"
    label = _("answers")

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Answer.objects.filter(participant=participant)
        return [
            {
                "question": each.question.title,
                "answer": each.option.text,
                "given": each.cast_at,
            }
            for each in found.select_related("question", "option").order_by("pk")
        ]

    def erase(self, participant: Participant) -> None:
        Answer.objects.filter(participant=participant).delete()


class Follows(Holding):
    """Pages and discussions that somebody follows."""

    kind = "follows"
    label = _("what you follow")

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Follow.objects.filter(participant=participant)
        return [
            {
                "follows": str(each.page or each.discussion),
                "since": each.created_at,
            }
            for each in found.select_related("page", "discussion").order_by("pk")
        ]

    def erase(self, participant: Participant) -> None:
        Follow.objects.filter(participant=participant).delete()


class Mentions(Holding):
    """Where others named somebody."""

    kind = "mentions"
    label = _("where others named you")

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Mention.objects.filter(participant=participant)
        return [
            {
                "comment": reverse("deliberation:comment", args=[each.comment_id]),
                "name": each.name,
            }
            for each in found.order_by("pk")
        ]

    def erase(self, participant: Participant) -> None:
        mentions.forget(participant)


def register() -> None:
    """Make known what people write here, and what else is held of them."""
    contents.register(CommentPort())
    contents.register(StatementPort())
    contents.hold(Votes())
    contents.hold(Reactions())
    contents.hold(Pictures())
    contents.hold(Answers())
    contents.hold(Follows())
    contents.hold(Mentions())


def _rank_anew(*discussions: int) -> None:
    for pk in discussions:
        transaction.on_commit(partial(tasks.request_ranking, pk))


def _public_path(page: Page) -> str:
    is_private = not page.live or page.get_view_restrictions().exists()
    return "" if is_private else page.get_url() or ""
