"""How often somebody may do something. Nothing personal is kept."""

from contextlib import suppress
from datetime import timedelta

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from moderation.refusals import Refusal, Why


class TooOften(Refusal):
    """The act was done too often in a short time."""

    why = Why.TOO_SOON


def take(
    *, act: str, who: str, most: int, within: timedelta, message: str = ""
) -> None:
    """Count an act of somebody, or raise TooOften once the limit is reached.

    `who` (an address of the network, say) is stored as a keyed hash only; `message` is
    said instead of the usual one.
    """
    key = _key(act, who)
    cache.add(key, 0, timeout=int(within.total_seconds()))
    try:
        count = cache.incr(key)
    except ValueError:
        # It ran out between the two calls.
        cache.set(key, 1, timeout=int(within.total_seconds()))
        count = 1
    if count > most:
        raise TooOften(
            message or _("That was a lot in a short time. Please try again later.")
        )


def give_back(*, act: str, who: str) -> None:
    """Let an act that was counted and came to nothing not count."""
    with suppress(ValueError):
        cache.decr(_key(act, who))


def _key(act: str, who: str) -> str:
    return f"folkmoot:{act}:{salted_hmac(act, who, algorithm='sha256').hexdigest()}"
