"""Moderation in figures: a page with charts, and a file for each year."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from moderation.choices import ON_REPORTS, Act, Automation, Outcome
from moderation.queries import house_rules, register, report
from moderation.rules import registry
from moderation.views import csv_cells

# The drawing's own units.
HEIGHT = 120
WIDE = 24


@dataclass(frozen=True)
class Bar:
    """One month of the chart: where its two parts begin, and how tall they are."""

    month: str
    restrictions: int
    others: int
    x: int
    lower: int
    upper: int

    @property
    def lower_y(self) -> int:
        """Return where the part for restrictions begins."""
        return HEIGHT - self.lower

    @property
    def upper_y(self) -> int:
        """Return where the part for everything else begins."""
        return HEIGHT - self.lower - self.upper


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was decided, how long it took, and what appeals changed."""
    found = report.of(year=_year(request), place=request.GET.get("place", "")[:300])
    titles: dict[str, Any] = {
        report.NO_RULE: _("no rule was needed"),
        ON_REPORTS: _("Reports of trusted readers"),
    }
    titles |= {name: registry.get(name).title for name in registry.names()}
    titles |= {
        each.code: each.title for each in house_rules.catalogue(get_language() or "")
    }
    context: dict[str, Any] = {
        "report": found,
        "year": _year(request),
        "years": sorted(found.years, reverse=True),
        "place": request.GET.get("place", "")[:300],
        "bars": _bars(found),
        "height": HEIGHT,
        "width": 12 * WIDE,
        "tables": [
            (
                kind,
                [
                    (names.get(key, key), number)
                    for key, number in counted.most_common()
                ],
            )
            for kind, names, counted in (
                ("acts", dict(Act.choices), found.acts),
                ("rules", titles, found.rules),
                ("automation", dict(Automation.choices), found.automation),
                ("outcomes", dict(Outcome.choices), found.outcomes),
            )
        ],
        "waited": [
            (Act(act).label, hours) for act, hours in found.waited_hours.items()
        ],
        "places": sorted(found.places.items(), key=lambda pair: pair[0]),
        "head": register.head()[1],
    }
    return render(request, "moderation/report.html", context)


@require_safe
def download(request: HttpRequest, year: int) -> StreamingHttpResponse:
    """Stream one year's figures; they add up to that year's lines of the register."""
    rows = [("year", "what", "by", "number")]
    rows += [(str(year), *row) for row in report.of(year=year).rows()]  # type: ignore[misc]
    response = StreamingHttpResponse(
        csv_cells.lines(rows), content_type="text/csv; charset=utf-8"
    )
    name = f"moderation-{year}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _bars(found: report.Report) -> list[Bar]:
    tallest = max(
        (found.restrictions[month] + found.others[month] for month in MONTHS), default=0
    )
    scale = (HEIGHT - 10) / tallest if tallest else 0
    return [
        Bar(
            month=str(name),
            restrictions=found.restrictions[month],
            others=found.others[month],
            x=(month - 1) * WIDE + 4,
            lower=round(found.restrictions[month] * scale),
            upper=round(found.others[month] * scale),
        )
        for month, name in MONTHS.items()
    ]


def _year(request: HttpRequest) -> int | None:
    text = request.GET.get("year", "")
    is_year = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year else None
