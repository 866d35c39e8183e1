"""Votes whose truth is known because it was planted."""

import numpy as np

from deliberation.consensus import Votes


def rows(people: int, statements: int, stance) -> tuple:
    """Return flat arrays in which everybody votes ``stance(person, statement)``."""
    who, what = np.divmod(np.arange(people * statements), statements)
    return who, what, np.broadcast_to(stance(who, what), who.shape)


def full(people: int, statements: int, stance) -> Votes:
    return Votes.of(*rows(people, statements, stance))


def camps(
    sizes=(60, 40),
    statements: int = 40,
    *,
    seed: int = 0,
    asked: float = 0.6,
    noise: float = 0.15,
) -> tuple[Votes, np.ndarray]:
    """Return votes of camps with opposing views, and each person's camp.

    People vote on a share ``asked`` of the statements; with probability ``noise``
    they vote at random. Every fifth statement all camps agree on.
    """
    rng = np.random.default_rng(seed)
    camp = np.repeat(np.arange(len(sizes)), sizes)
    views = rng.choice([-1, 1], (len(sizes), statements))
    views[1] = -views[0]
    views[:, ::5] = 1
    stances = views[camp]
    swayed = rng.random(stances.shape) < noise
    stances = np.where(swayed, rng.integers(-1, 2, stances.shape), stances)
    who, what = np.nonzero(rng.random(stances.shape) < asked)
    return Votes.of(who, what, stances[who, what]), camp


def noise(people: int, statements: int, *, seed: int, asked: float = 0.6) -> Votes:
    """Return votes in which no statement has to do with any other."""
    rng = np.random.default_rng(seed)
    agrees = rng.beta(2, 2, statements)
    stances = np.where(rng.random((people, statements)) < agrees, 1, -1)
    stances[rng.random(stances.shape) < 0.12] = 0
    who, what = np.nonzero(rng.random(stances.shape) < asked)
    return Votes.of(who, what, stances[who, what])
