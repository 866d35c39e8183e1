"""Who lives in Fernhaven, and who may sign in."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from home.demo import content
from moderation.models import Participant
from moderation.services import participants

PREFIX = "demo:"
VOTERS = 180
ACCOUNTS = {
    "editor": (("Editors",), "publishes consultations and hearings, at /cms/"),
    "moderator": (("Moderators",), "reviews what is flagged or held, at /cms/"),
    "lead": (
        ("Lead moderators", "Publishing leads"),
        "answers appeals, sets the rules, signs waivers, at /cms/",
    ),
    "resident": ((), "comments, votes, flags, like everybody who signs up"),
}


@dataclass(frozen=True)
class Key:
    """How one of the demonstration's people signs in; no password if it is kept."""

    address: str
    password: str
    may: str


def make_accounts(*, now: datetime) -> list[Key]:
    """Make the four accounts that are missing, each with a password of its own."""
    return [_account(role, now) for role in ACCOUNTS]


def account(role: str) -> Any:
    """Return the account of one role."""
    return get_user_model().objects.get(email=_address(role))


def make_residents(*, now: datetime) -> dict[str, list[Participant]]:
    """Return everybody who writes, by language; make those who are missing."""
    joined = now - timedelta(days=200)
    residents: dict[str, list[Participant]] = {}
    for language, names in content.load("voices")["names"].items():
        origins = [f"{PREFIX}{language}:{number}" for number in range(len(names))]
        ids = participants.for_origins(origins=origins, now=joined)
        people = Participant.objects.in_bulk(ids.values())
        residents[language] = [people[ids[origin]] for origin in origins]
        for person, name in zip(residents[language], names, strict=True):
            if person.pseudonym != name:
                participants.rename(participant=person, pseudonym=name)
    return residents


def make_voters(*, now: datetime) -> list[Participant]:
    """Return those who vote; make those who are missing."""
    origins = [f"{PREFIX}voter:{number:03}" for number in range(VOTERS)]
    ids = participants.for_origins(origins=origins, now=now - timedelta(days=200))
    people = Participant.objects.in_bulk(ids.values())
    return [people[ids[origin]] for origin in origins]


def _address(role: str) -> str:
    return f"{role}@fernhaven.example"


def _account(role: str, now: datetime) -> Key:
    address = _address(role)
    groups, may = ACCOUNTS[role]
    users = get_user_model().objects
    if users.filter(email=address).exists():
        return Key(address, "", may)
    password = secrets.token_urlsafe(12)
    user = users.create_user(address, password)
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    if role == "resident":
        person = participants.for_account(account=user, now=now, language="en")
        participants.rename(participant=person, pseudonym="Robin of Fernhaven")
    return Key(address, password, may)
