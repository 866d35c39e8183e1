"""Codes by which people follow what concerns them, without signing in."""

import secrets


def new() -> str:
    """Return a code that nobody can guess, fit for a URL and for the DSA's `puid`."""
    return secrets.token_urlsafe(18)
