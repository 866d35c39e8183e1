"""The formulas once more, one number at a time, on tallies that nobody chose."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pytest

from deliberation.consensus import agreement, representative

Z = 1.2816


@dataclass(frozen=True)
class Side:
    """How often a group took one side of a statement, beside everybody else."""

    x: int
    n: int
    other_x: int
    other_n: int

    @property
    def p(self):
        return (self.x + 1) / (self.n + 2)

    @property
    def p_test(self):
        return 2 * sqrt(self.n + 1) * ((self.x + 1) / (self.n + 1) - 0.5)

    @property
    def r(self):
        return self.p / ((self.other_x + 1) / (self.other_n + 2))

    @property
    def r_test(self):
        n, m = self.n + 1, self.other_n + 1
        pooled = (self.x + 1 + self.other_x + 1) / (n + m)
        if pooled == 1:
            return 0.0
        apart = (self.x + 1) / n - (self.other_x + 1) / m
        return apart / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))

    @property
    def suffices(self):
        return self.r_test > Z and self.p_test > Z

    @property
    def metric(self):
        return self.r * self.r_test * self.p * self.p_test


def sides(own, others, place):
    n, other_n = int(own.sum()), int(others.sum())
    return Side(int(own[place]), n, int(others[place]), other_n)


def spoken(group, others, eligible):
    """Return (statement, agrees, is the best agreement) as POLIS 2.9 lists them."""
    best, fallback, enough = None, None, []
    for j in np.flatnonzero(eligible).tolist():
        agree, disagree = (sides(group[j], others[j], place) for place in (0, 1))
        one = (j, agree, disagree)
        if agree.suffices or disagree.suffices:
            enough.append(one)
        strength = max(agree.r_test, disagree.r_test)
        if fallback is None or strength > fallback[0]:
            fallback = (strength, one)
        if agree.x + disagree.x == 0:
            continue
        if best is None:
            leads = agree.p_test > Z or (agree.r > 1 and agree.p > 0.5)
        elif best[1].r > 1:
            leads = agree.metric > best[1].metric
        else:
            leads = agree.p * agree.p_test > best[1].p * best[1].p_test
        best = one if leads else best
    enough.sort(key=lambda each: -_direction(each).metric)
    rest = [each for each in enough if each is not best]
    head = [best] if best else [] if enough or not fallback else [fallback[1]]
    listed = [*head, *rest][:5]
    return sorted(
        ((each[0], _agrees(each), each is best) for each in listed),
        key=lambda told: not told[1],
    )


def _agrees(one):
    return one[1].r_test > one[2].r_test


def _direction(one):
    return one[1] if _agrees(one) else one[2]


@pytest.mark.parametrize("seed", range(40))
def test_lists_come_out_the_same(seed):
    rng = np.random.default_rng(seed)
    scale, many = int(rng.choice([1, 3, 10, 60])), int(rng.integers(1, 20))
    group = rng.integers(0, scale + 1, (many, 3))
    others = rng.integers(0, 3 * scale + 1, (many, 3))
    if seed % 5 == 0:
        group[:, 1:] = others[:, 1:] = 0
    eligible = rng.random(many) < 0.8
    found = representative.statements_for(group, others, eligible=eligible)
    ours = [(one.statement, one.agree, one.best_agree) for one in found]
    assert ours == spoken(group, others, eligible)
    for place in (0, 1):
        own = {j: sides(group[j], others[j], place) for j in np.flatnonzero(eligible)}
        fits = [j for j, one in own.items() if one.p > 0.5 and one.p_test > Z]
        fits.sort(key=lambda j: -own[j].p * own[j].p_test)
        found = agreement.consensus(group, place, eligible=eligible)
        assert found.tolist() == fits[:5]
