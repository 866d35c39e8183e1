"""The language is marked, so that a voice can pronounce it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.detect import is_judged, language_of, may_be
from moderation.rules.pages.language_tags import is_known, primary
from moderation.rules.pages.markup import UNREAD, Element, Markup
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at, cut
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import Block, PageView


@register
@dataclass(frozen=True, kw_only=True)
class LanguagesAreMarked(PageRule):
    """Block missing or unknown languages; warn where the words speak another one.

    `doubt` is the severity of what the detector only supposes.
    """

    id = "A11Y-10"
    title = gettext_lazy("Languages are marked")
    why = gettext_lazy(
        "A screen reader reads German with an English voice if it is told so, and "
        "nobody understands a word."
    )
    reference = "WCAG 3.1.1, 3.1.2"
    checks = {
        "page": ("b5c3f8",),
        "page-valid": ("bf051a",),
        "part-valid": ("de46e4",),
        "two-languages": ("5b7ae0",),
        "page-detected": (),
        "part-detected": (),
    }

    doubt: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        yield from self._page(view)
        for block in view.blocks:
            yield from self._parts(block)
            if block.language and not is_known(block.language):
                yield self._unknown(
                    "part-valid", block.language, Location(path=block.path)
                )
        yield from self._detected(view)

    def _page(self, view: PageView) -> Iterator[PageFinding]:
        if not view.language.strip():
            yield self.finding(
                "page",
                _("The page does not say which language it is in."),
                _("Choose the language of the page."),
            )
        elif not is_known(view.language):
            yield self._unknown("page-valid", view.language, Location())

    def _unknown(self, check: str, tag: str, where: Location) -> PageFinding:
        return self.finding(
            check,
            _("“%s” is no code of a language.") % cut(tag),
            _("Use a code such as de, fr-CA or zh-Hant."),
            at=where,
        )

    def _parts(self, block: Block) -> Iterator[PageFinding]:
        for element in block.markup.elements:
            plain = element.attributes.get("lang", "")
            said = plain or element.attributes.get("xml:lang", "")
            if element.tag == "html":
                other = element.get("xml:lang")
                if is_known(plain) and other and primary(other) != primary(plain):
                    yield self.finding(
                        "two-languages",
                        _("The page says that it is in two languages."),
                        _("Make lang and xml:lang the same."),
                        at=at(block, element, f"{plain} {other}"),
                    )
            elif element.is_unread or not said or is_known(said):
                continue
            elif _speaks(element, block.markup):
                yield self._unknown("part-valid", said, at(block, element))

    def _detected(self, view: PageView) -> Iterator[PageFinding]:
        page = primary(view.language)
        if not is_judged(page):
            return
        found = language_of(view.text)
        if found and not may_be(found, page):
            yield self.finding(
                "page-detected",
                _("The page is marked as “%(page)s”, but reads like “%(found)s”.")
                % {"page": page, "found": found},
                _("Choose the language the page is written in."),
                severity=self.doubt,
            )
            return
        for block in view.blocks:
            yield from self._foreign(block, page)

    def _foreign(self, block: Block, page: str) -> Iterator[PageFinding]:
        for line in block.markup.lines:
            # Words of two languages in one line: somebody has marked them.
            if len(line.languages) != 1:
                continue
            marked = next(iter(line.languages)) or block.language or page
            found = language_of(line.text)
            if (
                found
                and is_judged(primary(marked))
                and not may_be(found, primary(marked))
            ):
                yield self.finding(
                    "part-detected",
                    _("This is marked as “%(page)s”, but reads like “%(found)s”.")
                    % {"page": primary(marked), "found": found},
                    _("Mark the passage with its language."),
                    at=at(block, line.element, line.text),
                    severity=self.doubt,
                )


def _speaks(element: Element, markup: Markup) -> bool:
    """Say whether any words get their language from this element (ACT glossary)."""
    if not (element.is_visible or element.is_exposed):
        return False
    stack: list[Element | str] = [*element.children]
    if element.tag == "img":
        return bool(name(element, markup))
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            if each.strip():
                return True
            continue
        perceived = each.is_visible or each.is_exposed
        if not perceived or each.tag in UNREAD or each.attributes.get("lang"):
            continue
        if each.tag in {"img", "area"} and each.is_exposed and name(each, markup):
            return True
        stack.extend(each.children)
    return False
