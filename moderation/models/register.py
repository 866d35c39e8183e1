"""The public register of decisions."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

# What the first line names as the hash before it.
GENESIS = "0" * 64

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(*, number: int, previous_hash: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of a line: SHA-256 of its canonical JSON.

    Canonical: one object of `entry`, `number` and `previous_hash`, keys sorted, no
    blanks between tokens, characters unescaped, in UTF-8.
    """
    line = {"entry": entry, "number": number, "previous_hash": previous_hash}
    return hashlib.sha256(_canonical.encode(line).encode()).hexdigest()


class RegisterEntry(models.Model):
    """One public line about a decision, chained to the line before by its hash.

    `entry` holds what the public may know: never the text, never the person.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    decision = models.ForeignKey(
        "moderation.Decision", on_delete=models.PROTECT, related_name="register_entries"
    )
    entry = models.JSONField(_("entry"))
    # Unique, so that two writers at once cannot fork the chain.
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register")

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
