"""What a poll found, for whoever may see it: one typed view for pages and API.

`of(poll)` is what is shown of the newest snapshot, None before there is one;
`you(shown, participant)` is where somebody stands in it.
"""

from .history import Comparison, Moment, compared, history
from .shapes import (
    FEWEST,
    Agreement,
    Block,
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
from .view import latest, of, without_conspicuous
from .you import Reason, You, you

__all__ = [
    "FEWEST",
    "Agreement",
    "Block",
    "Bubble",
    "Comparison",
    "Difference",
    "Group",
    "Moment",
    "OpinionMap",
    "Reason",
    "Results",
    "Share",
    "Speaking",
    "StatementResult",
    "Tally",
    "You",
    "compared",
    "history",
    "latest",
    "of",
    "without_conspicuous",
    "you",
]
