"""A link says where it leads, to whoever meets it alone in a list of links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import PageFinding, PageRule, Severity
from moderation.rules.pages.markup import Element
from moderation.rules.pages.names import name
from moderation.rules.pages.phrases import Lists
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.roles import LINKS, role
from moderation.rules.pages.view import Block, PageView

SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})

_HIDDEN_SIGNS = re.compile(r"[\x00-\x20\x7f]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SIGNS = re.compile(r"[\s\W_]+")
_INDEX = re.compile(r"/(?:index|default)\.\w+$", re.IGNORECASE)


@register
@dataclass(frozen=True, kw_only=True)
class LinksLeadSomewhere(PageRule):
    """Block links without words, and links that lead nowhere a reader could go."""

    id = "A11Y-05"
    title = gettext_lazy("Links have words and a target")
    why = gettext_lazy(
        "A link without words is announced as “link” and nothing else; one without a "
        "target looks broken to everybody."
    )
    reference = "WCAG 2.4.4, 4.1.2"
    checks = {"name": ("c487ae",), "target": ()}

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block, link, words in links(view):
            if not words:
                yield self.finding(
                    "name",
                    _("This link has no words."),
                    _("Say where it leads; an image in it needs an alternative text."),
                    at=at(block, link),
                )
            target = link.get("href")
            if "href" in link.attributes and not is_target(target):
                yield self.finding(
                    "target",
                    _("This link leads nowhere: “%s”.") % target[:60],
                    _("Give it a web address, an e-mail address or a phone number."),
                    at=at(block, link, words),
                )


def links(view: PageView) -> Iterator[tuple[Block, Element, str]]:
    """Yield what screen readers announce as a link, with its block and its name."""
    for block in view.blocks:
        for element in block.markup.elements:
            if element.is_exposed and role(element) in LINKS:
                yield block, element, name(element, block.markup)


def is_target(address: str) -> bool:
    """Say whether a link may lead to an address."""
    bare = _HIDDEN_SIGNS.sub("", address)
    scheme = _SCHEME.match(bare)
    return bare not in {"", "#"} and (scheme[1].lower() if scheme else "") in SCHEMES


@register
@dataclass(frozen=True, kw_only=True)
class LinksSayWhereTheyLead(PageRule):
    """Block links such as “click here”, “more”, a bare address or a single sign.

    `words` maps a language to its list; the English one counts in all languages.
    """

    id = "A11Y-06"
    title = gettext_lazy("Links say where they lead")
    why = gettext_lazy(
        "Screen reader users go through the list of all links: ten times “here” tells "
        "them nothing."
    )
    reference = "WCAG 2.4.4"
    checks = {"vague": (), "address": (), "sign": ()}

    words: Lists = field(default_factory=lambda: dict(phrases.VAGUE_LINKS))

    def check(self, view: PageView) -> Iterable[PageFinding]:
        vague = {
            language: {_bare(each) for each in phrases.of(self.words, language)}
            for language in {view.language, *(each.language for each in view.blocks)}
        }
        for block, link, words in links(view):
            said = self._fault(words, vague[block.language or view.language])
            if said:
                yield self.finding(
                    said[0],
                    said[1],
                    _(
                        "Use the title of what it leads to, or what people can do "
                        "there."
                    ),
                    at=at(block, link, words),
                )

    def _fault(self, words: str, vague: set[str]) -> tuple[str, str] | None:
        if not words:
            return None
        if _ADDRESS.fullmatch(words):
            return "address", _("The words of this link are an address.")
        bare = _bare(words)
        if len(bare) < 2 and not bare.isdecimal():
            return "sign", _("The words of this link are a single sign.")
        if bare in vague:
            return "vague", _("“%s” does not say where this link leads.") % words
        return None


def _bare(words: str) -> str:
    return _SIGNS.sub(" ", words.casefold()).strip()


@register
@dataclass(frozen=True, kw_only=True)
class SameWordsSameTarget(PageRule):
    """Warn of links that have the same words and lead to different places."""

    id = "A11Y-07"
    title = gettext_lazy("Links with the same words lead to the same place")
    why = gettext_lazy("In a list of links nobody can tell which of the two is which.")
    reference = "WCAG 2.4.4, 2.4.9"
    checks = {"different": ()}

    severity: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        known: dict[str, tuple[object, ...]] = {}
        for block, link, words in links(view):
            target = link.get("href")
            if not words or not target:
                continue
            place = _place(target)
            if known.setdefault(words.casefold(), place) != place:
                yield self.finding(
                    "different",
                    _("Another link “%s” leads somewhere else.") % words[:60],
                    _("Say in each link what makes it different from the other."),
                    at=at(block, link, words),
                )


def _place(address: str) -> tuple[object, ...]:
    """Return where an address leads, however it is written."""
    try:
        parts = urlsplit(_HIDDEN_SIGNS.sub("", address))
    except ValueError:
        return (address,)
    host = "" if parts.hostname == "localhost" else parts.hostname or ""
    path = _INDEX.sub("/", parts.path).rstrip("/")
    inner = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    inner = inner.lstrip("!")
    return (host, path, tuple(sorted(parse_qsl(parts.query))), inner)
