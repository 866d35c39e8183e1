"""The rules for HTML, over any HTML document: for benchmarks, themes and tests."""

from collections.abc import Iterable
from datetime import UTC, datetime

from moderation.rules.pages import registry
from moderation.rules.pages.audit import Report, audit
from moderation.rules.pages.base import PageRule
from moderation.rules.pages.headings import WHOLE_PAGE
from moderation.rules.pages.markup import Element
from moderation.rules.pages.view import Block, PageView

# The rules that need nothing but markup.
NAMES = (
    *("A11Y-01", "A11Y-02", "A11Y-03", "A11Y-04", "A11Y-05", "A11Y-06", "A11Y-07"),
    *("A11Y-09", "A11Y-10", "A11Y-11", "A11Y-12", "A11Y-13", "A11Y-14", "A11Y-16"),
    *("A11Y-17", "A11Y-18", "A11Y-23", "A11Y-24"),
)


def rules() -> tuple[PageRule, ...]:
    """Return the rules for HTML with their defaults."""
    return tuple(registry.get(name)() for name in NAMES)


def audit_html(html: str, applied: Iterable[PageRule] | None = None) -> Report:
    """Return what the rules say of a document or fragment, whatever its state."""
    return audit(view_of(html), rules() if applied is None else applied)


def view_of(html: str) -> PageView:
    """Return a document as a page: its own title and language, all in one block."""
    block = Block(type=WHOLE_PAGE, path="", html=html)
    markup = block.markup
    root = next(iter(markup.find("html")), None)
    titles = [each for each in markup.find("title") if not each.inside("svg")]
    return PageView(
        title=_own_words(titles[0]) if titles else "",
        language=root.get("lang") if root else "",
        blocks=(block,),
        now=datetime(2000, 1, 1, tzinfo=UTC),
    )


def _own_words(element: Element) -> str:
    return "".join(each for each in element.children if isinstance(each, str))
