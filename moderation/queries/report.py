"""Moderation in figures, added up from the public register and nothing else (MOD-11)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.core.cache import cache

from moderation.choices import RESTRICTING, Act
from moderation.queries import register

KEPT_SECONDS = 3600
# Stands where a rule would; no spreadsheet takes it for a formula.
NO_RULE = "(none)"
# One line of the CSV file: what is counted, by which word, how many.
Row = tuple[str, str, int | float]


@dataclass
class Report:
    """The register of one year, or of all years, on one page or all pages."""

    events: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    automation: Counter[str] = field(default_factory=Counter)
    appeals: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    restrictions: Counter[int] = field(default_factory=Counter)
    others: Counter[int] = field(default_factory=Counter)
    places: dict[str, Counter[str]] = field(default_factory=dict)
    waited: dict[str, list[int]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    @property
    def waited_hours(self) -> dict[str, float]:
        """Return the median hours until a decision, by act; only what waited."""
        return {
            act: round(median(seconds) / 3600, 1)
            for act, seconds in sorted(self.waited.items())
        }

    def rows(self) -> Iterator[Row]:
        """Return all figures as lines of a table; each block adds up by itself."""
        blocks: tuple[tuple[str, Counter[str]], ...] = (
            ("lines of the register", self.events),
            ("decisions by act", self.acts),
            ("decisions by rule", self.rules),
            ("decisions by kind of contribution", self.kinds),
            ("decisions by automation", self.automation),
            ("appeals by side", self.appeals),
            ("answers by outcome", self.outcomes),
        )
        for name, counted in blocks:
            for key, number in sorted(counted.items()):
                yield name, key, number
        for act, hours in self.waited_hours.items():
            yield "median hours waited by act", act, hours


def of(*, year: int | None = None, place: str = "") -> Report:
    """Add up the register; appeals and what follows belong to their decision's page."""
    if year or place:
        return add_up(register.lines(), year=year, place=place)
    # Whoever adds anything to the register changes its last hash.
    key = f"folkmoot:report:{register.head()[1]}"
    found: Report | None = cache.get(key)
    if found is None:
        found = add_up(register.lines())
        cache.set(key, found, KEPT_SECONDS)
    return found


def add_up(
    lines: Iterable[dict[str, Any]], *, year: int | None = None, place: str = ""
) -> Report:
    """Add up lines of the register, given in their order."""
    report = Report()
    places: dict[int | None, str] = {}
    for line in lines:
        entry = line["entry"]
        where = entry.get("place") or places.get(entry.get("about"), "")
        places[line["number"]] = where
        written = int(entry["at"][:4])
        report.years.add(written)
        if year in {None, written} and place in {"", where}:
            _add(report, entry, where)
    return report


def _add(report: Report, entry: dict[str, Any], where: str) -> None:
    event = entry["event"]
    report.events[event] += 1
    told = report.places.setdefault(where, Counter())
    told[event] += 1
    if event == "decision":
        _add_decision(report, entry, told)
    elif event == "appeal":
        report.appeals[entry["side"]] += 1
    elif event == "answer":
        report.outcomes[entry["outcome"]] += 1
        told[entry["outcome"]] += 1


def _add_decision(report: Report, entry: dict[str, Any], told: Counter[str]) -> None:
    act = entry["act"]
    report.acts[act] += 1
    report.rules[entry["rule"] or NO_RULE] += 1
    report.kinds[entry["kind"]] += 1
    report.automation[entry["automation"]] += 1
    told[act] += 1
    month = int(entry["at"][5:7])
    counted = report.restrictions if act in RESTRICTING else report.others
    counted[month] += 1
    # What is put aside has not been decided on yet.
    if act != Act.HOLD and entry["waited_seconds"] is not None:
        report.waited.setdefault(act, []).append(entry["waited_seconds"])
