"""Comments as HTML: the template is rendered once for each kind, then filled in.

Most comments differ only in what was written, by whom and when. So the template is
rendered for a sample that has marks in these places, kept, and the marks are replaced.
Everything else a comment has is part of what makes its kind, so that whatever a template
says stays true; and no text is ever kept.
"""

import copy
import dataclasses
from collections.abc import Hashable, Iterable
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from deliberation.models import Comment
from deliberation.queries.nodes import (
    Answered,
    Node,
    Tally,
    count_below,
    public_below,
)
from deliberation.stencils import ANSWERED, DISCUSSION, PK, Mark, Stencil

TEMPLATE = "deliberation/comment.html"
AVATARS = 6
_KINDS = 1_000
_MOMENTS = 4_000

_SHOWN_BELOW = {"source", "author", "answered", "replies", "answers", "more"}
_traits_of_node = attrgetter(
    *(f.name for f in dataclasses.fields(Node) if f.name not in _SHOWN_BELOW)
)
_FILLED_IN = {
    *("id", "author_id", "text", "html", "created_at", "released_at"),
    *("discussion_id", "parent_id", "root_id", "number", "depth", "place", "bridging"),
}
_traits_of_comment = attrgetter(
    *(
        field.attname
        for field in Comment._meta.concrete_fields
        if field.attname not in _FILLED_IN
    )
)


_NOBODY = Answered(0, None)


@dataclasses.dataclass(frozen=True)
class Surroundings:
    """What all comments on a page have in common: where one is, and what stands there.

    `continues` says that the rest of a thread is on a page of its own; `asked` is the
    comment that one came for, if that is not the first. What the page has to tell is
    `told` at the comment `told_at`.
    """

    here: str
    token: str
    sort: str = ""
    continues: bool = False
    asked: int | None = None
    told_at: int | None = None
    told: str = ""


_kinds: dict[Any, Stencil] = {}


def thread(node: Node, around: Surroundings) -> SafeString:
    """Return a comment with the replies below it."""
    return mark_safe("".join(_thread(node, around)))  # noqa: S308


def _thread(node: Node, around: Surroundings) -> Iterable[str]:
    yield _comment(node, around)
    if node.replies:
        below = ("".join(_thread(reply, around)) for reply in node.replies)
        items = "".join(f"<li>{each}</li>" for each in below)
        author = node.author if node.shows_text else None
        kind = _replies(get_language(), _fold(node, around), author is not None)
        yield kind.filled({"items": items, "author": escape(author or "")})
    if around.continues and node.more:
        yield _continuation(get_language(), node.more).filled(
            {"pk": str(node.source.pk)}
        )


@dataclasses.dataclass(frozen=True)
class _Fold:
    """How many replies fold below a comment.

    Of `total` that everyone may read, `number` are meant; where there are none, it
    counts the others that are shown.
    """

    number: int
    total: int


def _fold(node: Node, around: Surroundings) -> _Fold | None:
    """Return what folds below a comment, None if nothing does.

    All replies of a thread do; on its own page, where there are many, each branch too.
    """
    shown = count_below(node)
    if node.level and (around.continues or shown < 2):
        return None
    public = public_below(node.replies)
    total = public if node.level else public + node.more
    if not total:
        return _Fold(shown, total)
    return _Fold(total if around.continues else public, total)


@lru_cache(_KINDS)
def _replies(language: str | None, fold: _Fold | None, named: bool) -> Stencil:  # noqa: FBT001
    context = {
        "items": mark_safe(Mark("items")),  # noqa: S308
        "fold": fold,
        "author": Mark("author") if named else None,
    }
    return Stencil(render_to_string("deliberation/replies.html", context))


@lru_cache(_KINDS)
def _continuation(language: str | None, more: int) -> Stencil:
    context = {"pk": PK, "more": more}
    return Stencil(render_to_string("deliberation/continuation.html", context))


def _comment(node: Node, around: Surroundings) -> str:
    key = (
        get_language(),
        around.sort,
        _is_asked(node, around),
        _is_told(node, around),
        node.author is None,
        node.answered and node.answered.author is None,
        _traits_of_node(node),
        _traits_of_comment(node.source),
    )
    kind = _kinds.get(key)
    if kind is None:
        if not _is_plain(key) or settings.DEBUG:
            return rendered(node, around)
        if len(_kinds) >= _KINDS:
            _kinds.clear()
        kind = _kinds[key] = Stencil(_sample(node, around))
    source = node.source
    author = node.author or ""
    answered = node.answered or _NOBODY
    return kind.filled(
        {
            "pk": str(source.pk),
            "discussion": str(source.discussion_id),
            "author": escape(author),
            "initial": escape(author[:1]),
            "avatar": str(tint(source.author_id)),
            "html": source.html,
            "answered": str(answered.pk),
            "answered_author": escape(answered.author or ""),
            "moment": moment(source.created_at),
            "machine": source.created_at.isoformat(),
            "here": escape(around.here),
            "token": around.token,
            "told": around.told,
        }
    )


def rendered(node: Node, around: Surroundings) -> str:
    """Return one comment by its template, for itself."""
    context = {
        "node": node,
        "sort": around.sort,
        "is_asked": _is_asked(node, around),
        "told": around.told if _is_told(node, around) else "",
        "here": around.here,
        "csrf_token": around.token,
    }
    return render_to_string(TEMPLATE, context)


def _is_asked(node: Node, around: Surroundings) -> bool:
    return around.asked == node.source.pk


def _is_told(node: Node, around: Surroundings) -> bool:
    return bool(around.told) and around.told_at == node.source.pk


def _sample(node: Node, around: Surroundings) -> str:
    source = copy.copy(node.source)
    source.pk, source.discussion_id = PK, DISCUSSION
    source.text, source.html = "", mark_safe(Mark("html"))  # noqa: S308
    source.created_at = Mark("machine")
    source.author_id = None
    sample = dataclasses.replace(
        node,
        source=source,
        author=Mark("author") if node.author else None,
        answered=node.answered
        and Answered(ANSWERED, node.answered.author and Mark("answered_author")),
        replies=(),
    )
    marked = Surroundings(
        here=Mark("here"),
        token=Mark("token"),
        sort=around.sort,
        asked=PK if _is_asked(node, around) else None,
        told_at=PK if _is_told(node, around) else None,
        told=mark_safe(Mark("told")),  # noqa: S308
    )
    return rendered(sample, marked)


def _is_plain(value: Any) -> bool:
    """Say whether a trait is one that many comments share."""
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool | int | str | Tally)


def kept(template: str, **context: Hashable) -> SafeString:
    """Return what a template makes of a few values, rendered once for each language."""
    if settings.DEBUG:
        return render_to_string(template, context)
    return _kept(get_language(), template, tuple(context.items()))


@lru_cache(_KINDS)
def _kept(
    language: str | None, template: str, context: tuple[tuple[str, Hashable], ...]
) -> SafeString:
    return render_to_string(template, dict(context))


def not_yet_told(messages: Any) -> str:
    """Return what Django's messages tell; nothing where the page did so further up."""
    if not messages or messages.used:
        return ""
    return render_to_string("components/messages.html", {"messages": messages})


def tint(author_id: int | None) -> int:
    """Return which of the avatars' tints a participant has."""
    return author_id % AVATARS if author_id else 0


def moment(at: datetime) -> str:
    """Return a moment as people read it, to the minute."""
    local = timezone.localtime(at).replace(second=0, microsecond=0)
    return _moment(local, get_language())


@lru_cache(_MOMENTS)
def _moment(local: datetime, language: str | None) -> str:
    return escape(date_format(local, "SHORT_DATETIME_FORMAT"))
