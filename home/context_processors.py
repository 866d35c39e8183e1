"""What every template of the site may use."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Locale

from home import menu
from home.settings.languages import SOURCE


def languages(request: HttpRequest) -> dict[str, Any]:
    """Name the languages to choose from, and the one that the site's own words are in.

    A language that only pages are written in can be chosen too.
    """
    spoken = dict(settings.INTERFACE_LANGUAGES)
    return {
        "languages_to_choose": languages_to_choose,
        "own_language": get_language() if get_language() in spoken else SOURCE,
    }


def languages_to_choose() -> list[tuple[str, str]]:
    """Return code and name of each, in the order of the settings."""
    # On every page, like the menu, and as seldom changed.
    written = cache.get_or_set("folkmoot:languages", _written, menu.SECONDS)
    codes = {*dict(settings.INTERFACE_LANGUAGES), *(written or ())}
    return [(code, name) for code, name in settings.LANGUAGES if code in codes]


def _written() -> list[str]:
    return list(Locale.objects.values_list("language_code", flat=True))
