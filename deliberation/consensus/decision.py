"""Whether there are opinion groups, how many, and who is in which."""

from dataclasses import dataclass

import numpy as np

from deliberation.consensus import chance, groups, sampling, stability
from deliberation.consensus.arrays import Integers
from deliberation.consensus.chance import Chance
from deliberation.consensus.memory import Checks, Memory
from deliberation.consensus.plane import Plane
from deliberation.consensus.result import Verdict
from deliberation.consensus.settings import Settings
from deliberation.consensus.stability import Stability
from deliberation.consensus.votes import Votes

# People who stand for all in the checks by repetition.
SAMPLED = 400


@dataclass(frozen=True)
class Settled:
    """The number of groups, and which other number was better how often in a row."""

    number: int = 1
    candidate: int = 0
    streak: int = 0


@dataclass(frozen=True)
class Decision:
    """How the people to group are grouped, and why.

    ``letters`` (0 = A) are those of the groups that ``labels`` number.
    """

    verdict: Verdict
    labels: Integers
    letters: Integers
    silhouettes: dict[int, float]
    settled: Settled = Settled()
    chance: Chance | None = None
    stability: Stability | None = None
    separated: bool = False


def continued(plane: Plane, memory: Memory, checks: Checks) -> Decision:
    """Return how the people are grouped, going on from the last run.

    The number of groups and all checks are those of the last full run.
    """
    several = memory.number > 1
    labels: Integers = np.zeros(len(plane.rows), np.int64)
    letters: Integers = np.zeros(1, np.int64)
    if several:
        grouping = groups.followed(plane.spots, plane.letters)
        labels, letters = groups.lettered(grouping.labels, plane.letters)
    return Decision(
        verdict=Verdict.GROUPS if several else Verdict.ONE_GROUP,
        labels=labels,
        letters=letters,
        silhouettes=checks.silhouettes,
        settled=Settled(memory.number, memory.candidate, memory.streak),
        chance=checks.chance,
        stability=checks.stability,
        separated=checks.separated,
    )


def decided(
    votes: Votes, plane: Plane, base: groups.Base, memory: Memory, settings: Settings
) -> Decision:
    """Return how the people are grouped: together, unless the votes say otherwise."""
    options = groups.options(
        base, settings.most_groups, restarts=settings.restarts, seed=settings.seed
    )
    silhouettes = {option.number: option.silhouette for option in options}
    together = np.zeros(len(plane.rows), np.int64), np.zeros(1, np.int64), silhouettes
    if _too_few(votes, plane, settings):
        return Decision(Verdict.TOO_FEW, *together)
    rng = np.random.default_rng([settings.seed, 2])
    sample = sampling.some(np.arange(len(plane.rows)), SAMPLED, rng)
    compared = _compared(votes, plane, sample, settings, rng)
    settled = _settled(options, compared, memory, settings)
    chosen = next((one for one in options if one.number == settled.number), None)
    if chosen is None:
        return Decision(Verdict.ONE_GROUP, *together, chance=compared)
    grouping = groups.into(plane.spots, chosen, restarts=settings.restarts, rng=rng)
    labels, letters = groups.lettered(grouping.labels, plane.letters)
    return Decision(
        verdict=Verdict.GROUPS,
        labels=labels,
        letters=letters,
        silhouettes=silhouettes,
        settled=settled,
        chance=compared,
        stability=_stability(plane, sample, labels, settings, rng),
        separated=chance.separated(plane.spots[sample], labels[sample], rng=rng),
    )


def _too_few(votes: Votes, plane: Plane, settings: Settings) -> bool:
    active = votes.per_participant >= min(settings.least_votes, votes.shape[1])
    return bool(
        active.sum() < settings.least_participants
        or (~plane.out).sum() < settings.least_statements
    )


def _compared(
    votes: Votes,
    plane: Plane,
    sample: Integers,
    settings: Settings,
    rng: np.random.Generator,
) -> Chance:
    stances = votes.matrix()[plane.rows[sample]][:, np.flatnonzero(~plane.out)]
    return chance.compared(
        stances,
        permutations=settings.permutations,
        limit=settings.above_chance,
        rng=rng,
    )


def _settled(
    options: list[groups.Option], compared: Chance, memory: Memory, settings: Settings
) -> Settled:
    """Return the number of groups: 1 if chance explains the votes as well.

    Otherwise the number with the best silhouette; but another number than before
    only once it was the best ``patience`` runs in a row (POLIS 2.6 d). To and from a
    single group, or from a number no longer possible, it changes at once.
    """
    if settings.groups is not None:
        return Settled(settings.groups)
    possible = [option for option in options if option.smallest >= settings.least_group]
    if not possible or not compared.dimensions:
        return Settled()
    best = max(possible, key=lambda option: option.silhouette).number
    if best == memory.number or memory.number not in {o.number for o in possible}:
        return Settled(best)
    streak = memory.streak + 1 if best == memory.candidate else 1
    if streak >= settings.patience:
        return Settled(best)
    return Settled(memory.number, candidate=best, streak=streak)


def _stability(
    plane: Plane,
    sample: Integers,
    labels: Integers,
    settings: Settings,
    rng: np.random.Generator,
) -> Stability:
    rows = plane.rows[sample]
    return stability.measured(
        plane.matrix[rows],
        plane.scale[rows],
        labels[sample],
        int(labels.max()) + 1,
        people=len(plane.rows),
        resamples=settings.resamples,
        persists_from=settings.persists_from,
        rng=rng,
    )
