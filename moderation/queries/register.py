"""Reading and checking the public register."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache

from moderation.choices import Besides
from moderation.models import Appeal, Decision, RegisterEntry, Sanction
from moderation.models.register import GENESIS, seal

# A tampered register may be wrong on every line: enough is enough.
MOST_FAULTS = 100
CHECKED_SECONDS = 600


# What a line repeats of its decision: its own word, and the decision's field.
TOLD = {
    "act": "act",
    "ground": "ground",
    "rule": "rule_id",
    "rule_version": "rule_version",
    "automation": "automation",
    "at": "created_at",
}

# What may become of a decision, and is told on a line of its own.
EVENTS = {"appeal", "answer", "lifted", *Besides.values}


@dataclass(frozen=True)
class Fault:
    """Something that must not be in an untouched register."""

    number: int | None
    what: str


@dataclass
class Verification:
    """What a check of the whole chain found. `head` is the hash of its last line."""

    lines: int = 0
    head: str = GENESIS
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults

    def note(self, number: int | None, what: str) -> None:
        """Keep a fault, as long as they are not too many to read."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(number, what))


def stamp(moment: datetime) -> str:
    """Return a moment as the register writes it: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def told_of(decision: Decision) -> dict[str, Any]:
    """Return what the register says of a decision that the decision itself holds."""
    return _told([getattr(decision, name) for name in TOLD.values()])


def head() -> tuple[int, str]:
    """Return the number and the hash of the last line."""
    last = RegisterEntry.objects.order_by("-number").first()
    return (last.number, last.hash) if last else (0, GENESIS)


def page(
    *, before: int | None = None, place: str = "", limit: int = 50
) -> Sequence[RegisterEntry]:
    """Return lines, newest first, older than `before`; one more than the limit.

    `place` is the path of a page: only what was decided there, with its appeals.
    """
    entries = RegisterEntry.objects.order_by("-number")
    if place:
        there = RegisterEntry.objects.filter(entry__place=place)
        entries = entries.filter(decision__in=there.values("decision"))
    if before is not None:
        entries = entries.filter(number__lt=before)
    return list(entries[: limit + 1])


def lines() -> Iterator[dict[str, Any]]:
    """Return the whole register as plain data, oldest first, never all at once."""
    rows = RegisterEntry.objects.order_by("number")
    names = ("number", "entry", "previous_hash", "hash")
    for row in rows.values_list(*names).iterator(chunk_size=1000):
        yield dict(zip(names, row, strict=True))


def are_sealed(entries: Sequence[RegisterEntry]) -> bool:
    """Say whether lines bear their own seal."""
    return all(
        each.hash == _seal_of(each.number, each.previous_hash, each.entry)
        for each in entries
    )


def is_unbroken(entries: Sequence[RegisterEntry]) -> bool:
    """Say whether lines, newest first, bear their own seal and that of the next."""
    pairs = zip(entries, entries[1:], strict=False)
    return are_sealed(entries) and all(
        newer.previous_hash == older.hash and newer.number == older.number + 1
        for newer, older in pairs
    )


def verify(*, published: Sequence[str] = ()) -> Verification:
    """Check every line, every link and every decision behind them.

    `published` are hashes that were seen in the register before: if one of them is
    gone, the chain was written anew from some line on.
    """
    result = Verification()
    missing = set(published)
    due = _due_lines()
    first: dict[int, int] = {}
    fields = ("number", "entry", "previous_hash", "hash", "decision_id")
    rows = RegisterEntry.objects.order_by("number").values_list(
        *fields, *(f"decision__{name}" for name in TOLD.values())
    )
    for number, entry, previous, hash_, pk, *decided in rows.iterator(chunk_size=2000):
        _check_line(result, number, entry, previous, hash_)
        if isinstance(entry, dict):
            if entry.get("event") != "decision":
                _check_event(result, number, entry, pk, first, due)
            else:
                first.setdefault(pk, number)
                _check_decision(result, number, entry, _told(decided))
        missing.discard(hash_)
        result.lines, result.head = number, hash_
    for gone in sorted(missing):
        result.note(None, f"The published hash {gone} is no longer in the register.")
    unlisted = Decision.objects.filter(register_entries__isnull=True).count()
    if unlisted:
        result.note(None, f"Decisions without a line in the register: {unlisted}.")
    if lost := +due:
        what = ", ".join(sorted({event for _pk, event, *_rest in lost}))
        result.note(
            None, f"Without a line in the register: {lost.total()} of these: {what}."
        )
    return result


def verify_lately() -> Verification:
    """Return what `verify` finds, or found some minutes ago if nothing was added since.

    For pages: whoever asks again and again must not keep the server busy.
    """
    key = f"folkmoot:register:{head()[1]}"
    found: Verification | None = cache.get(key)
    if found is None:
        found = verify()
        cache.set(key, found, CHECKED_SECONDS)
    return found


def _told(values: Sequence[Any]) -> dict[str, Any]:
    *words, at = values
    told = dict(zip(TOLD, map(str, words), strict=False))
    return {"event": "decision", **told, "at": stamp(at)}


def _due_lines() -> Counter[tuple[Any, ...]]:
    """Return what must be told of the decisions besides themselves, with how often."""
    due: Counter[tuple[Any, ...]] = Counter()
    appeals = Appeal.objects.values_list("decision", "side", "outcome")
    for pk, side, outcome in appeals:
        due[pk, "appeal", side, None, None] += 1
        if outcome:
            due[pk, "answer", side, outcome, None] += 1
    sanctions = Sanction.objects.values_list("decision", "kind", "lifted_at")
    for pk, kind, lifted_at in sanctions:
        due[pk, kind, None, None, None] += 1
        if lifted_at:
            due[pk, "lifted", None, None, kind] += 1
    return due


def _check_event(
    result: Verification,
    number: int,
    entry: dict[str, Any],
    decision: int,
    first: Mapping[int, int],
    due: Counter[tuple[Any, ...]],
) -> None:
    """Check that a line about what became of a decision tells what did."""
    event = entry.get("event")
    if event not in EVENTS:
        return
    if entry.get("about") != first.get(decision):
        result.note(number, "It is not about the decision it stands for.")
    words = (entry.get(name) for name in ("side", "outcome", "kind"))
    told = (decision, event, *words)
    if due[told] < 1:
        result.note(number, "What it tells of has not happened.")
    due[told] -= 1


def _seal_of(number: int, previous_hash: str, entry: Any) -> str:
    return seal(number=number, previous_hash=previous_hash, entry=entry)


def _check_line(
    result: Verification, number: int, entry: Any, previous: str, hash_: str
) -> None:
    if number != result.lines + 1:
        result.note(number, f"Line {result.lines + 1} is missing before this one.")
    if previous != result.head:
        result.note(number, "It does not carry the hash of the line before.")
    if hash_ != _seal_of(number, previous, entry):
        result.note(number, "Its hash does not fit what it says.")


def _check_decision(
    result: Verification, number: int, entry: dict[str, Any], told: dict[str, Any]
) -> None:
    if told != {name: entry.get(name) for name in told}:
        result.note(number, "It says something else than the decision it stands for.")
