"""Naming somebody in a comment: @[their name]."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deliberation import addresses
from deliberation.models import Comment, CommentVersion, Discussion, Mention
from moderation import sanitize
from moderation.language import to_address_in
from moderation.models import Participant
from moderation.refusals import Refusal
from moderation.rules import names
from moderation.sanitize import Within

# The longest pseudonym, and room for one that was folded.
_MENTION = re.compile(r"@\[([^\[\]\n]{1,80})\]")
MOST = 5
# Names in what somebody else said are links, but call nobody a second time.
_MOST_QUOTED = 20


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


def find(
    text: str, *, discussion: Discussion, of: Comment | None = None
) -> list[Mention]:
    """Return who is written like @[this], not stored yet: only who spoke here in public.

    A name that nobody here has remains text, whoever may have it elsewhere. What `of`
    names already is known by the name it had then. Raises TooManyNames, also if it is
    through how `of` read before.
    """
    called = _called(text)
    if len(called) > MOST:
        raise _too_many(text)
    quoted = [name for name in _written(text) if name not in called]
    wanted = [*called, *quoted[:_MOST_QUOTED]]
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
    meant = [
        known.get(name)
        or Mention(
            participant=found[names.skeleton(name)],
            beside_id=latest[found[names.skeleton(name)].pk],
            name=name,
        )
        for name in wanted
        if name in known or names.skeleton(name) in found
    ]
    if of and len(_ever_called([*known.values(), *meant], text, of)) > MOST:
        raise _too_many(text)
    return meant


def of(comment: Comment) -> set[int]:
    """Return the ids of the participants whom a comment names as it reads now."""
    return of_each([comment])[comment.pk]


def of_each(comments: Iterable[Comment]) -> dict[int, set[int]]:
    """Return whom each comment names as it reads now, by its id: one query for all."""
    called = {comment.pk: set(_called(comment.text)) for comment in comments}
    found: dict[int, set[int]] = {pk: set() for pk in called}
    naming = [pk for pk, written in called.items() if written]
    if naming:
        rows = Mention.objects.filter(comment__in=naming)
        for pk, person, name in rows.values_list("comment", "participant", "name"):
            if name in called[pk]:
                found[pk].add(person)
    return found


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
    for mention in participant.mentions.order_by("pk"):
        comment = Comment.objects.get(pk=mention.comment_id)
        versions = list(CommentVersion.objects.filter(comment=comment))
        mention.delete()
        rows: list[Any] = [comment, *versions]
        for row in rows:
            with translation.override(to_address_in(row.language)):
                instead = f"@{_('Former participant')}"
            row.text = row.text.replace(f"@[{mention.name}]", instead)
            row.html = sanitize.render(row.text)
        others = comment.mentions.select_related("participant")
        comment.html = render(comment.text, others)
        comment.save(update_fields=["text", "html"])
        CommentVersion.objects.bulk_update(versions, ["text", "html"])


def _written(text: str) -> list[str]:
    return list(dict.fromkeys(_MENTION.findall(text)))


def _called(text: str) -> list[str]:
    """Return the names by which a text calls people, each once."""
    return _written(sanitize.unquoted(text)) if "@[" in text else []


def _ever_called(people: Iterable[Mention], text: str, of: Comment) -> set[int]:
    """Return whom a comment calls with this text, or did in an earlier wording."""
    earlier = CommentVersion.objects.filter(comment=of).values_list("text", flat=True)
    wordings = (text, of.text, *earlier)
    called = {name for wording in wordings for name in _called(wording)}
    return {each.participant_id for each in people if each.name in called}


def _too_many(text: str) -> TooManyNames:
    message = ngettext(
        "One comment can name at most %(most)d person.",
        "One comment can name at most %(most)d people.",
        MOST,
    )
    return TooManyNames(message % {"most": MOST}, text=text)
