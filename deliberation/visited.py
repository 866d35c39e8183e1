"""When somebody last read a discussion: known to their own browser, and to nobody else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest
from django.http.response import HttpResponseBase

COOKIE = "folkmoot_visits"
COOKIE_SECONDS = 90 * 24 * 3600
# Whoever comes back later than this begins another visit.
PAUSE = timedelta(minutes=30)
# Discussions that are remembered, the latest first.
MOST = 30
_ENTRY = re.compile(r"([0-9]{1,18}):([0-9]{1,10}):([0-9]{1,10})")


@dataclass(frozen=True)
class _Read:
    """One discussion: when the last visit ended, and the latest page of this one."""

    discussion: int
    before: int
    latest: int

    def at(self, now: datetime) -> "_Read":
        """Return it as it is when a page is read now."""
        moment = int(now.timestamp())
        is_later = moment - self.latest > PAUSE.total_seconds()
        before = self.latest if is_later else self.before
        return replace(self, before=before, latest=moment)


def since(request: HttpRequest, discussion: int, *, now: datetime) -> datetime | None:
    """Return when the reader's last visit to a discussion ended, None for the first."""
    for read in _reads(request):
        if read.discussion == discussion and read.at(now).before:
            return datetime.fromtimestamp(read.at(now).before, UTC)
    return None


def note(request: HttpRequest, discussion: int, *, now: datetime) -> None:
    """Note that a discussion is read by this request."""
    noted = getattr(request, "_folkmoot_reads", {})
    known = {read.discussion: read for read in _reads(request)}
    noted[discussion] = known.get(discussion, _Read(discussion, 0, 0)).at(now)
    request._folkmoot_reads = noted  # type: ignore[attr-defined]


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the reader's browser keep what was noted during this request."""
    noted: dict[int, _Read] = getattr(request, "_folkmoot_reads", {})
    if not noted:
        return
    others = [read for read in _reads(request) if read.discussion not in noted]
    kept = [*noted.values(), *others][:MOST]
    response.set_cookie(
        COOKIE,
        ".".join(f"{read.discussion}:{read.before}:{read.latest}" for read in kept),
        max_age=COOKIE_SECONDS,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )


def _reads(request: HttpRequest) -> Iterator[_Read]:
    for entry in request.COOKIES.get(COOKIE, "").split(".")[:MOST]:
        if found := _ENTRY.fullmatch(entry):
            yield _Read(*map(int, found.groups()))
