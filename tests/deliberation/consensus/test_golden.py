import csv

import numpy as np
import pytest

from deliberation.consensus import (
    Settings,
    Votes,
    agreement,
    clusters,
    compute,
    counts,
    positions,
    priorities,
    representative,
)

from .conftest import folders
from .golden import export, golden, placed, regrouped

GOLDEN = pytest.mark.parametrize("folder", folders("polis-golden"))
EXPORTS = pytest.mark.parametrize("folder", folders("polis"))

# Exports from before October 2017, when Polis filled missing votes with zeros, and
# one of 26 people: their groups cannot be compared with today's positions.
OLD_RULES = {"scoop-hivemind.ubi", "london.youth.policing"}


class TestPolisReference:
    @GOLDEN
    def test_has_the_same_statements(self, folder):
        known = golden(folder)
        assert known.votes.statements.tolist() == known.expected["tids"]
        assert known.votes.shape[0] == known.expected["n_participants"]

    @GOLDEN
    def test_counts_the_votes_of_each_group_exactly(self, folder):
        known = golden(folder)
        for group, expected in known.expected["group_votes"].items():
            tally = known.tally[known.group_names.index(group)]
            ours = np.column_stack(
                [tally[:, counts.AGREED], tally[:, counts.DISAGREED], tally.sum(axis=1)]
            )
            theirs = [expected[str(one)] for one in known.votes.statements]
            assert (ours == theirs).all()

    @GOLDEN
    def test_finds_the_same_centre_and_components(self, folder):
        known = golden(folder)
        centre = np.array(known.expected["pca"]["center"], float)
        assert known.means == pytest.approx(-centre, abs=1e-9)
        axes = known.components.axes * known.signs
        theirs = np.array(known.expected["pca"]["comps"]).T
        assert axes == pytest.approx(theirs, abs=1e-9)

    @GOLDEN
    def test_puts_people_where_polis_puts_them(self, folder):
        known = golden(folder)
        scale = positions.scale(
            known.votes.shape[1], counts.answered(known.votes, known.out)
        )
        ours = positions.participants(known.matrix, known.components.axes, scale)
        base = known.expected["base_clusters"]
        means = [
            ours[np.isin(known.votes.participants, members)].mean(axis=0)
            for members in base["members"]
        ]
        theirs = -np.array([base["x"], base["y"]]).T
        assert means * known.signs == pytest.approx(theirs, abs=1e-9)

    @GOLDEN
    def test_finds_the_same_extremity(self, folder):
        known = golden(folder)
        theirs = np.array(known.expected["pca"]["comment_extremity"], float)
        assert known.extremity == pytest.approx(theirs, rel=1e-9, abs=1e-12)

    @GOLDEN
    def test_finds_the_same_group_informed_consensus(self, folder):
        known = golden(folder)
        theirs = known.by_statement("group_aware_consensus")
        assert agreement.product(known.tally) == pytest.approx(theirs, rel=1e-9)

    @GOLDEN
    def test_finds_the_same_priorities(self, folder):
        known = golden(folder)
        meta = np.isin(known.votes.statements, known.expected["meta"])
        tally = known.tally.sum(axis=0)
        ours = priorities.polis(tally, known.extremity, meta=meta)
        theirs = known.by_statement("comment_priorities")
        assert ours == pytest.approx(theirs, rel=1e-9)

    @GOLDEN
    def test_lets_the_same_statements_speak_for_each_group(self, folder):
        known = golden(folder)
        together = known.tally.sum(axis=0)
        for group, expected in known.expected["repness"].items():
            own = known.tally[known.group_names.index(group)]
            ours = representative.statements_for(
                own, together - own, eligible=~known.out
            )
            assert [
                (known.votes.statements[one.statement], one.agree, one.best_agree)
                for one in ours
            ] == [
                (
                    one["tid"],
                    one["repful-for"] == "agree",
                    one.get("best-agree", False),
                )
                for one in expected
            ]
            assert [(one.successes, one.trials) for one in ours] == [
                (one["n-success"], one["n-trials"]) for one in expected
            ]
            numbers = [
                (one.share, one.share_test, one.ratio, one.ratio_test) for one in ours
            ]
            theirs = [
                (one["p-success"], one["p-test"], one["repness"], one["repness-test"])
                for one in expected
            ]
            # Polis keeps the last of them in single precision.
            assert np.array(numbers) == pytest.approx(np.array(theirs), rel=1e-6)

    @GOLDEN
    @pytest.mark.parametrize(
        ("side", "name"), [(counts.AGREED, "agree"), (counts.DISAGREED, "disagree")]
    )
    def test_lists_the_same_consensus(self, folder, side, name):
        known = golden(folder)
        tally = counts.overall(known.votes)
        ours = agreement.consensus(tally, side, eligible=~known.out)
        theirs = [one["tid"] for one in known.expected["consensus"][name]]
        assert known.votes.statements[ours].tolist() == theirs

    @GOLDEN
    def test_groups_at_most_those_whom_polis_groups(self, folder):
        known = golden(folder)
        result = compute(known.votes, moderated_out=known.expected["mod_out"])
        inside = known.votes.participants[result.people.groups >= 0]
        assert set(inside.tolist()) <= set(known.expected["in_conv"])


@pytest.mark.slow
class TestExports:
    @EXPORTS
    def test_keep_the_last_vote_of_the_log(self, folder):
        if not (folder / "votes.csv").exists():
            pytest.skip("this export has no log")
        with (folder / "votes.csv").open(encoding="utf-8") as file:
            table = np.array(
                [
                    [row["voter-id"], row["comment-id"], row["vote"], row["timestamp"]]
                    for row in csv.DictReader(file)
                ]
            ).astype(int)
        ours, final = Votes.from_events(*table.T), export(folder).votes
        assert (ours.participants == final.participants).all()
        assert (ours.statements == final.statements).all()
        assert (ours.matrix() != final.matrix()).nnz == 0
        assert len(ours) == len(final)


@pytest.mark.slow
class TestGroups:
    """Criteria a to d: memberships depend on the path Polis took, positions do not."""

    @EXPORTS
    def test_of_polis_are_neighbours_on_our_map(self, folder):
        points, labels = _grouped(folder)
        centres = np.array([points[labels == g].mean(axis=0) for g in _kinds(labels)])
        apart = ((points[:, None] - centres) ** 2).sum(axis=2)
        assert (apart.argmin(axis=1) == labels).mean() >= 0.965

    @EXPORTS
    def test_of_ours_lie_at_least_as_close_together(self, folder):
        points, labels = _grouped(folder)
        theirs = sum(
            ((points[labels == g] - points[labels == g].mean(axis=0)) ** 2).sum()
            for g in _kinds(labels)
        )
        assert regrouped(points, len(_kinds(labels))).inertia <= theirs

    @EXPORTS
    def test_of_ours_are_as_well_separated(self, folder):
        points, labels = _grouped(folder)
        ours = regrouped(points, len(_kinds(labels))).labels
        theirs = clusters.silhouette(points, labels)
        assert clusters.silhouette(points, ours) >= theirs - 0.02

    @EXPORTS
    def test_are_the_same_again_for_the_same_seed(self, folder):
        known = export(folder)
        runs = [
            compute(
                known.votes,
                moderated_out=known.moderated_out,
                settings=Settings(seed=3),
            )
            for _ in range(2)
        ]
        assert (runs[0].people.groups == runs[1].people.groups).all()


def _grouped(folder):
    """Return positions and groups of those whom Polis grouped."""
    if folder.name in OLD_RULES:
        pytest.skip("grouped by rules that Polis has given up")
    known = export(folder)
    inside = known.groups >= 0
    return placed(folder)[inside], known.groups[inside]


def _kinds(labels):
    return np.unique(labels)
