"""Sets of names, written as people read them."""


def names(listed: str) -> frozenset[str]:
    """Return the names in a text, which stand between spaces."""
    return frozenset(listed.split())
