"""The pictures that a form names, each with what its author says of it."""

from django.http import QueryDict

from deliberation.services.attachments import Attached

# More than any policy admits; the rules say how many a post may have.
MOST = 20


def attached_in(data: QueryDict, *, new: str = "") -> list[Attached]:
    """Return the pictures of a form without those that were taken out of it.

    With `new`, return the one of this key that was sent along, described in the
    fields for what has no key yet.
    """
    if new:
        return [_attached(data, key=new, field="new")]
    return [
        _attached(data, key=key, field=key)
        for key in dict.fromkeys(data.getlist("attached")[:MOST])
        if f"remove-{key}" not in data
    ]


def _attached(data: QueryDict, *, key: str, field: str) -> Attached:
    return Attached(
        key=key,
        description=data.get(f"description-{field}", ""),
        needs_description=f"describe-{field}" in data,
    )
