"""Safe HTML from plain text with a little Markdown."""

import re
import sys
import threading
from bisect import bisect_left
from collections.abc import Mapping, Set
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import bleach
import nh3
from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from moderation.sanitize.addresses import (
    WEB_ADDRESS,
    has_scheme,
    host,
    leads_to_web,
    web_addresses,
)

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https"}
# Nobody vouches for a resident's link, and its target learns nothing of the page.
REL = "nofollow ugc noopener"

# Deeper quotes and lists are left as typed: nobody can read them anyway.
DEEPEST = 8
# What is longer than any policy allows is shown without Markdown, so that no
# pattern of signs can keep the server busy.
LONGEST_MARKDOWN = 20_000

# One paragraph of prose in which nothing can mean anything: no Markdown, no HTML and no
# address.
_PROSE = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;?'’–€%-]|[.:!…](?= |\Z))*")

# Where Markdown might begin to mean something.
_SIGN = re.compile(r"[\n*_\[\]()\\!]")
_NOWHERE = (sys.maxsize, sys.maxsize)
_NOTHING = re.compile("(?!)")


@dataclass(frozen=True)
class Within:
    """A link to a place on this site, and what is read in it."""

    path: str
    label: str


def render(text: str, links: Mapping[str, Within] | None = None) -> str:
    """Return safe HTML for a text that `clean_text` returned.

    Paragraphs, line breaks as typed, *emphasis*, lists, > quotes and links are
    all that Markdown means here; everything else stays as it was typed. What is a key
    of `links` becomes a link within this site. Bleach cleans and marks the links, then
    nh3 cleans again, each by the same short list.
    """
    # A lone surrogate cannot be written down; clean text has none.
    text = text.encode(errors="ignore").decode()
    if not links and _PROSE.fullmatch(text):
        return f"<p>{text}</p>"
    within = links or {}
    paths = frozenset(link.path for link in within.values())
    if len(text) <= LONGEST_MARKDOWN:
        cleaned = _by_bleach(_markdown.render(text, {"within": within}), paths)
    else:
        cleaned = _in_paragraphs(_by_bleach(escape(text, quote=False), paths))
    return _by_nh3(cleaned, paths).strip()


def words(html: str) -> str:
    """Return what is read in the HTML of `render`, without the signs of Markdown."""
    return unescape(nh3.clean(html, tags=set())).strip()


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"breaks": True})
    markdown.enable(["emphasis", "link", "list", "blockquote", "newline", "escape"])
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.inline.ruler.at("text", _text)
    ends = ["paragraph", "reference", "blockquote"]
    markdown.block.ruler.at("list", _shallow(list_block), {"alt": ends})
    ends = [*ends, "list"]
    markdown.block.ruler.at("blockquote", _shallow(blockquote), {"alt": ends})
    markdown.validateLink = leads_to_web  # type: ignore[assignment, method-assign]
    return markdown


def _shallow(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        return state.level < DEEPEST and rule(state, start, end, silent)

    return limited


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read * like _: not inside words, as in “Bürger*innen und Besucher*innen”."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, False)  # noqa: FBT003
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=run.can_open,
                close=run.can_close,
            )
        )
    state.pos += run.length
    return True


def _text(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read up to the next sign of Markdown, or one web address as a link."""
    known = state.env.setdefault("addresses", {})
    if state.src not in known:
        known[state.src] = _addresses(state.src, state.env.get("within", {}))
    addresses = known[state.src]
    place = bisect_left(addresses, (state.pos, 0))
    start, end = addresses[place] if place < len(addresses) else _NOWHERE
    if start == state.pos and not silent and not state.linkLevel:
        words = state.src[start:end]
        link = state.env.get("within", {}).get(words) or Within(_href(words), words)
        state.push("link_open", "a", 1).attrs = {"href": link.path}
        state.push("text", "", 0).content = link.label
        state.push("link_close", "a", -1)
        state.pos = end
        return True
    sign = _SIGN.search(state.src, state.pos, state.posMax)
    read = min(sign.start() if sign else state.posMax, start)
    if read <= state.pos:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : read])
    state.pos = read
    return True


def _addresses(text: str, within: Mapping[str, Within]) -> list[tuple[int, int]]:
    """Return where links begin and end that need no Markdown, from first to last."""
    spans = [
        found.span() for found in web_addresses(text) if leads_to_web(_href(found[0]))
    ]
    if within:
        either = "|".join(map(re.escape, sorted(within, key=len, reverse=True)))
        spans += [found.span() for found in re.finditer(either, text)]
    return sorted(spans)


def _href(address: str) -> str:
    return address if has_scheme(address) else f"https://{address}"


_markdown = _make_markdown()
_own = threading.local()


def _in_paragraphs(text: str) -> str:
    return "\n".join(
        f"<p>{paragraph}</p>".replace("\n", "<br>\n")
        for paragraph in re.split(r"\n{2,}", text)
    )


def _by_bleach(html: str, paths: Set[str] = frozenset()) -> str:
    # Bleach's parsers have a state of their own and must not be shared by threads.
    if not hasattr(_own, "cleaner"):
        _own.cleaner = bleach.Cleaner(
            tags=TAGS, attributes=_is_allowed, protocols=SCHEMES
        )
        _own.linker = bleach.Linker(
            callbacks=[_link], url_re=_NOTHING, recognized_tags=TAGS
        )
    _own.paths = paths
    cleaned = str(_own.cleaner.clean(html))
    return str(_own.linker.linkify(cleaned)) if "<a" in cleaned else cleaned


def _by_nh3(html: str, paths: Set[str] = frozenset()) -> str:
    _own.paths = paths
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={**ATTRIBUTES, "*": set()},
        attribute_filter=_keep_allowed,
        url_schemes=SCHEMES,
        link_rel=REL,
    )


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if name == "href":
        return tag == "a" and _leads_somewhere(value)
    return name in ATTRIBUTES.get(tag, ())


def _leads_somewhere(address: str) -> bool:
    return leads_to_web(address) or address in _own.paths


def _keep_allowed(tag: str, name: str, value: str) -> str | None:
    return value if name == "rel" or _is_allowed(tag, name, value) else None


def _link(attrs: dict[Any, str], _new: bool) -> dict[Any, str] | None:  # noqa: FBT001
    """Mark a link as a resident's, and let none pretend to lead elsewhere."""
    href, text = attrs.get((None, "href"), ""), attrs["_text"]
    if not _leads_somewhere(href):
        return None
    if WEB_ADDRESS.fullmatch(text.strip()) and host(text.strip()) != host(href):
        text = href
    return {(None, "href"): href, (None, "rel"): REL, "_text": text}
