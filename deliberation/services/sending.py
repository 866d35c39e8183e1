"""A form that is sent twice is stored once."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError

from deliberation.models import Comment
from moderation.queries.prepared import Given, PreparedObjects
from moderation.refusals import Refusal

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
def once(name: str | None) -> Iterator[None]:
    """Raise SentBefore for whatever keeps a form from being stored a second time.

    The rules, as it says the same again; a close in between; or the constraint, where
    nothing else tells two of somebody new apart.
    """
    try:
        yield
    except (IntegrityError, Refusal):
        require_first(name)
        raise
