"""How votes are stored: by statements written out, for a busy poll does little else."""

from django.db import connection, transaction

from deliberation.models import Vote
from moderation.models import Participant

# Each time, others would have to take the vote back and cast it anew in between.
ATTEMPTS = 5

_INSERT = """
    INSERT INTO deliberation_vote
        (poll_id, statement_id, participant_id, stance, is_important, cast_at)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (participant_id, poll_id, statement_id) DO NOTHING
    RETURNING id
"""
_THIS_ONE = "WHERE participant_id = %s AND poll_id = %s AND statement_id = %s"
_KEEP = f"""
    INSERT INTO deliberation_earliervote
        (poll_id, statement_id, participant_id, stance, cast_at)
    SELECT poll_id, statement_id, participant_id, stance, cast_at
    FROM deliberation_vote {_THIS_ONE}
"""  # noqa: S608
_DELETE = f"DELETE FROM deliberation_vote {_THIS_ONE}"  # noqa: S608


def put(vote: Vote) -> None:
    """Store a new vote in place of the same person's on the same statement.

    The one before is kept as an `EarlierVote`. Of many at once one stands.
    """
    for _attempt in range(ATTEMPTS):
        if _insert(vote) or _replace(vote):
            return
    raise RuntimeError("This vote is being changed too often to be stored.")


@transaction.atomic
def take_out(*, participant: Participant, poll_id: int, statement_id: int) -> bool:
    """Turn the present vote, if there is one, into an earlier one.

    The participant's row is locked, so that no vote is turned into two.
    """
    _lock(participant)
    this_one = [participant.pk, poll_id, statement_id]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, this_one)
        was_there = bool(cursor.rowcount)
        if was_there:
            cursor.execute(_DELETE, this_one)
    return was_there


def _insert(vote: Vote) -> bool:
    """Store a vote, unless there is one already."""
    values = [
        vote.poll_id,
        vote.statement_id,
        vote.participant_id,
        int(vote.stance),
        vote.is_important,
        connection.ops.adapt_datetimefield_value(vote.cast_at),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        stored = cursor.fetchone()
    if stored is None:
        return False
    vote.pk = stored[0]
    vote._state.adding, vote._state.db = False, connection.alias
    return True


@transaction.atomic
def _replace(vote: Vote) -> bool:
    """Store a vote in place of another, if that one is still there."""
    is_there = take_out(
        participant=vote.participant,
        poll_id=vote.poll_id,
        statement_id=vote.statement_id,
    )
    return is_there and _insert(vote)


def _lock(participant: Participant) -> None:
    """Let one request at a time touch this participant's votes.

    A database without locks on rows lets one transaction write at a time anyway.
    """
    if not connection.features.has_select_for_update:
        return
    locked = Participant.objects.select_for_update(no_key=True)
    locked.values_list("pk").get(pk=participant.pk)
