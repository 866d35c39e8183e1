"""The parts of a result, as templates and schemas read them."""

from dataclasses import dataclass
from datetime import datetime

from deliberation.models import Poll, Statement

# Nothing is shown of groups smaller than this, nor of polls with fewer voters.
FEWEST = 5
SHAPES = ("circle", "square", "triangle", "diamond", "cross")


@dataclass(frozen=True)
class Share:
    """How many said one thing: a number, its share, and the share's 95 % interval."""

    count: int
    share: float
    low: float
    high: float

    @property
    def percent(self) -> int:
        """Return the share in whole per cent."""
        return round(self.share * 100)

    @property
    def percent_low(self) -> int:
        """Return the lower end of the interval in whole per cent."""
        return round(self.low * 100)

    @property
    def percent_high(self) -> int:
        """Return the upper end of the interval in whole per cent."""
        return round(self.high * 100)

    @property
    def interval_width(self) -> int:
        """Return the width of the interval in whole per cent, at least one."""
        return max(self.percent_high - self.percent_low, 1)


@dataclass(frozen=True)
class Tally:
    """The votes of some people on one statement; `enough` is False for too few."""

    votes: int
    enough: bool
    agree: Share
    disagree: Share
    passed: Share

    @property
    def pass_from(self) -> int:
        """Return where a bar's part for passes begins, in per cent."""
        return self.agree.percent

    @property
    def disagree_percent(self) -> int:
        """Return what a bar has left for disagreement, so that it ends at 100."""
        return max(100 - self.pass_from - self.passed.percent, 0) if self.votes else 0

    @property
    def disagree_from(self) -> int:
        """Return where a bar's part for disagreement begins, in per cent."""
        return 100 - self.disagree_percent


@dataclass(frozen=True)
class StatementResult:
    """One statement with everybody's votes, and those of each group that is shown.

    `important` is to how many of the voters it matters, None for fewer than FEWEST.
    """

    statement: Statement
    overall: Tally
    groups: tuple[tuple[str, Tally], ...]
    agreement: float
    agree_product: float
    disagree_product: float
    extremity: float
    important: int | None


@dataclass(frozen=True)
class Agreement:
    """A statement on which every group leans the same way.

    `surely` says that in every group even the interval's lower end is above half.
    """

    result: StatementResult
    agree: bool
    surely: bool


@dataclass(frozen=True)
class Difference:
    """A statement that divides, and who leans which way (letters of groups)."""

    result: StatementResult
    agreeing: tuple[str, ...]
    disagreeing: tuple[str, ...]


@dataclass(frozen=True)
class Speaking:
    """A statement that speaks for a group: they say so more than the others."""

    statement: Statement
    agree: bool
    inside: Share
    others: Share


@dataclass(frozen=True)
class Group:
    """People who vote alike. Of a group that is not `shown` only the letter is known.

    `persisted` says in how many of 100 resamples the group was found again.
    """

    letter: str
    size: int | None
    shown: bool
    centre: tuple[float, float]
    persisted: int | None
    speaking: tuple[Speaking, ...]

    @property
    def css(self) -> str:
        """Return the class that gives the group its colour and shape."""
        return f"fm-group-{'abcde'[_place(self.letter)]}"

    @property
    def shape(self) -> str:
        """Return the shape of the group's marks on the map."""
        return SHAPES[_place(self.letter)]


@dataclass(frozen=True)
class Bubble:
    """Some people who stand close to each other on the map."""

    x: float
    y: float
    people: int
    letter: str


@dataclass(frozen=True)
class OpinionMap:
    """The plane on which people who vote alike stand close to each other."""

    bubbles: tuple[Bubble, ...]
    explained: tuple[float, ...]


@dataclass(frozen=True)
class Block:
    """Voters who are conspicuous in one way; `people` is None for fewer than FEWEST."""

    kind: str
    people: int | None
    minutes: int | None


@dataclass(frozen=True)
class Results:
    """Everything that one snapshot says and that may be shown."""

    poll: Poll
    snapshot_id: int
    computed_at: datetime
    method: dict[str, object]
    verdict: str
    voters: int
    votes: int
    grouped: int
    groups: tuple[Group, ...]
    statements: tuple[StatementResult, ...]
    unites: tuple[Agreement, ...]
    divides: tuple[Difference, ...]
    resamples: int | None
    persisted: int | None
    separated: bool
    map: OpinionMap
    blocks: tuple[Block, ...]

    @property
    def has_groups(self) -> bool:
        """Say whether the votes speak of opinion groups."""
        return self.verdict == "groups"

    @property
    def is_too_small(self) -> bool:
        """Say whether so few people voted that nothing is shown."""
        return self.voters < FEWEST

    @property
    def shows_groups(self) -> bool:
        """Say whether there is a group whose votes may be shown."""
        return self.has_groups and any(group.shown for group in self.groups)

    @property
    def hides_groups(self) -> bool:
        """Say whether there is a group too small for its votes to be shown."""
        return not all(group.shown for group in self.groups)

    @property
    def outside(self) -> int:
        """Return how many voted on too little to be in a group, 0 for too few to tell."""
        outside = self.voters - self.grouped
        all_told = all(group.size is not None for group in self.groups)
        return outside if all_told and outside >= FEWEST else 0

    def group(self, letter: str | None) -> Group | None:
        """Return the group of a letter."""
        return next((g for g in self.groups if g.letter == letter), None)


def _place(letter: str) -> int:
    """Return which of the colours and shapes is a letter's."""
    return (ord(letter[0]) - ord("A")) % len(SHAPES)
