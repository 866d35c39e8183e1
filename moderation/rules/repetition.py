"""Saying the same again does not add to a discussion."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.base import Effect, Finding, Rule, Submission
from moderation.rules.options import BadOption
from moderation.rules.registry import register
from moderation.rules.times import spoken
from moderation.rules.words import fold, to_latin

_NOT_WORDS = re.compile(r"[\W_]+")
_PIECE = 5
# A text is compared by so many parts, one after the other.
_PARTS = 4
# Above this, a text is compared by a part of it: enough to know it again.
_COMPARED = 10_000


@register
@dataclass(frozen=True, kw_only=True)
class Repetition(Rule):
    """Refuse what the same author posted before, in the same or nearly the same words.

    Compared are the last `hours`. Texts shorter than `minimum_length` characters
    (“Thanks!”, “I agree.”) may be repeated. Two texts are nearly the same when they
    share at least `similarity` per cent of their five-character pieces (Jaccard).
    """

    id = "repetition"
    title = gettext_lazy("Repetition")
    reference = "Coral: recent comment history"

    hours: int = 24
    minimum_length: int = 20
    similarity: int = 85
    effect: Effect = Effect.REFUSE

    def __post_init__(self) -> None:
        if not 1 <= self.similarity <= 100:
            raise BadOption(_("The similarity must be from 1 to 100 per cent."))

    def check(self, submission: Submission) -> Iterable[Finding]:
        if len(submission.text) < self.minimum_length:
            return
        since = submission.now - timedelta(hours=self.hours)
        earlier = [post for post in submission.recent if post.posted_at > since]
        if not earlier:
            return
        pieces = _pieces(_words(submission.text))
        for post in sorted(earlier, key=lambda post: post.posted_at, reverse=True):
            if _are_alike(pieces, _words(post.text), self.similarity / 100):
                when = spoken(post.posted_at, submission.now)
                yield self.finding(
                    self.effect,
                    _(
                        "Your post of %(when)s says the same or nearly the same. "
                        "If you have something to add, please say what is new."
                    )
                    % {"when": when},
                    matched=post.text[:200],
                )
                return


def _words(text: str) -> str:
    words = _NOT_WORDS.sub(" ", to_latin(fold(text[:_COMPARED]))).strip()
    # Else it is only signs or emoji.
    return words or text[:_COMPARED]


def _pieces(words: str, places: range | None = None) -> set[str]:
    """Return the pieces that begin at these places, or all of them."""
    places = _places(words) if places is None else places
    return {words[place : place + _PIECE] for place in places}


def _places(words: str) -> range:
    return range(max(1, len(words) - _PIECE + 1))


def _are_alike(pieces: set[str], words: str, share: float) -> bool:
    """Say whether two texts have this share of pieces in common, of all they have.

    Most have not, and a part of one mostly tells: pieces of it that the other lacks
    lower the share however the rest may be.
    """
    places, others = _places(words), set[str]()
    part = len(places) // _PARTS + 1
    for begin in places[::part]:
        others |= _pieces(words, places[begin : begin + part])
        if len(pieces) < share * (len(pieces) + len(others - pieces)):
            return False
    return len(pieces & others) >= share * len(pieces | others)
