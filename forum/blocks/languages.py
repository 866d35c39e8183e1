"""The languages that editors may choose from."""

from django.conf import settings


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the site, read when they are needed."""
    return list(settings.LANGUAGES)
