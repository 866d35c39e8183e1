"""Pseudonyms: any name one likes, unless it passes for somebody else.

Not rules of a policy: names are judged once, when they are chosen, and for all.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import sanitize
from moderation.rules.base import Effect, Finding
from moderation.rules.identifiers import emails
from moderation.rules.words import fold, to_latin

RULE = "name"
VERSION = "1"
MINIMUM = 2
MAXIMUM = 40
SKELETON_MAXIMUM = 80

# What only the city's staff may call themselves: as a word of a name, or, the
# longer ones, also inside a word ("Stadtverwaltung", "Moderatorin").
_AS_A_WORD = frozenset(
    re.findall(
        r"\w+",
        """
        admin administration administrador alcalde alcaldesa ayuntamiento burgemeester
        burmistrz bürgermeister bürgermeisterin comune council councillor editor
        gemeente maire mairie mayor mod modérateur modératrice mods oberbürgermeister
        oberbürgermeisterin official prefeito primar rathaus redaktion sindaco staff
        stadt support wethouder webmaster админ мэр мэрия мер адміністратор
        модератор администратор
        """,
    )
)
_INSIDE = (
    "administrator",
    "folkmoot",
    "moderador",
    "moderation",
    "moderator",
    "verwaltung",
)

_TWINS = str.maketrans("01|!i", "ollll")
_WORDS = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[^\W\d_])(?<![A-Z])(?=[A-Z])")

# Alphabets whose letters pass for each other: mixed in one word they hide something.
_ALPHABETS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"}


def clean(name: str) -> str:
    """Return a name as it will be stored: clean text on one line."""
    return " ".join(sanitize.clean_text(name).split())


def skeleton(name: str) -> str:
    """Return what a name looks like; two names with one skeleton are confusable.

    After Unicode TR 39, and stricter: case counts for nothing, 0 is o, and 1, i, |
    are l. Store it with the name and keep it unique; it has at most
    `SKELETON_MAXIMUM` characters.
    """
    look = to_latin(fold(name)).translate(_TWINS)
    look = look.replace("rn", "m").replace("vv", "w")
    signs = (sign for sign in look if sign.isalnum() or _is_mark(sign))
    return ("".join(signs) or look)[:SKELETON_MAXIMUM]


def check(
    name: str,
    *,
    taken_skeletons: Collection[str] = (),
    reserved: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Return why a name (from `clean`) cannot be had; nothing if it can.

    `taken_skeletons` are those of other people's names, `reserved` further words
    that only the city's staff may use (the city's name, for instance).
    """
    return tuple(
        Finding(rule=RULE, version=VERSION, effect=Effect.REFUSE, message=message)
        for message in _problems(name, taken_skeletons, reserved)
    )


def _problems(
    name: str, taken_skeletons: Collection[str], reserved: Collection[str]
) -> Iterator[str]:
    if sum(map(str.isalnum, name)) < MINIMUM:
        yield (
            ngettext(
                "Please choose a name with at least %d letter.",
                "Please choose a name with at least %d letters.",
                MINIMUM,
            )
            % MINIMUM
        )
    if len(unicodedata.normalize("NFKC", name)) > MAXIMUM:
        yield (
            ngettext(
                "Please choose a name of at most %d character.",
                "Please choose a name of at most %d characters.",
                MAXIMUM,
            )
            % MAXIMUM
        )
    if _leads_to_somebody(name):
        yield _("Please choose a name that is no address and no telephone number.")
    if any(len(_alphabets(word)) > 1 for word in _WORDS.findall(name)):
        yield _("Please write each word of the name in one alphabet.")
    if _is_staffs(name, reserved):
        yield _("This name could be taken for the city's staff. Please choose another.")
    if skeleton(name) in taken_skeletons:
        yield _(
            "This name, or one that looks like it, is taken. Please choose another."
        )


def _leads_to_somebody(name: str) -> bool:
    return bool(
        any(emails(name))
        or sanitize.WEB_ADDRESS.search(name)
        or sum(map(str.isdecimal, name)) > 8
    )


def _alphabets(word: str) -> set[str]:
    first_words = {unicodedata.name(letter, " ").split(" ")[0] for letter in word}
    return first_words & _ALPHABETS


def _is_staffs(name: str, reserved: Collection[str]) -> bool:
    whole = _plain(name)
    words = {whole}
    for word in _WORDS.findall(_HUMP.sub(" ", name)):
        words |= {_plain(word), _plain(word.strip("0123456789"))}
    return not words.isdisjoint(map(_plain, {*_AS_A_WORD, *reserved})) or any(
        _plain(word) in whole for word in _INSIDE
    )


def _plain(name: str) -> str:
    """Return the skeleton without accents: Móderator is meant to be a moderator."""
    letters = unicodedata.normalize("NFKD", name)
    return skeleton("".join(letter for letter in letters if not _is_mark(letter)))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
