"""Callers of the API and visitors of the pages."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from moderation.services import participants
from tests.factories.moderation import AccountFactory, agreed


class Caller(Client):
    """Sends and reads JSON, as whoever holds the token."""

    def __init__(self, token: str | None = None):
        super().__init__()
        self.token = token

    def call(self, method, path, body=None, **headers):
        """Send a request to the API; a body may also be raw bytes."""
        if self.token:
            headers.setdefault("X-Guest-Token", self.token)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.generic(
            method,
            f"/api/v1{path}",
            b"" if body is None else raw,
            content_type="application/json",
            headers=headers,
        )


@pytest.fixture
def stranger():
    return Caller()


@pytest.fixture
def guest(db):
    """Return a guest who has taken part; `guest.participant` is who they are."""
    participant, token = participants.start_guest(now=timezone.now(), language="en")
    caller = Caller(token)
    caller.participant = agreed(participant)
    return caller


@pytest.fixture
def other_guest(db):
    participant, token = participants.start_guest(now=timezone.now(), language="en")
    caller = Caller(token)
    caller.participant = agreed(participant)
    return caller


@pytest.fixture
def resident(client):
    """Somebody signed in, who has taken part; the client is theirs."""
    account = AccountFactory()
    client.force_login(account)
    person = participants.for_account(account=account, now=timezone.now())
    return agreed(person)


@pytest.fixture
def known_resident(resident):
    """Somebody signed in whom the forum knows; the client is theirs."""
    resident.standing = "known"
    resident.save()
    return resident
