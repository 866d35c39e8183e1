"""Who takes part: accounts, guests and imported contributors."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from moderation.choices import Standing
from moderation.models import Participant
from moderation.queries import sites
from moderation.queries.prepared import Given, PreparedQuery
from moderation.refusals import Refusal
from moderation.rules import names
from moderation.signals import participant_renamed

# Names from nature, so that no first pseudonym says anything about its bearer.
FIRST_NAMES = (
    "Alder", "Aspen", "Badger", "Birch", "Bluebell", "Brook", "Cedar", "Clover",
    "Curlew", "Dunlin", "Elder", "Fern", "Finch", "Hazel", "Heather", "Heron",
    "Holly", "Juniper", "Kestrel", "Lark", "Linden", "Maple", "Marten", "Meadow",
    "Nightjar", "Otter", "Pebble", "Pine", "Plover", "Poplar", "Robin", "Rowan",
    "Sedge", "Siskin", "Sorrel", "Swift", "Thistle", "Thyme", "Willow", "Wren",
)  # fmt: skip
RETRIES = 20
BATCH = 500

# Asked by every request of somebody who is known.
_FIELDS = [field.attname for field in Participant._meta.concrete_fields]
_ALL = Participant.objects.values_list(*_FIELDS)
_BY_TOKEN = PreparedQuery(lambda: _ALL.filter(guest_token_hash=Given("token")))
_BY_ACCOUNT = PreparedQuery(lambda: _ALL.filter(account_id=Given("account")))


class NameRefused(Refusal):
    """The pseudonym is taken or would mislead."""


class LanguageUnknown(Refusal):
    """The site does not speak the language."""


def hash_token(token: str) -> str:
    """Return what is stored of a guest token: enough to know it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def for_account(*, account: Any, now: datetime, language: str = "") -> Participant:
    """Return the account's participant; the first time, make one."""
    found = of_account(account)
    return found or _create(account=account, now=now, language=language)


def of_account(account: Any) -> Participant | None:
    """Return the account's participant, if it has taken part before."""
    return _loaded(_BY_ACCOUNT.first(account=account.pk))


def start_guest(*, now: datetime, language: str = "") -> tuple[Participant, str]:
    """Make a guest and return it with its token, which is not stored itself."""
    token = new_token()
    return start_with(token=token, now=now, language=language), token


def new_token() -> str:
    """Return a guest token that nobody can guess."""
    return secrets.token_urlsafe(32)


def start_with(*, token: str, now: datetime, language: str = "") -> Participant:
    """Make a guest who is known by this token, which nobody can guess."""
    return _create(guest_token_hash=hash_token(token), now=now, language=language)


def for_guest_token(token: str) -> Participant | None:
    """Return the guest who holds this token, if there is one."""
    return _loaded(_BY_TOKEN.first(token=hash_token(token)))


def for_origin(
    *, origin: str, now: datetime, standing: Standing = Standing.KNOWN
) -> Participant:
    """Return the contributor an import knows by this origin; make them if new."""
    found = Participant.objects.filter(origin=origin).first()
    return found or _create(origin=origin, now=now, standing=standing)


def for_origins(*, origins: Iterable[str], now: datetime) -> dict[str, int]:
    """Return the ids of imported contributors by their origins; make those missing.

    A few queries for thousands of people, unlike `for_origin`.
    """
    wanted = set(origins)
    for _attempt in range(RETRIES):
        found = _ids_by_origin(wanted)
        missing = sorted(wanted - found.keys())
        if not missing:
            return found
        # Whose name turns out to be taken is left out here and tried again.
        Participant.objects.bulk_create(
            [_imported(origin, now) for origin in missing],
            ignore_conflicts=True,
            batch_size=BATCH,
        )
    raise RuntimeError("No free pseudonyms were found.")


def count_origins(*, prefix: str) -> int:
    """Return how many contributors have an origin that begins so."""
    return Participant.objects.filter(origin__startswith=prefix).count()


def rename(*, participant: Participant, pseudonym: str) -> Participant:
    """Give a participant the pseudonym they chose.

    Raises NameRefused, in words, if it is taken, too long or could be taken for
    somebody who speaks for the city.
    """
    pseudonym = names.clean(pseudonym)
    findings = names.check(pseudonym, reserved=sites.names())
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
    announce = partial(
        participant_renamed.send_robust, sender=Participant, participant=participant
    )
    transaction.on_commit(announce)
    return participant


def _loaded(row: tuple[Any, ...] | None) -> Participant | None:
    return Participant.from_db(connection.alias, _FIELDS, row) if row else None


def _ids_by_origin(origins: set[str]) -> dict[str, int]:
    ordered = sorted(origins)
    found: dict[str, int] = {}
    for start in range(0, len(ordered), BATCH):
        some = Participant.objects.filter(origin__in=ordered[start : start + BATCH])
        found.update((person.origin or "", person.pk) for person in some)
    return found


def _imported(origin: str, now: datetime) -> Participant:
    pseudonym = _random_pseudonym()
    return Participant(
        origin=origin,
        pseudonym=pseudonym,
        skeleton=names.skeleton(pseudonym),
        standing=Standing.KNOWN,
        created_at=now,
    )


def _random_pseudonym() -> str:
    return f"{secrets.choice(FIRST_NAMES)} {secrets.randbelow(90000) + 10000}"


def speak(*, participant: Participant, language: str) -> Participant:
    """Address a participant in one of the site's languages from now on."""
    if language not in dict(settings.LANGUAGES):
        raise LanguageUnknown(_("The site does not speak this language."))
    participant.language = language
    participant.save(update_fields=["language"])
    return participant


def _create(*, now: datetime, **fields: Any) -> Participant:
    for _attempt in range(RETRIES):
        pseudonym = _random_pseudonym()
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
