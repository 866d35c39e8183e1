"""What the API says of the way a poll went, and of its check for manipulation."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from deliberation.api import result_bodies, result_schemas
from deliberation.queries.results import Comparison, Moment, Results


class MomentOut(Schema):
    """A poll at an earlier moment; a group's size is null for fewer than five."""

    computed_at: datetime
    voters: int
    votes: int
    sizes: list[int | None]


class SizeOut(Schema):
    """How many people are in a group; null for fewer than five."""

    letter: str
    size: int | None


class SideOut(Schema):
    """The results of some of the voters in short."""

    voters: int
    votes: int
    groups: list[SizeOut]
    unites: list[result_schemas.AgreementOut]
    divides: list[result_schemas.DifferenceOut]


class CheckOut(Schema):
    """Conspicuous voters, and the results with and without them."""

    conspicuous: list[result_schemas.BlockOut]
    is_same: bool = Field(description="Nothing that is said in words would change.")
    everybody: SideOut | None
    others: SideOut | None


def moment(told: Moment) -> dict[str, Any]:
    """Return one moment as `MomentOut` has it."""
    return {
        "computed_at": told.computed_at,
        "voters": told.voters,
        "votes": told.votes,
        "sizes": list(told.sizes),
    }


def check(shown: Results | None, both: Comparison | None) -> dict[str, Any]:
    """Return the check as `CheckOut` has it; `both` is None if nobody stood out."""
    return {
        "conspicuous": result_bodies.blocks(shown) if shown else [],
        "is_same": both is None or both.is_same,
        "everybody": both and _side(both.one),
        "others": both and _side(both.other),
    }


def _side(results: Results) -> dict[str, Any]:
    return {
        "voters": results.voters,
        "votes": results.votes,
        "groups": [{"letter": g.letter, "size": g.size} for g in results.groups],
        "unites": result_bodies.unites(results),
        "divides": result_bodies.divides(results),
    }
