"""Pseudonyms: any name one likes, unless it passes for somebody else.

Not rules of a policy: names are judged once, when they are chosen, and for all.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moderation import sanitize
from moderation.rules import offices
from moderation.rules.base import Effect, Finding
from moderation.rules.identifiers import emails
from moderation.rules.words import fold, to_latin

RULE = "name"
VERSION = "1"
MINIMUM = 2
MAXIMUM = 40
SKELETON_MAXIMUM = 80

_TWINS = str.maketrans("01|!i", "ollll")
_WORDS = re.compile(r"[^\W_]+")
_DIGITS = "0123456789"
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

    `taken_skeletons` are those of other people's names, `reserved` what the city is
    called: nobody is “City of Fernhaven”, but anybody may be “Robin of Fernhaven”.
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
    # Twice, for letters that look like another only when they meet.
    whole = _plain(_plain(name))
    parts = _WORDS.findall(_HUMP.sub(" ", name))
    words = {_plain(form) for word in parts for form in (word, word.strip(_DIGITS))}
    if max(map(len, parts), default=0) == 1:
        # S p e l t, or s.p.e.l.t.
        words.add(whole)
    return (
        not ({whole} | words).isdisjoint(_plain_words())
        or any(_plain(word) in whole for word in offices.INSIDE)
        or any(_endings().fullmatch(word) for word in words)
        or any(
            _is_citys(form, city)
            for city in reserved
            for form in (whole, _plain(name.strip(_DIGITS)))
        )
    )


def _is_citys(whole: str, city: str) -> bool:
    """Say whether a name is the city's, with nothing of one's own around it."""
    # What is reserved may itself be “City of Fernhaven”.
    around = {*map(_plain, offices.AROUND), *_plain_words()}
    words = [_plain(word) for word in _WORDS.findall(city)]
    own = "".join(word for word in words if word not in around) or _plain(city)
    others = "|".join(map(re.escape, sorted(around)))
    return bool(
        own and re.fullmatch(rf"(?:{others})*{re.escape(own)}(?:{others})*", whole)
    )


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(map(_plain, offices.AS_A_WORD))


@cache
def _endings() -> re.Pattern[str]:
    # Neither Mr Klamt nor “insgesamt”.
    return re.compile(rf"\w{{3,}}(?<!ges)(?:{'|'.join(map(_plain, offices.ENDINGS))})")


def _plain(name: str) -> str:
    """Return the skeleton without accents: Móderator is meant to be a moderator."""
    letters = unicodedata.normalize("NFKD", name)
    return skeleton("".join(letter for letter in letters if not _is_mark(letter)))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
