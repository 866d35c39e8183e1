"""Which number means agreement: declared by the export or by whoever loads it."""

from collections import Counter

from django.utils.translation import gettext as _

from deliberation.services.polis.export import Events, Export, Sign
from moderation.refusals import Refusal

# Of the rows that tell the two signs apart, how many must speak for one of them to
# declare it; and how many must at least not speak against what is declared.
PROOF, LEAST = 0.95, 0.5


class Undeclared(Refusal):
    """Nothing says which number means agreement."""


class Contradicted(Refusal):
    """What was declared cannot be true."""


def settled(export: Export, declared: Sign | None) -> Sign:
    """Return the sign of the votes, as declared and as the export's counts confirm.

    The declaration is the caller's, the export's own `format.json`, or its columns
    that count agreements. Raises Undeclared without one, Contradicted where two of
    them do not fit together: a sign is never guessed from the votes themselves.
    """
    if declared and export.declared and declared is not export.declared:
        raise Contradicted(
            _("You declared --sign %(one)s, but format.json declares %(other)s.")
            % {"one": declared.value, "other": export.declared.value}
        )
    told = declared or export.declared
    if not len(export.events):
        # Nothing is counted by it.
        told = told or Sign.CSV
    cases = _by_participant(export) or _by_comment(export)
    counted = _counted(cases)
    if told and counted and told is not counted:
        raise Contradicted(
            _(
                "The sign “%(told)s” contradicts the export: its own counts of "
                "agreements fit the sign “%(counted)s”. Nothing was loaded."
            )
            % {"told": told.value, "counted": counted.value}
        )
    if told and cases and sum(case[told] for case in cases) < LEAST * len(cases):
        raise Contradicted(
            _(
                "The export's own counts of agreements fit neither sign: its votes "
                "are mixed up or incomplete. Nothing was loaded."
            )
        )
    if sign := told or counted:
        return sign
    raise Undeclared(
        _(
            "The export does not say which number means agreement. Declare it: "
            "--sign csv if +1 agrees (CSV exports), --sign api if -1 does (raw API)."
        )
    )


def _counted(cases: list[dict[Sign, bool]]) -> Sign | None:
    """Return the sign that the export's counts of agreements and the rest fit."""
    for sign in Sign:
        fits = [case[sign] for case in cases]
        if fits and sum(fits) >= PROOF * len(fits):
            return sign
    return None


def _by_participant(export: Export) -> list[dict[Sign, bool]]:
    counts = _counter(export.events.final(), export.events.final().voters)
    return [
        _fit(counts, tally.participant, tally.agrees, tally.disagrees)
        for tally in export.tallies
        if tally.agrees != tally.disagrees
    ]


def _by_comment(export: Export) -> list[dict[Sign, bool]]:
    """Compare with each comment's counts, which include votes cast again."""
    counts = _counter(export.events, export.events.statements)
    return [
        _fit(counts, comment.number, comment.agrees, comment.disagrees)
        for comment in export.comments
        if comment.agrees is not None
        and comment.disagrees is not None
        and comment.agrees != comment.disagrees
    ]


def _counter(events: Events, ids: object) -> Counter[tuple[int, int]]:
    return Counter(zip(ids.tolist(), events.values.tolist(), strict=True))  # type: ignore[attr-defined]


def _fit(
    counts: Counter[tuple[int, int]], key: int, agrees: int, disagrees: int
) -> dict[Sign, bool]:
    return {
        sign: counts[key, sign.agree] == agrees
        and counts[key, -sign.agree] == disagrees
        for sign in Sign
    }
