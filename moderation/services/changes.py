"""Redacting, merging and moving: what is changed, and how it is put back exactly."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from moderation import contents, sanitize
from moderation.choices import Act, ContentStatus
from moderation.models import Change, Decision, ModeratedContent
from moderation.queries import changes, desk
from moderation.refusals import Refusal, Why


class NoSuchPassage(Refusal):
    """The passage to remove is not in the text."""


class NoSuchTwin(Refusal):
    """What the item is to be merged with is not there."""


class CannotBeDone(Refusal):
    """Items of this kind cannot be changed in this way."""

    why = Why.CONFLICT


def prepare(
    *,
    content: ModeratedContent,
    act: Act,
    passage: str = "",
    same_as: int | None = None,
    move_to: str = "",
    by: Any,
    text: str = "",
) -> Change | None:
    """Change an item as an act wants, and return how it was before, not yet stored.

    Call it with the item locked. `text` comes back with a refusal: NoSuchPassage,
    NoSuchTwin, CannotBeDone, or what the port raises.
    """
    port = contents.of(content)
    if act not in port.acts:
        raise CannotBeDone(_("This cannot be done with it."), text=text)
    if act == Act.REDACT:
        return _redact(content, passage, text)
    if act == Act.MERGE:
        return Change(same_as=_twin(content, same_as, text).pk)
    if act == Act.MOVE:
        place = port.move(content, to=move_to, sees=desk.of(by).has_page)
        return Change(place=place)
    return None


def put_back(*, content: ModeratedContent, decision: Decision) -> None:
    """Make an item again what it was before a decision changed it."""
    change = changes.of(decision)
    if change is None:
        return
    if decision.act == Act.REDACT:
        content.text, content.html = change.text, change.html
        content.save(update_fields=["text", "html"])
    elif decision.act == Act.MOVE:
        contents.of(content).move_back(content, place=change.place)


def _redact(content: ModeratedContent, passage: str, text: str) -> Change:
    """Remove a passage wherever it stands in the text, and say so in its place."""
    passage = sanitize.clean_text(passage)
    if not passage or passage not in content.text:
        raise NoSuchPassage(
            _("Copy the passage from the text exactly as it stands there."), text=text
        )
    if changes.is_redacted(content):
        raise CannotBeDone(
            _("A passage was removed before. Take that back first."), text=text
        )
    change = Change(text=content.text, html=content.html)
    with translation.override(content.language):
        mark = _("[removed by a moderator]")
    content.text = content.text.replace(passage, mark)
    content.html = sanitize.render(content.text)
    content.save(update_fields=["text", "html"])
    return change


def _twin(content: Any, pk: int | None, text: str) -> Any:
    """Return the public item beside this one that says the same."""
    port = contents.of(content)
    found = port.objects().filter(pk=pk).first() if pk and pk != content.pk else None
    is_there = (
        found is not None
        and found.status == ContentStatus.PUBLISHED
        and port.page_id(found) == port.page_id(content)
    )
    if not is_there:
        raise NoSuchTwin(
            _("Give the number of a public contribution on the same page."), text=text
        )
    return found
