"""One run of the maths from votes to result."""

from collections.abc import Iterable

import numpy as np

from deliberation.consensus import (
    agreement,
    counts,
    groups,
    positions,
    priorities,
    representative,
)
from deliberation.consensus.arrays import Flags
from deliberation.consensus.decision import Decision, continued, decided
from deliberation.consensus.memory import Checks, Memory
from deliberation.consensus.plane import Plane
from deliberation.consensus.result import Bubbles, Groups, People, Result, Statements
from deliberation.consensus.settings import Settings
from deliberation.consensus.votes import Votes


def compute(
    votes: Votes,
    *,
    moderated_out: Iterable[int] = (),
    meta: Iterable[int] = (),
    previous: Memory | None = None,
    settings: Settings | None = None,
    brief: bool = False,
) -> Result:
    """Return opinion groups, agreement and everything else that the votes tell.

    ``moderated_out`` and ``meta`` are statement ids that stay out of the maths;
    unknown ids are ignored. ``previous`` is the last run's ``memory``. The same votes
    in any order give the same result; no votes at all give an empty one.

    ``brief`` is for runs soon after another one, with the same settings: counts,
    intervals, components and positions are those of the present votes; groups are
    followed from where they were, and their number and the checks by repetition are
    carried over. A full run happens nevertheless where there is nothing to go on
    from, or where other statements stay out of the maths.
    """
    settings, memory = settings or Settings(), previous or Memory.empty()
    about = np.isin(votes.statements, np.fromiter(meta, np.int64))
    hidden = np.isin(votes.statements, np.fromiter(moderated_out, np.int64))
    plane = Plane.of(votes, about | hidden, memory, settings)
    rng = np.random.default_rng([settings.seed, 1])
    known = _checks_to_go_on_with(plane, memory, votes) if brief else None
    if known:
        base = groups.around(plane.spots, known.centres)
        decision = continued(plane, memory, known)
    else:
        base = groups.base(plane.spots, settings.base_clusters, rng=rng)
        decision = decided(votes, plane, base, memory, settings)
    checks = known or _checks(votes, plane, base, decision)
    people = _people(votes, plane, decision)
    statements = _statements(votes, about, plane, people, decision)
    totals, eligible = plane.counts, ~plane.out
    return Result(
        settings=settings,
        verdict=decision.verdict,
        people=people,
        statements=statements,
        groups=_groups(plane, statements, decision),
        agreed=agreement.consensus(totals, counts.AGREED, eligible=eligible),
        disagreed=agreement.consensus(totals, counts.DISAGREED, eligible=eligible),
        divisive=agreement.divisive(totals, statements.by_group, eligible=eligible),
        components=plane.components,
        explained=plane.components.explained(plane.matrix),
        bubbles=_bubbles(plane, base, decision),
        chance=decision.chance,
        stability=decision.stability,
        memory=_remembered(votes, plane, decision, checks),
        brief=known is not None,
    )


def _checks_to_go_on_with(plane: Plane, memory: Memory, votes: Votes) -> Checks | None:
    checks = memory.checks
    if checks is None or checks.out != _out(votes, plane):
        return None
    found = np.unique(plane.letters[plane.letters >= 0])
    return checks if len(found) == memory.number else None


def _checks(
    votes: Votes, plane: Plane, base: groups.Base, decision: Decision
) -> Checks | None:
    if decision.chance is None:
        return None
    return Checks(
        votes=len(votes),
        out=_out(votes, plane),
        centres=base.centres,
        silhouettes=decision.silhouettes,
        chance=decision.chance,
        stability=decision.stability,
        separated=decision.separated,
    )


def _out(votes: Votes, plane: Plane) -> tuple[int, ...]:
    return tuple(votes.statements[plane.out].tolist())


def _people(votes: Votes, plane: Plane, decision: Decision) -> People:
    labels = np.full(votes.shape[0], -1)
    labels[plane.rows] = decision.labels
    return People(votes.participants, votes.per_participant, plane.positions, labels)


def _statements(
    votes: Votes, about: Flags, plane: Plane, people: People, decision: Decision
) -> Statements:
    by_group = counts.by_group(votes, people.groups, len(decision.letters))
    where = positions.statements(plane.means, plane.components.axes)
    extremity = positions.extremity(where)
    return Statements(
        ids=votes.statements,
        out=plane.out,
        meta=about,
        counts=plane.counts,
        by_group=by_group,
        positions=where,
        extremity=extremity,
        agreement_product=agreement.product(by_group, counts.AGREED),
        disagreement_product=agreement.product(by_group, counts.DISAGREED),
        agreement=agreement.normalised(by_group),
        priorities=priorities.polis(by_group.sum(axis=0), extremity, meta=about),
    )


def _groups(plane: Plane, statements: Statements, decision: Decision) -> Groups:
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
    centres = members.T @ plane.spots / np.maximum(sizes, 1)[:, None]
    return Groups(
        letters=tuple(decision.letters.tolist()),
        sizes=tuple(sizes.tolist()),
        centres=centres,
        representative=speaking,
        silhouettes=decision.silhouettes,
        separated=decision.separated,
    )


def _bubbles(plane: Plane, base: groups.Base, decision: Decision) -> Bubbles:
    """Return the people of one base cluster and one group as one bubble each."""
    many = len(decision.letters)
    cells, places = np.unique(base.labels * many + decision.labels, return_inverse=True)
    sizes = np.bincount(places)
    spots = plane.spots
    sums = [np.bincount(places, spots[:, axis], len(cells)) for axis in (0, 1)]
    return Bubbles(np.stack(sums, axis=1) / sizes[:, None], sizes, cells % many)


def _remembered(
    votes: Votes, plane: Plane, decision: Decision, checks: Checks | None
) -> Memory:
    return Memory(
        statements=votes.statements,
        axes=plane.components.axes,
        participants=votes.participants[plane.rows],
        letters=decision.letters[decision.labels],
        number=decision.settled.number,
        candidate=decision.settled.candidate,
        streak=decision.settled.streak,
        checks=checks,
    )
