"""What the forum holds of participants besides what they wrote."""

from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from deliberation import addresses, tasks
from deliberation.choices import Stance
from deliberation.models import (
    Answer,
    Attachment,
    EarlierVote,
    Follow,
    Mention,
    PackedVotes,
    Reaction,
    Vote,
)
from deliberation.services import mentions
from moderation import contents
from moderation.contents import Holding
from moderation.models import Participant


class Votes(Holding):
    """Votes on statements, the present and the earlier ones."""

    kind = "votes"
    label = _("votes")
    names = {
        "poll": _("poll"),
        "statement": _("statement"),
        "vote": _("vote"),
        "cast": _("cast"),
        "is_present": _("counts at present"),
    }

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
    names = {
        "comment": _("comment"),
        "reaction": _("reaction"),
        "given": _("given"),
    }

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Reaction.objects.filter(participant=participant)
        return [
            {
                "comment": addresses.of_comment(each.comment_id),
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
    names = {
        "picture": _("picture"),
        "document": _("document"),
        "comment": _("comment"),
        "description": _("description"),
        "sent": _("sent"),
    }

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Attachment.objects.light().filter(uploader=participant)
        return [
            {
                each.kind: reverse("deliberation:own_attachment", args=[each.key]),
                "comment": each.comment_id and addresses.of_comment(each.comment_id),
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
    names = {
        "question": _("question"),
        "answer": _("answer"),
        "given": _("given"),
    }

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
    names = {"follows": _("what you follow"), "since": _("since")}

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
    names = {"comment": _("comment"), "name": _("name")}

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Mention.objects.filter(participant=participant)
        return [
            {
                "comment": addresses.of_comment(each.comment_id),
                "name": each.name,
            }
            for each in found.order_by("pk")
        ]

    def erase(self, participant: Participant) -> None:
        mentions.forget(participant)


def register() -> None:
    """Make known what else is held of participants."""
    for kind in (Votes, Reactions, Pictures, Answers, Follows, Mentions):
        contents.hold(kind())
