"""Naming somebody in a comment: @[their name]."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation import addresses
from deliberation.models import Comment, CommentVersion, Discussion, Mention
from moderation import sanitize
from moderation.models import Participant
from moderation.refusals import Refusal
from moderation.rules import names
from moderation.sanitize import Within

# The longest pseudonym, and room for one that was folded.
_MENTION = re.compile(r"@\[([^\[\]\n]{1,80})\]")
MOST = 5


class TooManyNames(Refusal):
    """A comment names so many people that it calls them together."""


def render(text: str, people: Iterable[Mention]) -> str:
    """Return safe HTML in which these people's names are links, as they are now."""
    return sanitize.render(
        text,
        {
            f"@[{mention.name}]": Within(
                addresses.of_comment(mention.beside_id),
                f"@{mention.participant.pseudonym}",
            )
            for mention in people
        },
    )


def plain(text: str) -> str:
    """Return a text in which names stand without their brackets, for a short quote."""
    return _MENTION.sub(r"@\1", text)


def in_text(text: str) -> list[str]:
    """Return the names written like @[this], each once.

    Raises TooManyNames.
    """
    found = list(dict.fromkeys(_MENTION.findall(text)))
    if len(found) > MOST:
        message = ngettext(
            "One comment can name at most %(most)d person.",
            "One comment can name at most %(most)d people.",
            MOST,
        )
        raise TooManyNames(message % {"most": MOST}, text=text)
    return found


def find(
    names_written: Iterable[str], *, discussion: Discussion, of: Comment | None = None
) -> list[Mention]:
    """Return who is meant, not stored yet: only people who spoke here in public.

    A name that nobody here has remains text, whoever may have it elsewhere. What `of`
    names already is known by the name it had then.
    """
    wanted = list(names_written)
    if not wanted:
        return []
    known = {
        mention.name: mention
        for mention in (of.mentions.select_related("participant") if of else ())
    }
    skeletons = {names.skeleton(name): name for name in wanted if name not in known}
    spoke = Comment.objects.public().filter(
        discussion=discussion, author__skeleton__in=skeletons
    )
    latest = dict(spoke.order_by().values_list("author").annotate(Max("pk")))
    people = Participant.objects.in_bulk(latest)
    found = {person.skeleton: person for person in people.values()}
    return [
        known.get(name)
        or Mention(
            participant=found[names.skeleton(name)],
            beside_id=latest[found[names.skeleton(name)].pk],
            name=name,
        )
        for name in wanted
        if name in known or names.skeleton(name) in found
    ]


def of(comment: Comment) -> set[int]:
    """Return the ids of the participants whom a comment names as it reads now."""
    if not _MENTION.search(comment.text):
        return set()
    return set(comment.mentions.values_list("participant", flat=True))


def store(comment: Comment, people: Iterable[Mention]) -> None:
    """Store whom a comment names; whom it named before an edit stays on record."""
    new = [mention for mention in people if mention.pk is None]
    for mention in new:
        mention.comment = comment
    if new:
        Mention.objects.bulk_create(new)


def show_anew(participant: Participant) -> None:
    """Show the present name of somebody wherever they are named."""
    comments = Comment.objects.filter(mentions__participant=participant).distinct()
    for comment in comments.prefetch_related("mentions__participant").iterator(100):
        html = render(comment.text, comment.mentions.all())
        Comment.objects.filter(pk=comment.pk, text=comment.text).update(html=html)


def forget(participant: Participant) -> None:
    """Take the former names of somebody out of what others wrote.

    A word takes their place, so that the texts can still be read.
    """
    instead = f"@{_('Former participant')}"
    for mention in participant.mentions.order_by("pk"):
        comment = Comment.objects.get(pk=mention.comment_id)
        versions = list(CommentVersion.objects.filter(comment=comment))
        mention.delete()
        rows: list[Any] = [comment, *versions]
        for row in rows:
            row.text = row.text.replace(f"@[{mention.name}]", instead)
            row.html = sanitize.render(row.text)
        others = comment.mentions.select_related("participant")
        comment.html = render(comment.text, others)
        comment.save(update_fields=["text", "html"])
        CommentVersion.objects.bulk_update(versions, ["text", "html"])
