"""Ranking threads by support across people who usually disagree."""

from datetime import datetime

import numpy as np
from django.db import transaction

from deliberation.choices import ReactionKind
from deliberation.models import BridgingRun, Comment, Discussion, Reaction
from deliberation.ranking import Memory, Ratings, bridging
from moderation.choices import ContentStatus

_BATCH = 500
_Standing = tuple[int, str]


def refresh(*, discussion: Discussion, now: datetime) -> int:
    """Rank a discussion's threads by all reactions; return how many moved.

    Reactions to replies count too, as they tell on which side somebody stands.
    """
    with transaction.atomic():
        BridgingRun.objects.get_or_create(
            discussion=discussion, defaults={"computed_at": now}
        )
        # Two runs at once would undo each other.
        run = BridgingRun.objects.select_for_update().get(discussion=discussion)
        ranking = bridging.rank(
            _ratings(discussion), previous=Memory.from_json(run.memory)
        )
        moved = _store(discussion, ranking)
        run.memory, run.computed_at = ranking.memory.to_json(), now
        run.save(update_fields=["memory", "computed_at"])
    return moved


def is_stale(discussion: Discussion) -> bool:
    """Say whether somebody has reacted since the last ranking."""
    given = Reaction.objects.filter(comment__discussion=discussion)
    run = BridgingRun.objects.filter(discussion=discussion).first()
    return (given.filter(created_at__gt=run.computed_at) if run else given).exists()


def _ratings(discussion: Discussion) -> Ratings:
    given = Reaction.objects.filter(
        comment__discussion=discussion, comment__status=ContentStatus.PUBLISHED
    ).values_list("participant_id", "comment_id", "kind")
    rows = np.array(
        [(who, what, kind != ReactionKind.DISAGREE) for who, what, kind in given],
        dtype=np.int64,
    ).reshape(-1, 3)
    return Ratings.of(rows[:, 0], rows[:, 1], rows[:, 2])


def _store(discussion: Discussion, ranking: bridging.Ranking) -> int:
    found: dict[int, _Standing] = {
        each.item: (round(each.score * 1_000_000), each.reason)
        for each in ranking.standings
    }
    neutral: _Standing = (0, bridging.Reason.FEW)
    roots = Comment.objects.filter(discussion=discussion).roots()
    moved = []
    for root in roots.only("bridging", "standing").iterator():
        standing = found.get(root.pk, neutral)
        if (root.bridging, root.standing) != standing:
            root.bridging, root.standing = standing
            moved.append(root)
    Comment.objects.bulk_update(moved, ["bridging", "standing"], batch_size=_BATCH)
    return len(moved)
