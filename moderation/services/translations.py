"""Translations on request, by whatever program the site names; none at first.

`FOLKMOOT_TRANSLATOR` is the dotted path of a function of the site:

    def translate(text: str, *, source: str, target: str) -> str

It is given the plain text of one contribution, and where it sends that is its own
affair: nothing that a person types leads it anywhere.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from moderation import sanitize
from moderation.models import ModeratedContent
from moderation.refusals import Refusal, Why

Translator = Callable[..., str]
# Texts that are hidden or erased meanwhile are gone from the cache soon after.
KEPT_SECONDS = 24 * 60 * 60


class NotTranslated(Refusal):
    """There is no translator, no such language, or nothing to translate."""

    why = Why.NOT_FOUND


class TranslatorFailed(Refusal):
    """The translator did not answer with a text."""

    why = Why.CONFLICT


@dataclass(frozen=True, kw_only=True)
class Translation:
    """What a machine made of a text, clean and safe like the text itself."""

    language: str
    text: str

    @property
    def html(self) -> SafeString:
        """Return its rendering."""
        return mark_safe(sanitize.render(self.text))  # noqa: S308

    @property
    def dir(self) -> str:
        """Return the direction that its language is written in."""
        return "rtl" if get_language_info(self.language)["bidi"] else "ltr"


def is_offered(source: str, target: str) -> bool:
    """Say whether a text in one language can be read in another one of the site."""
    return bool(_path() and source != target and target in dict(settings.LANGUAGES))


def translate(content: ModeratedContent, *, into: str) -> Translation:
    """Return a contribution in another language, made now or within the last day.

    Whether the caller may read it is the caller's to check. Raises NotTranslated and
    TranslatorFailed.
    """
    if not content.text or not is_offered(content.language, into):
        raise NotTranslated(_("There is no translation into this language."))
    key = _key(content, into)
    text = cache.get(key)
    if text is None:
        text = _made(content, into)
        cache.set(key, text, KEPT_SECONDS)
    return Translation(language=into, text=text)


def _path() -> str:
    return str(getattr(settings, "FOLKMOOT_TRANSLATOR", ""))


def _made(content: ModeratedContent, into: str) -> str:
    translator = cast(Translator, import_string(_path()))
    try:
        made = translator(content.text, source=content.language, target=into)
        return sanitize.clean_text(made)
    except Exception as error:
        raise TranslatorFailed(
            _("No translation could be made at present. Please try again later.")
        ) from error


def _key(content: ModeratedContent, into: str) -> str:
    told = f"{content.language}\n{into}\n{content.text}"
    digest = hashlib.sha256(told.encode(errors="replace")).hexdigest()
    return f"folkmoot:translation:{digest}"
