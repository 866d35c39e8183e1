"""Abbreviations are explained where they come first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.places import elements, lines
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView
from moderation.rules.pages.vocabulary import names

_SHORT = re.compile(r"(?<![\w.&/-])[^\W\d_a-zß-öø-ÿ]{2,6}s?(?![\w&/-])")
_ROMAN = re.compile(r"[IVXLCDM]+")

# What people know better by its letters than by its words.
KNOWN = tuple(
    sorted(
        names(
            "AIDS AM BBC CD COVID DIN DNA DVD EU FAQ GPS HIV ID IT IVA LED LGBT NATO NGO NHS "
            "OK PC PDF PIN PM PS QR SMS SNCF SOS TV TVA TÜV UK UN UNO USA USB VAT VIP WC "
            "WLAN WWW ZIP"
        )
    )
)


@register
@dataclass(frozen=True, kw_only=True)
class AbbreviationsAreExplained(PageRule):
    """Warn of abbreviations whose first use says not what they stand for.

    Explained is “Environmental Impact Assessment (EIA)”, “EIA (…)”, what the glossary
    has, what is marked with its meaning, and what was written out before it in the same
    paragraph. `known` need no explanation.
    """

    id = "A11Y-21"
    title = gettext_lazy("Abbreviations are explained")
    why = gettext_lazy(
        "What is daily bread in an office is a riddle outside, and excludes first those "
        "who never dealt with it."
    )
    reference = "WCAG 3.1.4"
    checks = {"unexplained": ()}

    severity: Severity = Severity.WARN
    known: tuple[str, ...] = KNOWN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        settled = {*self.known, *view.glossary, *_marked(view)}
        for block, line in lines(view):
            text, shouts = line.text, line.text.isupper()
            for found in _SHORT.finditer(text):
                word = found[0].removesuffix("s")
                if word in settled or shouts or not _is_abbreviation(found, text):
                    continue
                settled.add(word)
                if not _explains(text, found):
                    yield self.finding(
                        "unexplained",
                        _("“%s” is not explained where it comes first.") % word,
                        _("Write the words, and the abbreviation in brackets."),
                        at=Location(path=block.path, quote=word),
                    )


def _marked(view: PageView) -> set[str]:
    return {
        element.text()
        for _block, element in elements(view, "abbr")
        if element.get("title")
    }


def _is_abbreviation(found: re.Match[str], text: str) -> bool:
    """Say whether capitals stand alone: not a Roman number, not within a shout."""
    word = found[0].removesuffix("s")
    if not word.isupper() or _ROMAN.fullmatch(word):
        return False
    near = text[max(found.start() - 40, 0) : found.start()].split()[-1:]
    near += text[found.end() : found.end() + 40].split()[:1]
    beside = (each.strip(".,:;!?()") for each in near)
    return not any(
        len(each) > 1 and each.isalpha() and each.isupper() for each in beside
    )


def _explains(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    in_brackets = before.endswith("(") and after.startswith(")") and before[:-1].strip()
    return bool(in_brackets) or after.startswith("(") or _is_spelt_out(found[0], before)


def _is_spelt_out(word: str, before: str) -> bool:
    """Say whether words with these capitals in front stand before the abbreviation."""
    between = r"(?:[\s-]+[^\W\d_A-Z]\w*){0,2}[\s-]+"
    words = (re.escape(letter) + r"[^\W\d_]+" for letter in word.removesuffix("s"))
    return bool(re.search(r"\b" + between.join(words), before))
