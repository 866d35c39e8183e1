"""Who takes part: accounts, guests and imported contributors."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from moderation import sanitize
from moderation.choices import Standing
from moderation.models import Participant
from moderation.refusals import Refusal
from moderation.rules import names

# Names from nature, so that no first pseudonym says anything about its bearer.
FIRST_NAMES = (
    "Alder", "Aspen", "Badger", "Birch", "Bluebell", "Brook", "Cedar", "Clover",
    "Curlew", "Dunlin", "Elder", "Fern", "Finch", "Hazel", "Heather", "Heron",
    "Holly", "Juniper", "Kestrel", "Lark", "Linden", "Maple", "Marten", "Meadow",
    "Nightjar", "Otter", "Pebble", "Pine", "Plover", "Poplar", "Robin", "Rowan",
    "Sedge", "Siskin", "Sorrel", "Swift", "Thistle", "Thyme", "Willow", "Wren",
)  # fmt: skip
RETRIES = 20


class NameRefused(Refusal):
    """The pseudonym is taken or would mislead."""


def hash_token(token: str) -> str:
    """Return what is stored of a guest token: enough to know it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def for_account(*, account: Any, now: datetime, language: str = "") -> Participant:
    """Return the account's participant; the first time, make one."""
    found = Participant.objects.filter(account=account).first()
    return found or _create(account=account, now=now, language=language)


def start_guest(*, now: datetime, language: str = "") -> tuple[Participant, str]:
    """Make a guest and return it with its token, which is not stored itself."""
    token = secrets.token_urlsafe(32)
    guest = _create(guest_token_hash=hash_token(token), now=now, language=language)
    return guest, token


def for_guest_token(token: str) -> Participant | None:
    """Return the guest who holds this token, if there is one."""
    return Participant.objects.filter(guest_token_hash=hash_token(token)).first()


def for_origin(
    *, origin: str, now: datetime, standing: Standing = Standing.KNOWN
) -> Participant:
    """Return the contributor an import knows by this origin; make them if new."""
    found = Participant.objects.filter(origin=origin).first()
    return found or _create(origin=origin, now=now, standing=standing)


def rename(*, participant: Participant, pseudonym: str) -> Participant:
    """Give a participant the pseudonym they chose.

    Raises NameRefused, in words, if it is taken, too long or could be taken for
    somebody who speaks for the city.
    """
    pseudonym = sanitize.clean_text(pseudonym)
    findings = names.check(pseudonym)
    if findings:
        raise NameRefused(findings[0].message, findings=findings, text=pseudonym)
    participant.pseudonym = pseudonym
    participant.skeleton = names.skeleton(pseudonym)
    try:
        with transaction.atomic():
            participant.save(update_fields=["pseudonym", "skeleton"])
    except IntegrityError:
        raise NameRefused(
            _("Somebody already uses this name, or one that looks like it."),
            text=pseudonym,
        ) from None
    return participant


def _create(*, now: datetime, **fields: Any) -> Participant:
    for _attempt in range(RETRIES):
        pseudonym = f"{secrets.choice(FIRST_NAMES)} {secrets.randbelow(90000) + 10000}"
        try:
            with transaction.atomic():
                return Participant.objects.create(
                    pseudonym=pseudonym,
                    skeleton=names.skeleton(pseudonym),
                    created_at=now,
                    **fields,
                )
        except IntegrityError:
            # Either the name was taken, or another request made this person.
            keys = ("account", "guest_token_hash", "origin")
            own = {key: fields[key] for key in keys if key in fields}
            if found := Participant.objects.filter(**own).first():
                return found
    raise RuntimeError("No free pseudonym was found.")
