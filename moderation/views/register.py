"""The public register: read, follow, download."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moderation.queries import register
from moderation.queries.register_lines import Line, described
from moderation.views import csv_cells

PAGE = 50
IN_FEED = 50
COLUMNS = (
    "number", "at", "event", "about", "act", "kind", "place", "ground", "rule",
    "rule_version", "automation", "waited_seconds", "side", "outcome",
    "previous_hash", "hash",
)  # fmt: skip


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show one page of the register, newest first."""
    before = request.GET.get("before", "")
    place = request.GET.get("place", "")[:300].replace("\0", "")
    found = register.page(before=_number(before), place=place, limit=PAGE)
    shown = found[:PAGE]
    number, head = register.head()
    context = {
        "lines": described(shown, language=get_language() or ""),
        "is_unbroken": (register.are_sealed if place else register.is_unbroken)(found),
        "place": place,
        "number": number,
        "head": head,
        "check": register.verify_lately() if "check" in request.GET else None,
        "older": shown[-1].number if len(found) > PAGE else None,
    }
    return render(request, "moderation/register.html", context)


@require_safe
def download_json(request: HttpRequest) -> StreamingHttpResponse:
    """Stream the whole register, oldest first: what `verify` reads."""
    response = StreamingHttpResponse(_as_json(), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="register.json"'
    return response


@require_safe
def download_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Stream the whole register as a table."""
    response = StreamingHttpResponse(_as_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="register.csv"'
    return response


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Return the latest lines as an Atom feed; each carries its hash."""
    address = request.build_absolute_uri(reverse("moderation:register"))
    atom = feedgenerator.Atom1Feed(
        title=_("Register of decisions"),
        link=address,
        description="",
        feed_url=request.build_absolute_uri(),
    )
    for line in described(register.page(limit=IN_FEED)[:IN_FEED], language=""):
        _add(atom, address, line)
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    atom.write(response, "utf-8")
    return response


def _add(atom: Any, address: str, line: Line) -> None:
    atom.add_item(
        title=f"{line.number}: {line.what}",
        link=f"{address}?before={line.number + 1}#entry-{line.number}",
        description=" · ".join(filter(None, (line.on, line.rule, line.hash))),
        unique_id=f"{address}#{line.hash}",
        pubdate=line.at,
        updateddate=line.at,
    )


def _as_json() -> Iterator[str]:
    separator = "[\n"
    for line in register.lines():
        yield separator + json.dumps(line, sort_keys=True)
        separator = ",\n"
    yield "[]\n" if separator == "[\n" else "\n]\n"


def _as_csv() -> Iterator[str]:
    told = ({**line["entry"], **line} for line in register.lines())
    rows = ([each.get(name) for name in COLUMNS] for each in told)
    return csv_cells.lines(chain([COLUMNS], rows))


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) <= 18
    return int(text) if is_number else None
