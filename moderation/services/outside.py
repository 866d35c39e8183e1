"""Asking a server elsewhere what it thinks of a text. It never judges alone.

Only servers named in the setting `FOLKMOOT_CHECKS` are asked, over https, at public
addresses, without following redirects, for a few seconds at most. What they say makes
a flag for the moderators, nothing else.
"""

import contextlib
import hashlib
import hmac
import http.client
import ipaddress
import json
import logging
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from moderation import contents
from moderation.models import Flag, ModeratedContent
from moderation.rules import Effect, Finding
from moderation.services import flags

SECONDS = 5
MOST_BYTES = 64 * 1024
SHORTEST_KEY = 16
# Addresses in these carry another one inside, which may be anything.
_WRAPPED = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32", "::/96"))
)
logger = logging.getLogger(__name__)


class NoAnswer(Exception):
    """The other server gave none that could be used."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One server to ask, as the setting names it. `ca` is a file of certificates."""

    name: str
    url: str
    key: str = field(repr=False)
    ca: str | None = None

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" or not parts.hostname or parts.username:
            raise ImproperlyConfigured(f"{self.name}: the address must be https://…")
        if len(self.key) < SHORTEST_KEY:
            raise ImproperlyConfigured(
                f"{self.name}: the key needs {SHORTEST_KEY} characters or more."
            )


def checks() -> tuple[Check, ...]:
    """Return the servers to ask; none unless the site names them."""
    named = getattr(settings, "FOLKMOOT_CHECKS", ())
    try:
        return tuple(Check(**each) for each in named)
    except TypeError as error:
        raise ImproperlyConfigured(f"FOLKMOOT_CHECKS: {error}") from None


def consult(*, content: ModeratedContent, now: datetime) -> list[Flag]:
    """Ask every server about a text, and flag it where one finds it conspicuous.

    A server that does not answer changes nothing.
    """
    raised = []
    for check in checks():
        try:
            told = ask(check, _question(content), now=now)
        except NoAnswer as error:
            logger.warning("No answer from the check %s: %s", check.name, error)
            continue
        if told.get("flag") is True:
            finding = _finding(check, told, content.text)
            raised.append(
                flags.raise_by_rule(content=content, finding=finding, now=now)
            )
    return raised


def ask(check: Check, question: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """Send one signed question and return the answer; raise NoAnswer."""
    body = json.dumps(question, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Folkmoot-Signature": sign(check.key, body, now=now),
    }
    try:
        with _connected(check) as connection:
            path = urlsplit(check.url)._replace(scheme="", netloc="", fragment="")
            connection.request("POST", path.geturl() or "/", body, headers)
            response = connection.getresponse()
            answer = response.read(MOST_BYTES + 1)
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(str(error) or type(error).__name__) from None
    if response.status != 200 or len(answer) > MOST_BYTES:
        raise NoAnswer(f"status {response.status}, {len(answer)} bytes")
    try:
        told = json.loads(answer)
    except ValueError:
        raise NoAnswer("not JSON") from None
    if not isinstance(told, dict):
        raise NoAnswer("not an object")
    return told


def sign(key: str, body: bytes, *, now: datetime) -> str:
    """Return the time and the HMAC-SHA256 of time, full stop and body."""
    moment = str(int(now.timestamp()))
    signed = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


def is_public(address: str) -> bool:
    """Say whether an address belongs to the public internet and to nothing inside."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in network for network in _WRAPPED):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


@contextlib.contextmanager
def _connected(check: Check) -> Iterator[http.client.HTTPSConnection]:
    """Connect to an address that was looked at first, and hang up in time."""
    parts = urlsplit(check.url)
    host, port = parts.hostname or "", parts.port or 443
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(map(is_public, addresses)):
        raise NoAnswer("its address is not a public one")
    context = ssl.create_default_context(cafile=check.ca)
    plain = socket.create_connection((addresses[0], port), timeout=SECONDS)
    secure = context.wrap_socket(
        plain, server_hostname=host, do_handshake_on_connect=False
    )
    # However slowly the other side speaks.
    timer = threading.Timer(SECONDS, _hang_up, [secure])
    timer.start()
    connection = http.client.HTTPSConnection(host, port, context=context)
    connection.sock = secure
    try:
        secure.do_handshake()
        yield connection
    finally:
        timer.cancel()
        connection.close()
        secure.close()


def _hang_up(secure: ssl.SSLSocket) -> None:
    with contextlib.suppress(OSError):
        # Below TLS, so that a read in another thread ends at once.
        socket.socket.shutdown(secure, socket.SHUT_RDWR)


def _question(content: ModeratedContent) -> dict[str, Any]:
    """Return what is told: the text, and nothing of its author."""
    return {
        "kind": contents.of(content).kind,
        "id": content.pk,
        "text": content.text,
        "language": content.language,
    }


def _finding(check: Check, told: dict[str, Any], text: str) -> Finding:
    start, end = told.get("start"), told.get("end")
    is_place = type(start) is int and type(end) is int and 0 <= start < end <= len(text)
    return Finding(
        rule=f"outside:{check.name}"[:40],
        version=str(told.get("version", ""))[:20],
        effect=Effect.FLAG,
        message=_("The check “%(name)s” finds this conspicuous: %(why)s")
        % {"name": check.name, "why": str(told.get("message", "-"))[:500]},
        start=start if is_place else None,
        end=end if is_place else None,
        matched=text[start:end][:500] if is_place else "",
    )
