"""How the results went over time, and how two results compare."""

from dataclasses import dataclass
from datetime import datetime

from deliberation.models import Poll, PollResult
from deliberation.queries.results.shapes import FEWEST, Results


@dataclass(frozen=True)
class Moment:
    """A poll at an earlier snapshot; `sizes` has None for groups too small to show."""

    computed_at: datetime
    voters: int
    votes: int
    sizes: tuple[int | None, ...]


@dataclass(frozen=True)
class Comparison:
    """Two results of one poll side by side, and in what they are the same."""

    one: Results
    other: Results
    same_unites: bool
    same_divides: bool
    same_groups: bool

    @property
    def sides(self) -> tuple[Results, Results]:
        """Return both, in the order in which they are shown."""
        return self.one, self.other

    @property
    def is_same(self) -> bool:
        """Say whether nothing that is said in words would change."""
        return self.same_unites and self.same_divides and self.same_groups


def history(poll: Poll) -> list[Moment]:
    """Return the snapshots that are kept, oldest first, where enough had voted."""
    rows = PollResult.objects.filter(poll=poll, voters__gte=FEWEST)
    told = rows.order_by("computed_at", "pk").values_list(
        "computed_at", "voters", "votes", "group_sizes"
    )
    return [
        Moment(at, voters, votes, tuple(n if n >= FEWEST else None for n in sizes))
        for at, voters, votes, sizes in told
    ]


def compared(one: Results, other: Results) -> Comparison:
    """Return two results side by side."""
    return Comparison(
        one,
        other,
        same_unites=_unites(one) == _unites(other),
        same_divides=_divides(one) == _divides(other),
        same_groups=len(one.groups) == len(other.groups),
    )


def _unites(results: Results) -> set[tuple[int, bool]]:
    return {(each.result.statement.pk, each.agree) for each in results.unites}


def _divides(results: Results) -> set[int]:
    return {each.result.statement.pk for each in results.divides}
