"""A form that is sent twice is stored once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from deliberation.models import Comment
from moderation.queries.prepared import Given, PreparedObjects

_SENT = PreparedObjects[Comment](lambda: Comment.objects.filter(sent_as=Given("name")))


class SentBefore(Exception):
    """The same form was sent before, and became this comment."""

    def __init__(self, comment: Comment) -> None:
        self.comment = comment


def name_of(*, path: str, token: str, text: str) -> str | None:
    """Return what a comment keeps of the form it was sent by; None without a token.

    The same form with another text is another one.
    """
    if not token:
        return None
    told = f"{path}\n{token}\n{text}".encode(errors="replace")
    return hashlib.blake2b(told, digest_size=16).hexdigest()


def require_first(name: str | None) -> None:
    """Raise SentBefore if there is a comment that was sent by this form."""
    for comment in _SENT.all(name=name) if name else ():
        raise SentBefore(comment)


@contextmanager
def stored_once(name: str | None) -> Iterator[None]:
    """Store a comment in here, in one transaction; or raise SentBefore.

    Whoever sends the same form twice as somebody new is two people to the database,
    and only its constraint keeps them apart.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        require_first(name)
        raise
