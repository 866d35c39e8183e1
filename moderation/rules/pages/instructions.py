"""Instructions that work without eyes for colour and place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import PageFinding, PageRule, Severity
from moderation.rules.pages.places import at, lines
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class InstructionsNeedNoEyes(PageRule):
    """Warn of instructions by colour or side alone: “the red box on the right”."""

    id = "A11Y-18"
    title = gettext_lazy("Instructions do not rest on colour or place")
    why = gettext_lazy(
        "Who hears the page, sees no colours or reads on a phone finds no “red box on "
        "the right”."
    )
    reference = "WCAG 1.3.3, 1.4.1"
    checks = {"colour": (), "side": ()}

    severity: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block, line in lines(view):
            language = block.language or view.language
            for check, pattern in _patterns(language).items():
                for found in pattern.finditer(line.text):
                    yield self.finding(
                        check,
                        _("This can only be followed by somebody who sees it."),
                        _("Name the thing by its words, too: the button “Send”."),
                        at=at(block, line.element, found[0]),
                    )


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    colours, things, sides = (
        _any_of(phrases.of(each, language))
        for each in (phrases.COLOURS, phrases.THINGS, phrases.SIDES)
    )
    between = r"(?:\s+\w+){0,1}\s+"
    return {
        "colour": _compiled(
            rf"\b{colours}{between}{things}\b|\b{things}{between}{colours}\b"
        ),
        "side": _compiled(rf"\b{things}(?:\s+\w+){{0,2}}\s+{sides}\b"),
    }


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _any_of(entries: tuple[str, ...]) -> str:
    longest_first = sorted(entries, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"
