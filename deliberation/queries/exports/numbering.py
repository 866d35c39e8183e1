"""The numbers that stand for participants in an export."""

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings
from django.utils.text import slugify

from deliberation.models import Poll
from moderation.models import Participant

BATCH = 500


def numbers(poll: Poll, participants: Iterable[int]) -> dict[int, int]:
    """Return a number for each participant's id.

    Whoever came with this conversation from Polis keeps the number they had there.
    All others are numbered in an order that only the site's secret key knows, so
    that nothing links a number to a pseudonym, a comment or another poll.
    """
    wanted = sorted(participants)
    known = imported(poll, wanted)
    others = sorted(set(wanted) - known.keys(), key=lambda pk: _lot(poll.pk, pk))
    first = max(known.values(), default=-1) + 1
    return known | {pk: first + place for place, pk in enumerate(others)}


def imported(poll: Poll, participants: list[int]) -> dict[int, int]:
    """Return the numbers of those who came with this conversation from Polis."""
    found = {}
    for start in range(0, len(participants), BATCH):
        some = Participant.objects.filter(pk__in=participants[start : start + BATCH])
        rows = some.filter(origin__startswith="polis:").values_list("pk", "origin")
        for pk, origin in rows:
            key, number = (origin or "").removeprefix("polis:").rsplit(":", 1)
            if poll.section == slugify(f"polis-{key}")[:80]:
                found[pk] = int(number)
    return found


def conversation(poll: Poll) -> str:
    """Return the key under which Polis knew the conversation, "" if it did not."""
    if not poll.section.startswith("polis-"):
        return ""
    voter = Participant.objects.filter(votes__poll=poll, origin__startswith="polis:")
    origin = voter.values_list("origin", flat=True).first() or ""
    return origin.removeprefix("polis:").rsplit(":", 1)[0]


def _lot(poll_id: int, participant_id: int) -> bytes:
    told = f"export {poll_id} {participant_id}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), told, hashlib.sha256)
