"""Dates to put into one's own calendar (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from deliberation.queries import visibility
from forum.models import ParticipationMixin

LONGEST_LINE = 75


@require_safe
def calendar(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the meetings of a hearing, or the last day of a consultation."""
    page: Any = Page.objects.filter(pk=page_id).specific().first()
    is_asked = isinstance(page, ParticipationMixin)
    if not is_asked or not visibility.page_is_visible(page, request):
        raise Http404
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Folkmoot//Folkmoot//EN",
        *_events(page, request.build_absolute_uri(page.get_url(request))),
        "END:VCALENDAR",
    ]
    response = HttpResponse(
        "".join(_folded(line) for line in lines),
        content_type="text/calendar; charset=utf-8",
    )
    name = slugify(page.slug) or "folkmoot"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def _events(page: Any, address: str) -> Iterator[str]:
    sessions = page.sessions.all() if hasattr(page, "sessions") else []
    for session in sessions:
        join = [session.join_url, session.join_phone, session.join_steps]
        yield from _event(
            page,
            address,
            key=f"session-{session.pk}",
            title=page.title,
            begins=session.starts_at,
            ends=session.ends_at,
            place=session.place,
            more=[line for line in join if line],
        )
    if page.closes_at and not sessions:
        yield from _event(
            page,
            address,
            key="closes",
            title=_("Closes: %(title)s") % {"title": page.title},
            begins=page.closes_at,
            ends=page.closes_at,
        )


def _event(
    page: Any,
    address: str,
    *,
    key: str,
    title: str,
    begins: datetime,
    ends: datetime,
    place: str = "",
    more: tuple[str, ...] | list[str] = (),
) -> Iterator[str]:
    words = "\n".join([page.summary, *more, address])
    yield "BEGIN:VEVENT"
    yield f"UID:{key}-{page.translation_key}"
    yield f"DTSTAMP:{_utc(page.last_published_at)}"
    yield f"DTSTART:{_utc(begins)}"
    yield f"DTEND:{_utc(ends)}"
    yield f"SUMMARY:{_escaped(title)}"
    yield f"DESCRIPTION:{_escaped(words)}"
    if place:
        yield f"LOCATION:{_escaped(place)}"
    yield f"URL:{address}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Return the line in pieces of at most 75 bytes, no letter torn apart."""
    pieces, piece, room = [], "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + letter, room - size
    return "\r\n ".join([*pieces, piece]) + "\r\n"
