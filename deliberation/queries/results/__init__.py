"""What a poll found, for whoever may see it: one typed view for pages and API.

`of(poll)` is what is shown of the newest snapshot, None before there is one;
`you(shown, participant)` is where somebody stands in it.
"""

from .shapes import (
    FEWEST,
    Agreement,
    Bubble,
    Difference,
    Group,
    OpinionMap,
    Results,
    Share,
    Speaking,
    StatementResult,
    Tally,
)
from .view import latest, of
from .you import Reason, You, you

__all__ = [
    "FEWEST",
    "Agreement",
    "Bubble",
    "Difference",
    "Group",
    "OpinionMap",
    "Reason",
    "Results",
    "Share",
    "Speaking",
    "StatementResult",
    "Tally",
    "You",
    "latest",
    "of",
    "you",
]
