"""One run of the maths from votes to result."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from deliberation.consensus import (
    agreement,
    chance,
    components,
    counts,
    groups,
    positions,
    priorities,
    representative,
    sampling,
    stability,
)
from deliberation.consensus.arrays import Flags, Floats, Integers
from deliberation.consensus.chance import Chance
from deliberation.consensus.memory import Memory
from deliberation.consensus.result import (
    Bubbles,
    Groups,
    People,
    Result,
    Statements,
    Verdict,
)
from deliberation.consensus.settings import Settings
from deliberation.consensus.stability import Stability
from deliberation.consensus.votes import Votes, centred

# People who stand for all in the checks by repetition.
SAMPLED = 400


@dataclass(frozen=True)
class _Plane:
    """The people on the plane, before anybody is grouped; ``rows`` are grouped."""

    matrix: sparse.csr_array
    means: Floats
    components: components.Components
    scale: Floats
    positions: Floats
    rows: Integers


@dataclass(frozen=True)
class _Decision:
    """How the people of ``_Plane.rows`` are grouped, and why."""

    verdict: Verdict
    labels: Integers
    letters: Integers
    silhouettes: dict[int, float]
    settled: tuple[int, int, int]
    chance: Chance | None = None
    stability: Stability | None = None
    separated: bool = False


def compute(
    votes: Votes,
    *,
    moderated_out: Iterable[int] = (),
    meta: Iterable[int] = (),
    previous: Memory | None = None,
    settings: Settings | None = None,
) -> Result:
    """Return opinion groups, agreement and everything else that the votes tell.

    ``moderated_out`` and ``meta`` are statement ids that stay out of the maths;
    unknown ids are ignored. ``previous`` is the last run's ``memory``. The same votes
    in any order give the same result; no votes at all give an empty one.
    """
    settings, memory = settings or Settings(), previous or Memory.empty()
    about = np.isin(votes.statements, np.fromiter(meta, np.int64))
    hidden = np.isin(votes.statements, np.fromiter(moderated_out, np.int64))
    out = about | hidden
    totals = counts.overall(votes)
    plane = _mapped(votes, totals, out, memory, settings)
    base = groups.base(
        plane.positions[plane.rows],
        settings.base_clusters,
        rng=np.random.default_rng([settings.seed, 1]),
    )
    decision = _decided(votes, out, plane, base, memory, settings)
    people = _people(votes, plane, decision)
    statements = _statements(votes, totals, out, about, plane, people, decision)
    found = _groups(plane, statements, decision)
    eligible = ~out
    sides = (counts.AGREED, counts.DISAGREED)
    agreed, disagreed = (
        agreement.consensus(totals, side, eligible=eligible) for side in sides
    )
    return Result(
        settings=settings,
        verdict=decision.verdict,
        people=people,
        statements=statements,
        groups=found,
        agreed=agreed,
        disagreed=disagreed,
        divisive=agreement.divisive(totals, statements.by_group, eligible=eligible),
        components=plane.components,
        explained=plane.components.explained(plane.matrix),
        bubbles=_bubbles(plane, base, decision),
        chance=decision.chance,
        stability=decision.stability,
        memory=_remembered(votes, plane, decision),
    )


def _mapped(
    votes: Votes, totals: Integers, out: Flags, memory: Memory, settings: Settings
) -> _Plane:
    means = np.where(out, 0.0, counts.means(totals))
    matrix = centred(votes, means, without=np.flatnonzero(out))
    earlier = memory.axes_for(votes)
    found = components.principal(matrix, start=earlier, seed=settings.seed)
    found = components.steady(found, earlier)
    scale = positions.scale(votes.shape[1], counts.answered(votes, out))
    where = positions.participants(matrix, found.axes, scale)
    inside = groups.in_conversation(
        votes.per_participant,
        votes.shape[1],
        least=settings.least_votes,
        fill_up_to=settings.fill_up_to,
        earlier=memory.letters_for(votes) >= 0,
    )
    return _Plane(matrix, means, found, scale, where, np.flatnonzero(inside))


def _decided(
    votes: Votes,
    out: Flags,
    plane: _Plane,
    base: groups.Base,
    memory: Memory,
    settings: Settings,
) -> _Decision:
    """Return how the people are grouped: together, unless the votes say otherwise."""
    spots, letters = plane.positions[plane.rows], memory.letters_for(votes)[plane.rows]
    together = np.zeros(len(plane.rows), np.int64), np.zeros(1, np.int64)
    options = groups.options(
        base, settings.most_groups, restarts=settings.restarts, seed=settings.seed
    )
    silhouettes = {option.number: option.silhouette for option in options}
    if _too_few(votes, out, settings):
        return _Decision(Verdict.TOO_FEW, *together, silhouettes, (1, 0, 0))
    rng = np.random.default_rng([settings.seed, 2])
    sample = sampling.some(np.arange(len(plane.rows)), SAMPLED, rng)
    compared = chance.compared(
        votes.matrix(votes.stances)[plane.rows[sample]][:, np.flatnonzero(~out)],
        permutations=settings.permutations,
        limit=settings.above_chance,
        rng=rng,
    )
    settled = _number(options, compared, memory, settings)
    chosen = next((o for o in options if o.number == settled[0]), None)
    if chosen is None:
        return _Decision(Verdict.ONE_GROUP, *together, silhouettes, (1, 0, 0), compared)
    grouping = groups.into(spots, chosen, restarts=settings.restarts, rng=rng)
    labels, letters = groups.lettered(grouping.labels, letters)
    stable = stability.measured(
        plane.matrix[plane.rows[sample]],
        plane.scale[plane.rows[sample]],
        labels[sample],
        len(letters),
        people=len(plane.rows),
        resamples=settings.resamples,
        persists_from=settings.persists_from,
        rng=rng,
    )
    apart = chance.separated(spots[sample], labels[sample], rng=rng)
    return _Decision(
        Verdict.GROUPS, labels, letters, silhouettes, settled, compared, stable, apart
    )


def _too_few(votes: Votes, out: Flags, settings: Settings) -> bool:
    active = votes.per_participant >= min(settings.least_votes, votes.shape[1])
    return bool(
        active.sum() < settings.least_participants
        or (~out).sum() < settings.least_statements
    )


def _number(
    options: list[groups.Option],
    compared: chance.Chance,
    memory: Memory,
    settings: Settings,
) -> tuple[int, int, int]:
    """Return the number of groups, and the candidate and streak to remember."""
    if settings.groups is not None:
        return settings.groups, 0, 0
    large = [option for option in options if option.smallest >= settings.least_group]
    best = max(large, key=lambda option: option.silhouette, default=None)
    if best is None or not compared.dimensions:
        return 1, 0, 0
    return memory.settled(best.number, settings.patience)


def _people(votes: Votes, plane: _Plane, decision: _Decision) -> People:
    labels = np.full(votes.shape[0], -1)
    labels[plane.rows] = decision.labels
    return People(votes.participants, votes.per_participant, plane.positions, labels)


def _statements(
    votes: Votes,
    totals: Integers,
    out: Flags,
    about: Flags,
    plane: _Plane,
    people: People,
    decision: _Decision,
) -> Statements:
    by_group = counts.by_group(votes, people.groups, len(decision.letters))
    where = positions.statements(plane.means, plane.components.axes)
    extremity = positions.extremity(where)
    return Statements(
        ids=votes.statements,
        out=out,
        meta=about,
        counts=totals,
        by_group=by_group,
        positions=where,
        extremity=extremity,
        agreement_product=agreement.product(by_group, counts.AGREED),
        disagreement_product=agreement.product(by_group, counts.DISAGREED),
        agreement=agreement.normalised(by_group),
        priorities=priorities.polis(by_group.sum(axis=0), extremity, meta=about),
        weights=priorities.fair(totals, extremity, meta=about),
    )


def _groups(plane: _Plane, statements: Statements, decision: _Decision) -> Groups:
    several, together = len(decision.letters) > 1, statements.by_group.sum(axis=0)
    speaking = tuple(
        tuple(
            representative.statements_for(own, together - own, eligible=~statements.out)
        )
        if several
        else ()
        for own in statements.by_group
    )
    sizes = np.bincount(decision.labels, minlength=len(decision.letters))
    members = np.eye(len(decision.letters))[decision.labels]
    centres = members.T @ plane.positions[plane.rows] / np.maximum(sizes, 1)[:, None]
    return Groups(
        letters=tuple(decision.letters.tolist()),
        sizes=tuple(sizes.tolist()),
        centres=centres,
        representative=speaking,
        silhouettes=decision.silhouettes,
        separated=decision.separated,
    )


def _bubbles(plane: _Plane, base: groups.Base, decision: _Decision) -> Bubbles:
    """Return the people of one base cluster and one group as one bubble each."""
    many = len(decision.letters)
    cells, places = np.unique(base.labels * many + decision.labels, return_inverse=True)
    sizes = np.bincount(places)
    spots = plane.positions[plane.rows]
    sums = [np.bincount(places, spots[:, axis], len(cells)) for axis in (0, 1)]
    return Bubbles(np.stack(sums, axis=1) / sizes[:, None], sizes, cells % many)


def _remembered(votes: Votes, plane: _Plane, decision: _Decision) -> Memory:
    number, candidate, streak = decision.settled
    return Memory(
        statements=votes.statements,
        axes=plane.components.axes,
        participants=votes.participants[plane.rows],
        letters=decision.letters[decision.labels],
        number=number,
        candidate=candidate,
        streak=streak,
    )
