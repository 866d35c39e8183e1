"""How votes are stored: by statements written out, for a busy poll does little else.

The database itself asks whether the vote may be cast, so that none slips in between a
question and its answer.
"""

import swapper
from django.db import connection, transaction

from deliberation.models import Vote
from moderation.choices import ContentStatus
from moderation.queries import planned

_COLUMNS = "poll_id, statement_id, participant_id, stance, is_important, cast_at"
_KEPT = "poll_id, statement_id, participant_id, stance, cast_at"
_THIS_ONE = """
    participant_id = %(participant)s AND poll_id = %(poll)s
    AND statement_id = %(statement)s
"""
# The vote, if the statement is public and not the voter's own, the poll open and its
# page published.
_ALLOWED = f"""
    SELECT statement.poll_id, statement.id, %(participant)s, %(stance)s, %(important)s,
        %(now)s
    FROM deliberation_statement AS statement
    JOIN deliberation_poll AS poll ON poll.id = statement.poll_id
    JOIN {swapper.load_model("wagtailcore", "Page")._meta.db_table} AS page
        ON page.id = poll.page_id
    WHERE statement.id = %(statement)s AND statement.poll_id = %(poll)s
        AND statement.status = '{ContentStatus.PUBLISHED}'
        AND (statement.author_id IS NULL OR statement.author_id <> %(participant)s)
        AND (poll.opens_at IS NULL OR poll.opens_at <= %(now)s)
        AND (poll.closes_at IS NULL OR poll.closes_at > %(now)s)
        AND page.live
"""  # noqa: S608
_INSERT = f"""
    INSERT INTO deliberation_vote ({_COLUMNS}) {_ALLOWED}
    ON CONFLICT (participant_id, poll_id, statement_id) DO NOTHING
    RETURNING id
"""
_KEEP = f"""
    INSERT INTO deliberation_earliervote ({_KEPT})
    SELECT {_KEPT} FROM deliberation_vote WHERE {_THIS_ONE}
"""  # noqa: S608
_DELETE = f"DELETE FROM deliberation_vote WHERE {_THIS_ONE}"  # noqa: S608

# PostgreSQL is another process, often another machine: it is asked once. Of several
# votes at a time each waits for the one before, finds it and keeps it; only where there
# was none to wait for is nothing stored, and the vote is put again.
_PUT = f"""
    WITH allowed ({_COLUMNS}) AS ({_ALLOWED}),
    before AS (
        SELECT {_KEPT} FROM deliberation_vote
        WHERE {_THIS_ONE} AND EXISTS (SELECT FROM allowed) FOR UPDATE
    ),
    kept AS (
        INSERT INTO deliberation_earliervote ({_KEPT}) SELECT * FROM before
        RETURNING id
    )
    INSERT INTO deliberation_vote ({_COLUMNS})
    SELECT * FROM allowed WHERE (SELECT count(*) FROM kept) >= 0
    ON CONFLICT (participant_id, poll_id, statement_id) DO UPDATE
    SET id = excluded.id, stance = excluded.stance, cast_at = excluded.cast_at,
        is_important = excluded.is_important
    WHERE (SELECT count(*) FROM kept) > 0
    RETURNING id
"""  # noqa: S608
_TAKE_OUT = f"""
    WITH gone AS (DELETE FROM deliberation_vote WHERE {_THIS_ONE} RETURNING {_KEPT})
    INSERT INTO deliberation_earliervote ({_KEPT}) SELECT * FROM gone
"""  # noqa: S608


def put(vote: Vote) -> bool:
    """Store a new vote in place of the same person's on the same statement.

    The one before is kept as an `EarlierVote`, and the vote gets an id above all others.
    Return False where it may not be cast at its moment; or where another of the same
    person's was faster, so that it has to be put again.
    """
    if connection.vendor == "postgresql":
        return _stored(_PUT, vote)
    return _stored(_INSERT, vote) or _replaced(vote)


def take_out(*, poll_id: int, statement_id: int, participant_id: int) -> bool:
    """Turn a present vote, if there is one, into an earlier one."""
    this_one = {
        "poll": poll_id,
        "statement": statement_id,
        "participant": participant_id,
    }
    if connection.vendor == "postgresql":
        return bool(planned.change(_TAKE_OUT, this_one))
    with transaction.atomic():
        planned.change(_KEEP, this_one)
        return bool(planned.change(_DELETE, this_one))


@transaction.atomic
def _replaced(vote: Vote) -> bool:
    """Store a vote in place of another, if there is one and this one may be cast."""
    was_there = take_out(
        poll_id=vote.poll_id,
        statement_id=vote.statement_id,
        participant_id=vote.participant_id,
    )
    if was_there and _stored(_INSERT, vote):
        return True
    transaction.set_rollback(True)
    return False


def _stored(sql: str, vote: Vote) -> bool:
    values = {
        "poll": vote.poll_id,
        "statement": vote.statement_id,
        "participant": vote.participant_id,
        "stance": int(vote.stance),
        "important": vote.is_important,
        "now": connection.ops.adapt_datetimefield_value(vote.cast_at),
    }
    stored = planned.rows(sql, values)
    if not stored:
        return False
    ((vote.pk,),) = stored
    vote._state.adding, vote._state.db = False, connection.alias
    return True
