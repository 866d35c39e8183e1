"""Which statements speak for a group: what its people say more than the others do."""

from dataclasses import dataclass

import numpy as np

from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.counts import AGREED, DISAGREED

# One-sided 90 per cent of the normal distribution, as Polis has it.
SIGNIFICANT = 1.2816
LISTED = 5


@dataclass(frozen=True)
class Representative:
    """One statement that speaks for a group (``statement`` is its index)."""

    statement: int
    agree: bool
    successes: int
    trials: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float
    best_agree: bool = False


@dataclass(frozen=True)
class Comparison:
    """One side (agree or disagree) of one group against all others, per statement."""

    side: int
    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def sufficient(self) -> Flags:
        return np.asarray(
            (self.ratio_test > SIGNIFICANT) & (self.share_test > SIGNIFICANT)
        )

    @property
    def metric(self) -> Floats:
        return np.asarray(self.ratio * self.ratio_test * self.share * self.share_test)


def one_share(successes: Integers, trials: Integers) -> tuple[Floats, Floats]:
    """Return p = (x+1)/(n+2) and z = 2·sqrt(n+1)·((x+1)/(n+1) - 1/2) (POLIS 2.9)."""
    share = (successes + 1) / (trials + 2)
    test = 2.0 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return share, test


def two_shares(x1: Integers, n1: Integers, x2: Integers, n2: Integers) -> Floats:
    """Return the z of two shares, one added to every count; 0 if all succeeded."""
    a, n, b, m = x1 + 1, n1 + 1, x2 + 1, n2 + 1
    pooled = (a + b) / (n + m)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    apart = a / n - b / m
    spread[pooled == 1] = np.inf
    return np.asarray(apart / spread)


def compare(group: Integers, others: Integers, side: int) -> Comparison:
    """Return how one group's share on ``side`` compares with all others' together.

    Both are counts (statement, place).
    """
    x1, n1 = group[:, side], group.sum(axis=-1)
    x2, n2 = others[:, side], others.sum(axis=-1)
    share, test = one_share(x1, n1)
    ratio = share / ((x2 + 1) / (n2 + 2))
    return Comparison(side, share, test, ratio, two_shares(x1, n1, x2, n2))


def statements_for(
    group: Integers, others: Integers, *, eligible: Flags
) -> list[Representative]:
    """Return up to five statements for a group, agreements first (POLIS 2.9).

    The best agreement leads, then those that pass both tests by their metric; if none
    passes, only the best agreement or else the one furthest from the others.
    """
    agree, disagree = (compare(group, others, side) for side in (AGREED, DISAGREED))
    agrees = agree.ratio_test > disagree.ratio_test
    passes = np.flatnonzero(eligible & (agree.sufficient | disagree.sufficient))
    metric = np.where(agrees, agree.metric, disagree.metric)[passes]
    ranked = passes[np.argsort(-metric, kind="stable")].tolist()
    head = _best_agreement(group, agree, eligible)
    if head is not None:
        ranked = [head, *(j for j in ranked if j != head)]
    elif not ranked and eligible.any():
        strength = np.maximum(agree.ratio_test, disagree.ratio_test)
        ranked = [int(np.where(eligible, strength, -np.inf).argmax())]
    chosen = [
        _described(group, agree if agrees[j] else disagree, j, head)
        for j in ranked[:LISTED]
    ]
    return sorted(chosen, key=lambda one: not one.agree)


def _best_agreement(group: Integers, agree: Comparison, eligible: Flags) -> int | None:
    """Return the statement that stands out for agreement, scanning in order."""
    answered = group[:, AGREED] + group[:, DISAGREED] > 0
    plain, full = agree.share * agree.share_test, agree.metric
    may_lead = (agree.share_test > SIGNIFICANT) | (
        (agree.ratio > 1.0) & (agree.share > 0.5)
    )
    best: int | None = None
    for j in np.flatnonzero(eligible & answered).tolist():
        if best is None:
            best = j if may_lead[j] else None
        else:
            score = full if agree.ratio[best] > 1.0 else plain
            best = j if score[j] > score[best] else best
    return best


def _described(
    group: Integers, found: Comparison, j: int, head: int | None
) -> Representative:
    return Representative(
        statement=j,
        agree=found.side == AGREED,
        successes=int(group[j, found.side]),
        trials=int(group[j].sum()),
        share=float(found.share[j]),
        share_test=float(found.share_test[j]),
        ratio=float(found.ratio[j]),
        ratio_test=float(found.ratio_test[j]),
        best_agree=j == head,
    )
