"""Where on the site something stands."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse


def of_comment(pk: int) -> str:
    """Return the path of a comment, at its place in its thread."""
    before, after = _around_a_comment(get_urlconf(), get_script_prefix())
    return f"{before}{pk}{after}#comment-{pk}"


@lru_cache
def _around_a_comment(urlconf: str | None, prefix: str) -> tuple[str, str]:
    """Return what stands before and after the id; to look it up each time is slow."""
    before, _zero, after = reverse("deliberation:comment", args=[0]).rpartition("0")
    return before, after
