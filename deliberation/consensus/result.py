"""What the maths found, as arrays."""

from dataclasses import dataclass
from enum import StrEnum

from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.chance import Chance
from deliberation.consensus.components import Components
from deliberation.consensus.memory import Memory
from deliberation.consensus.representative import Representative
from deliberation.consensus.settings import Settings
from deliberation.consensus.stability import Stability


class Verdict(StrEnum):
    """Whether the votes speak of opinion groups at all."""

    TOO_FEW = "too_few"
    ONE_GROUP = "one_group"
    GROUPS = "groups"


@dataclass(frozen=True)
class People:
    """The participants in order of their ids; ``groups`` -1 outside the maths."""

    ids: Integers
    cast: Integers
    positions: Floats
    groups: Integers


@dataclass(frozen=True)
class Statements:
    """The statements with votes, in order of their ids.

    ``counts`` (statement, place) are of everybody, ``by_group`` (group, statement,
    place) of the people in groups; places are agreed, disagreed, passed. ``out`` are
    those not in the maths (moderated out or meta). ``priorities`` are Polis',
    see ``routing`` for ours.
    """

    ids: Integers
    out: Flags
    meta: Flags
    counts: Integers
    by_group: Integers
    positions: Floats
    extremity: Floats
    agreement_product: Floats
    disagreement_product: Floats
    agreement: Floats
    priorities: Floats


@dataclass(frozen=True)
class Groups:
    """Opinion groups in order of their letters (0 = A); one if all are together."""

    letters: tuple[int, ...]
    sizes: tuple[int, ...]
    centres: Floats
    representative: tuple[tuple[Representative, ...], ...]
    silhouettes: dict[int, float]
    separated: bool


@dataclass(frozen=True)
class Bubbles:
    """The people as at most a few hundred bubbles, for a map of any size."""

    positions: Floats
    sizes: Integers
    groups: Integers


@dataclass(frozen=True)
class Result:
    """Everything that one run found; ``report.to_json`` makes it plain.

    ``agreed``, ``disagreed`` and ``divisive`` are indices into the statements, most
    telling first. ``chance`` and ``stability`` are None where they make no sense.
    ``explained`` is the share of the differences between people that each axis of
    the map shows. ``brief`` is True where number of groups and checks are
    those of an earlier run, at ``memory.checks.votes`` votes.
    """

    settings: Settings
    verdict: Verdict
    people: People
    statements: Statements
    groups: Groups
    agreed: Integers
    disagreed: Integers
    divisive: Integers
    components: Components
    explained: Floats
    bubbles: Bubbles
    chance: Chance | None
    stability: Stability | None
    memory: Memory
    brief: bool = False
