"""Who stands behind a request: an account, a guest or nobody. Pages and API alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from moderation.models import Participant
from moderation.services import limits, participants

GUEST_COOKIE = "folkmoot_guest"
GUEST_HEADER = "X-Guest-Token"
# A school or a library has one address: many may come, but not thousands.
GUESTS_IN_AN_HOUR, HOUR = 300, timedelta(hours=1)
GUEST_COOKIE_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Caller:
    """Whoever asks. `user` is None for guests and strangers."""

    user: Any = None
    participant: Participant | None = None

    @property
    def is_known(self) -> bool:
        """Say whether the caller has an account or a guest token."""
        return self.user is not None or self.participant is not None


def caller_of(request: HttpRequest) -> Caller:
    """Return the caller of a page; read once and kept on the request."""
    if not hasattr(request, "_folkmoot_caller"):
        request._folkmoot_caller = _find(request)  # type: ignore[attr-defined]
    return request._folkmoot_caller  # type: ignore[attr-defined]


def account_caller(user: Any) -> Caller:
    """Return the caller that an account is, without making a participant yet."""
    return Caller(user, participants.of_account(user))


def participant_for_writing(
    request: HttpRequest, *, now: datetime, guests: bool, token: str | None = None
) -> Participant | None:
    """Return the caller's participant, making one where there is none yet.

    A stranger becomes a guest if `guests` is true, known by `token` or a new one: the
    caller must then send the response through `remember_guest`. Otherwise a stranger
    gets None.
    """
    caller = caller_of(request)
    if caller.participant or not (caller.user or guests):
        return caller.participant
    language = get_language() or ""
    if caller.user:
        made = participants.for_account(account=caller.user, now=now, language=language)
    else:
        limit_address(request, act="guest", most=GUESTS_IN_AN_HOUR, within=HOUR)
        token = token or participants.new_token()
        made = participants.start_with(token=token, now=now, language=language)
        become_guest(request, token)
    request._folkmoot_caller = Caller(caller.user, made)  # type: ignore[attr-defined]
    return made


def become_guest(request: HttpRequest, token: str) -> None:
    """Let the request be that of the guest who holds this token.

    Send the response through `remember_guest`.
    """
    request._folkmoot_new_guest_token = token  # type: ignore[attr-defined]


def forget_guest(request: HttpRequest) -> None:
    """Let the request be a stranger's again: its new guest was not kept."""
    if vars(request).pop("_folkmoot_new_guest_token", None):
        del request._folkmoot_caller  # type: ignore[attr-defined]


def remember_guest(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give a guest made during this request their token, as cookie and header."""
    token = getattr(request, "_folkmoot_new_guest_token", None)
    if token:
        response[GUEST_HEADER] = token
        response.set_cookie(
            GUEST_COOKIE,
            token,
            max_age=GUEST_COOKIE_SECONDS,
            httponly=True,
            secure=request.is_secure(),
            samesite="Lax",
        )


def guest_token(request: HttpRequest) -> str:
    """Return the token the request carries, in its header or its cookie."""
    return request.headers.get(GUEST_HEADER) or request.COOKIES.get(GUEST_COOKIE, "")


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from; to be hashed, never stored.

    The header that proxies fill is believed only as far as FOLKMOOT_PROXIES says:
    the number of proxies of one's own in front of the site.
    """
    proxies = getattr(settings, "FOLKMOOT_PROXIES", 0)
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(forwarded) >= proxies and forwarded[-proxies].strip():
        return forwarded[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def limit_address(
    request: HttpRequest, *, act: str, most: int, within: timedelta
) -> None:
    """Count an act of a stranger by network address; raise TooOften at the limit."""
    limits.take(act=act, who=address_of(request), most=most, within=within)


def _find(request: HttpRequest) -> Caller:
    if request.user.is_authenticated:
        return account_caller(request.user)
    token = guest_token(request)
    return Caller(None, participants.for_guest_token(token) if token else None)
