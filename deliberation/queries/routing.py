"""Which statement somebody votes on next: drawn from a prepared list."""

import hashlib
import hmac
import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from numpy.typing import NDArray

from deliberation.models import PollResult, Statement, Vote
from moderation.choices import ContentStatus
from moderation.models import Participant
from moderation.queries.prepared import Given, PreparedQuery

# How long another process may go on with a list; what it draws is checked anyway.
PREPARED_SECONDS = 60
DRAWS = 5


@dataclass(frozen=True)
class Prepared:
    """The statements of a poll that may be voted on, with their weights."""

    ids: NDArray[np.int64]
    authors: NDArray[np.int64]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Turn:
    """What to vote on now (None: nothing is left) and how far the voter has come."""

    statement: Statement | None
    voted: int
    total: int

    @property
    def remaining(self) -> int:
        """Return how many statements the voter could still vote on."""
        return self.total - self.voted


def next_for(*, poll_id: int, participant: Participant | None) -> Turn:
    """Return the voter's next statement, drawn by the weights of the last result.

    Never one's own, a hidden or a voted one. Until the voter votes, the same is
    drawn again, so that a page that is loaded twice asks the same.
    """
    prepared = _prepared(poll_id)
    who = participant.pk if participant else 0
    voted = _voted(poll_id, who)
    foreign = prepared.authors != who
    done = np.isin(prepared.ids, voted)
    open_ids, weights = prepared.ids[foreign & ~done], prepared.weights[foreign & ~done]
    counted = int((foreign & done).sum())
    drawn = _draw(open_ids, weights, _seed(poll_id, who, len(voted)))
    return Turn(drawn, counted, counted + len(open_ids))


def forget(poll_id: int) -> None:
    """Let the list be prepared anew: a statement came or went, or a new result."""
    cache.delete(_key(poll_id))


def _key(poll_id: int) -> str:
    return f"folkmoot:routing:{poll_id}"


def _prepared(poll_id: int) -> Prepared:
    found: Prepared | None = cache.get(_key(poll_id))
    if found is None:
        found = _prepare(poll_id)
        cache.set(_key(poll_id), found, PREPARED_SECONDS)
    return found


def _prepare(poll_id: int) -> Prepared:
    rows = list(
        Statement.objects.filter(poll_id=poll_id, status=ContentStatus.PUBLISHED)
        .order_by("pk")
        .values_list("pk", "author_id")
    )
    weights = _weights(poll_id)
    # What came after the last result has been seen least of all.
    new = max(weights.values(), default=1.0)
    return Prepared(
        np.array([pk for pk, _ in rows], np.int64),
        np.array([author or -1 for _, author in rows], np.int64),
        np.array([weights.get(str(pk), new) for pk, _ in rows], np.float64),
    )


def _weights(poll_id: int) -> dict[str, float]:
    latest = PollResult.objects.filter(poll_id=poll_id).order_by("-computed_at")
    return latest.values_list("weights", flat=True).first() or {}


def _voted(poll_id: int, participant_id: int) -> NDArray[np.int64]:
    if not participant_id:
        return np.empty(0, np.int64)
    rows = _VOTED.rows(participant=participant_id, poll=poll_id)
    return np.array([statement for (statement,) in rows], np.int64)


_VOTED = PreparedQuery(
    lambda: Vote.objects.filter(
        participant_id=Given("participant"), poll_id=Given("poll")
    ).values_list("statement_id")
)


def _draw(
    ids: NDArray[np.int64], weights: NDArray[np.float64], seed: bytes | None
) -> Statement | None:
    """Return a public statement drawn by weight; another if one just vanished."""
    chance: Any = random.Random(seed) if seed else random.SystemRandom()  # noqa: S311
    left = np.maximum(weights, 1e-9)
    for _attempt in range(min(DRAWS, len(ids))):
        place = int(np.searchsorted(left.cumsum(), chance.random() * left.sum()))
        place = min(place, len(ids) - 1)
        if found := _PUBLIC.first(pk=int(ids[place])):
            return Statement.from_db(connection.alias, _FIELDS, found)
        left[place] = 0.0
    return None


_FIELDS = [field.attname for field in Statement._meta.concrete_fields]
_PUBLIC = PreparedQuery(
    lambda: Statement.objects.filter(
        pk=Given("pk"), status=ContentStatus.PUBLISHED
    ).values_list(*_FIELDS)
)


def _seed(poll_id: int, participant_id: int, voted: int) -> bytes | None:
    if not participant_id:
        return None
    told = f"next {poll_id} {participant_id} {voted}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), told, hashlib.sha256)
