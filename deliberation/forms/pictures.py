"""The pictures that a form names, each with what its author says of it."""

from django.http import QueryDict

from deliberation.services.attachments import Attached

# More than any policy admits; the rules say how many a post may have.
MOST = 20


def attached_in(data: QueryDict) -> list[Attached]:
    """Return the pictures of a form without those that were taken out of it."""
    return [each for each in named_in(data) if not is_left_out(data, each.key)]


def named_in(data: QueryDict) -> list[Attached]:
    """Return all pictures of a form."""
    keys = dict.fromkeys(data.getlist("attached")[:MOST])
    return [_attached(data, key=key, field=key) for key in keys]


def is_left_out(data: QueryDict, key: str) -> bool:
    """Say whether a form takes a picture out."""
    return f"remove-{key}" in data


def new_in(data: QueryDict, *, key: str = "") -> Attached:
    """Return what a form says of a file that is sent along and has no key yet."""
    return _attached(data, key=key, field="new")


def _attached(data: QueryDict, *, key: str, field: str) -> Attached:
    return Attached(
        key=key,
        description=data.get(f"description-{field}", ""),
        needs_description=f"describe-{field}" in data,
    )
