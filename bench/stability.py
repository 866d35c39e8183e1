"""How near the quick resampling comes to doing everything anew with other people.

    python -m bench.stability

For each published conversation: how often the groups persist in the quick resamples
within the leading directions, and when people are drawn again, components, positions
and k-means computed from their votes from scratch.
"""

import numpy as np

from bench.exports import export, shared_data
from deliberation.consensus import (
    Result,
    Settings,
    Votes,
    components,
    compute,
    counts,
    groups,
    positions,
)
from deliberation.consensus.votes import centred

RESAMPLES = 50


def redrawn(votes: Votes, rows: np.ndarray) -> Votes:
    """Return the votes of these people, each drawn one a person of their own."""
    drawn = votes.matrix(votes.stances + 2)[np.sort(rows)].tocsr()
    return Votes(
        np.arange(len(rows)),
        votes.statements,
        drawn.indptr,
        drawn.indices,
        (drawn.data - 2).astype(np.int8),
    )


def persistence(votes: Votes, out: np.ndarray, result: Result) -> float:
    """Return the share of full resamples in which all groups persist."""
    rng = np.random.default_rng(0)
    inside = np.flatnonzero(result.people.groups >= 0)
    k = len(result.groups.letters)
    return float(
        np.mean(
            [_persists(votes, out, result, inside, k, rng) for _ in range(RESAMPLES)]
        )
    )


def _persists(votes, out, result, inside, k, rng) -> bool:
    rows = np.sort(rng.choice(inside, len(inside)))
    drawn = redrawn(votes, rows)
    means = np.where(out, 0, counts.means(counts.overall(drawn)))
    matrix = centred(drawn, means, without=np.flatnonzero(out))
    axes = components.principal(matrix).axes
    scale = positions.scale(votes.shape[1], counts.answered(drawn, out))
    points = positions.participants(matrix, axes, scale)
    option = groups.option(groups.base(points, 100, rng=rng), k, restarts=10, seed=0)
    found = groups.into(points, option, restarts=10, rng=rng).labels
    people, first = np.unique(rows, return_index=True)
    old, new = result.people.groups[people], found[first]
    return all(
        _jaccard(old == g, new) >= result.settings.persists_from for g in range(k)
    )


def _jaccard(members: np.ndarray, labels: np.ndarray) -> float:
    return max(
        (members & (labels == one)).sum() / (members | (labels == one)).sum()
        for one in np.unique(labels)
    )


def main() -> None:
    """Print one line per conversation."""
    print("| conversation | groups | quick | from scratch |")
    print("| --- | --- | --- | --- |")
    for folder in sorted(p for p in shared_data("polis").glob("*") if p.is_dir()):
        known = export(folder)
        result = compute(
            known.votes, moderated_out=known.moderated_out, settings=Settings()
        )
        if result.stability is None:
            continue
        out = np.isin(known.votes.statements, known.moderated_out)
        slow = persistence(known.votes, out, result)
        print(
            f"| {folder.name} | {len(result.groups.letters)} "
            f"| {result.stability.persisted} % | {100 * slow:.0f} % |",
            flush=True,
        )


if __name__ == "__main__":
    main()
