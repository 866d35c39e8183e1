"""Safe HTML from plain text with a little Markdown."""

import re
import threading
from functools import partial
from typing import Any

import bleach
import nh3
from bleach.linkifier import LinkifyFilter
from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from moderation.sanitize.addresses import WEB_ADDRESS, has_scheme, host

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a"}
SCHEMES = {"http", "https"}
# Nobody vouches for a resident's link, and its target learns nothing of the page.
REL = "nofollow ugc noopener"

# Deeper quotes and lists are left as typed: nobody can read them anyway.
DEEPEST = 8
# What is longer than any policy allows is shown without Markdown, so that no
# pattern of signs can keep the server busy.
LONGEST_MARKDOWN = 20_000

_SCHEME_BEFORE = re.compile(r"(?<![^\W_])https?$", re.IGNORECASE)


def render(text: str) -> str:
    """Return safe HTML for a text that `clean_text` returned.

    Paragraphs, line breaks as typed, *emphasis*, lists, > quotes and links are
    all that Markdown means here; everything else stays as it was typed. Bleach
    cleans and links, then nh3 cleans again, each by the same short list.
    """
    markdown = _markdown if len(text) <= LONGEST_MARKDOWN else _plain
    return _by_nh3(_by_bleach(markdown.render(text))).strip()


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"breaks": True})
    markdown.enable(["emphasis", "link", "list", "blockquote", "newline", "escape"])
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.inline.ruler.before("newline", "address", _address)
    ends = ["paragraph", "reference", "blockquote"]
    markdown.block.ruler.at("list", _shallow(list_block), {"alt": ends})
    ends = [*ends, "list"]
    markdown.block.ruler.at("blockquote", _shallow(blockquote), {"alt": ends})
    markdown.validateLink = has_scheme  # type: ignore[assignment, method-assign]
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


def _address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Read a web address in one piece, so that a _ in it emphasises nothing."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME_BEFORE.search(state.pending)
    if not scheme:
        return False
    address = WEB_ADDRESS.match(state.src, state.pos - len(scheme[0]))
    if not address:
        return False
    state.pending = state.pending[: scheme.start()]
    state.push("link_open", "a", 1).attrs = {"href": address[0]}
    state.push("text", "", 0).content = address[0]
    state.push("link_close", "a", -1)
    state.pos = address.end()
    return True


_markdown = _make_markdown()
_plain = MarkdownIt("zero", {"breaks": True}).enable("newline")
_own = threading.local()


def _by_bleach(html: str) -> str:
    # Bleach's parser has a state of its own and must not be shared by threads.
    if not hasattr(_own, "cleaner"):
        _own.cleaner = bleach.Cleaner(
            tags=TAGS,
            attributes={"a": ["href"], "ol": ["start"]},
            protocols=SCHEMES,
            filters=[partial(LinkifyFilter, url_re=WEB_ADDRESS, callbacks=[_link])],
        )
    return str(_own.cleaner.clean(html))


def _link(attrs: dict[Any, str], new: bool) -> dict[Any, str] | None:  # noqa: FBT001
    """Mark a link as a resident's, and let none pretend to lead elsewhere."""
    href, text = attrs.get((None, "href"), ""), attrs["_text"]
    if new and not has_scheme(text):
        href = "https://" + text
    if WEB_ADDRESS.fullmatch(text.strip()) and host(text.strip()) != host(href):
        text = href
    return {(None, "href"): href, (None, "rel"): REL, "_text": text}


def _by_nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel=REL,
    )
