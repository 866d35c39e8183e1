"""Ranking threads by support across people who usually disagree."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from deliberation.choices import ReactionKind
from deliberation.models import (
    BridgingRun,
    Comment,
    Discussion,
    PollResult,
    Reaction,
)
from deliberation.queries import places
from deliberation.queries.results import FEWEST
from deliberation.ranking import Memory, Ratings, bridging, opinion_groups
from deliberation.ranking.bridging import Standing
from deliberation.ranking.ratings import Integers
from moderation.choices import ContentStatus

_BATCH = 500
# Of the reactions, how many must come from people whose opinion group is known.
_MOST = 0.5
_Place = tuple[int, str]


def refresh(*, discussion: Discussion, now: datetime) -> int:
    """Rank a discussion's threads by all reactions; return how many moved.

    Reactions to replies count too, as they tell on which side somebody stands. Where
    most come from people in the opinion groups of a poll on the page, these groups are
    the sides.
    """
    with transaction.atomic():
        BridgingRun.objects.get_or_create(
            discussion=discussion, defaults={"computed_at": now}
        )
        # Two runs at once would undo each other.
        run = BridgingRun.objects.select_for_update().get(discussion=discussion)
        ratings = _ratings(discussion)
        groups = _groups(discussion, ratings)
        if groups is None:
            ranking = bridging.rank(ratings, previous=Memory.from_json(run.memory))
            run.memory, standings = ranking.memory.to_json(), ranking.standings
        else:
            standings = opinion_groups.rank(ratings, groups)
        moved = _store(discussion, standings)
        run.computed_at = now
        run.save(update_fields=["memory", "computed_at"])
    return moved


def is_stale(discussion: Discussion) -> bool:
    """Say whether somebody has reacted, or groups were found, since the last ranking."""
    given = Reaction.objects.filter(comment__discussion=discussion)
    run = BridgingRun.objects.filter(discussion=discussion).first()
    if run is None:
        return given.exists()
    return (
        given.filter(created_at__gt=run.computed_at).exists()
        or _snapshots(discussion).filter(computed_at__gt=run.computed_at).exists()
    )


def _snapshots(discussion: Discussion) -> QuerySet[PollResult]:
    """Return the newest snapshots of the polls beside it: only they tell of people."""
    beside = PollResult.objects.filter(poll__page=discussion.page_id)
    return beside.exclude(places=b"")


def _groups(discussion: Discussion, ratings: Ratings) -> Integers | None:
    """Return the opinion group of each who reacted, -1 for none.

    None where no poll beside the discussion has two groups, of people enough that a
    group may be shown, or where too few of those who reacted are in them.
    """
    largest = _snapshots(discussion).order_by("-voters", "pk").only("places").first()
    if largest is None or not len(ratings):
        return None
    known = places.unpack(largest.places)
    names, sizes = np.unique(known.groups, return_counts=True)
    large = names[(names >= 0) & (sizes >= FEWEST)]
    if len(large) < 2:
        return None
    rows = np.searchsorted(known.participants, ratings.people)
    rows = np.minimum(rows, len(known.participants) - 1)
    found = known.groups[rows].astype(np.int64)
    is_member = known.participants[rows] == ratings.people
    groups = np.where(is_member & np.isin(found, large), found, -1)
    return groups if (groups[ratings.who] >= 0).mean() >= _MOST else None


def _ratings(discussion: Discussion) -> Ratings:
    given = Reaction.objects.filter(
        comment__discussion=discussion, comment__status=ContentStatus.PUBLISHED
    ).values_list("participant_id", "comment_id", "kind")
    rows = np.array(
        [(who, what, kind != ReactionKind.DISAGREE) for who, what, kind in given],
        dtype=np.int64,
    ).reshape(-1, 3)
    return Ratings.of(rows[:, 0], rows[:, 1], rows[:, 2])


def _store(discussion: Discussion, standings: Sequence[Standing]) -> int:
    found: dict[int, _Place] = {
        each.item: (round(each.score * 1_000_000), each.reason) for each in standings
    }
    neutral: _Place = (0, bridging.Reason.FEW)
    roots = Comment.objects.filter(discussion=discussion).roots()
    moved = []
    for root in roots.only("bridging", "standing").iterator():
        standing = found.get(root.pk, neutral)
        if (root.bridging, root.standing) != standing:
            root.bridging, root.standing = standing
            moved.append(root)
    Comment.objects.bulk_update(moved, ["bridging", "standing"], batch_size=_BATCH)
    return len(moved)
