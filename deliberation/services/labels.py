"""What authors say of their own words: the language, the stance and the theme."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from deliberation.choices import CommentStance
from deliberation.models import Discussion
from moderation import language as language_of
from moderation.refusals import Refusal

# As in BCP 47, roughly: “de”, “zh-hans”.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}")
LONGEST_LANGUAGE = 20


class UnknownLanguage(Refusal):
    """The language is not given as a language tag."""


class UnknownStance(Refusal):
    """The stance is none of those there are."""


class UnknownTheme(Refusal):
    """The discussion does not offer this theme."""


def detected(raw: str) -> str:
    """Return the language a text is in, if that can be told and the site knows it."""
    found = language_of.detect(raw, dict(settings.LANGUAGES))
    return found.language if found else ""


def language_of_text(raw: str, *, chosen: str | None, reading: str) -> str:
    """Return the language that was chosen, or is detected, or else is read in."""
    return language_of.spelled(chosen or "") or detected(raw) or reading


def language_tag(language: str, raw: str) -> str:
    """Return a language as the site spells it, or raise UnknownLanguage with the text."""
    if len(language) > LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(language):
        raise UnknownLanguage(
            _("Please say in which language you wrote, as in “en” or “de”."), text=raw
        )
    return language_of.spelled(language)


def require_stance(stance: str, raw: str) -> None:
    """Raise UnknownStance, with the text, unless it is a stance or left open."""
    if stance not in {"", *CommentStance.values}:
        raise UnknownStance(
            _("Please choose one of these: %(stances)s. Or leave it open.")
            % {"stances": ", ".join(CommentStance.values)},
            text=raw,
        )


def require_known_theme(key: str, discussion: Discussion) -> None:
    """Raise UnknownTheme unless comments here can have it, or none is named."""
    if key and not discussion.name_of_theme(key):
        raise UnknownTheme(_("There is no such theme in this discussion."))


def require_theme(key: str, discussion: Discussion, raw: str) -> None:
    """Raise UnknownTheme, with the text, unless it is offered here or left open."""
    offered = {theme.key: theme.name for theme in discussion.offered_themes}
    if not key or key in offered:
        return
    if not offered:
        raise UnknownTheme(_("This discussion has no themes to choose from."), text=raw)
    raise UnknownTheme(
        _("Please choose one of these themes: %(themes)s. Or leave it open.")
        % {"themes": ", ".join(offered.values())},
        text=raw,
    )
