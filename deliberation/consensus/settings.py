"""The numbers that a run depends on; stored with every result."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What may be chosen. The defaults are Polis' where Polis has the number.

    ``groups`` forces a number of opinion groups (1 ... 5) and switches the check
    against chance off for that decision; None lets the votes decide. Raise
    ``ValueError`` for numbers that no run could work with.
    """

    groups: int | None = None
    most_groups: int = 5
    least_group: int = 3
    least_votes: int = 7
    fill_up_to: int = 15
    least_participants: int = 10
    least_statements: int = 3
    base_clusters: int = 100
    restarts: int = 10
    patience: int = 4
    permutations: int = 20
    above_chance: float = 3.5
    resamples: int = 100
    persists_from: float = 0.75
    widest_interval: float = 0.4
    seed: int = 0

    def __post_init__(self) -> None:
        least = {"most_groups": 2, "base_clusters": 2, "restarts": 1, "resamples": 1}
        for name, number in {**least, "permutations": 2, "seed": 0}.items():
            if getattr(self, name) < number:
                raise ValueError(f"{name} must be {number} or more")
