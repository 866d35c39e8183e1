"""HTML, parsed once into a small tree that rules walk.

Lexbor reads it as a browser would, whatever is wrong with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from moderation.rules.pages.styles import Sheet, is_off_screen
from moderation.rules.pages.vocabulary import names

# What parsing would take minutes for, or memory without end, is not parsed.
DEEPEST = 150
MOST_OPEN_FORMATS = 15
MOST_ATTRIBUTES = 500

BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html label "
    "legend li main nav ol option p pre section summary table tbody td tfoot th thead "
    "tr ul"
)
UNREAD = names("head noscript script style template title")

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_SPACE = re.compile(r"\s+")
_VOID = names("area base br col embed hr img input link meta param source track wbr")
_CLOSED_BY_THE_NEXT = names("p li dt dd tr td th thead tbody tfoot")
_FORMATS = names("a b big code em font i nobr s small strike strong tt u")


class Element:
    """One element of a page, with what decides who perceives it."""

    __slots__ = (
        "_text",
        "attributes",
        "block",
        "children",
        "following",
        "is_exposed",
        "is_unread",
        "is_visible",
        "language",
        "parent",
        "role",
        "style",
        "tag",
    )

    def __init__(
        self, tag: str, attributes: dict[str, str], parent: "Element | None", css: Sheet
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        self.following: Element | None = None
        inherited: str = parent.language if parent else ""
        self.language: str = self.get("lang") or inherited
        self.is_unread: bool = tag in UNREAD or bool(parent and parent.is_unread)
        # Filled in by whoever asks first: both are asked for many times.
        self.role: str | None = None
        self._text: str | None = None
        self.style = css.of(tag, attributes)
        self.block: Element = self if tag in BLOCKS or not parent else parent.block
        gone = "hidden" in attributes or self.style.get("display") == "none"
        seen = _is_seen(self, parent)
        # For eyes; and for those who listen. Off screen is for listeners only.
        self.is_visible = seen and not gone and not is_off_screen(self.style)
        self.is_exposed = (
            not gone
            and self.style.get("visibility") not in {"hidden", "collapse"}
            and attributes.get("aria-hidden") != "true"
            and "inert" not in attributes
            and (parent is None or _lets_through(self, parent))
        )

    def get(self, name: str) -> str:
        """Return an attribute without the space around it; empty if it is missing."""
        return self.attributes.get(name, "").strip()

    @property
    def anchor(self) -> str:
        """Return the id by which a page or a test finds the element; often empty."""
        return self.get("id")

    def ancestors(self) -> Iterator["Element"]:
        """Yield the elements around this one, the nearest first."""
        around = self.parent
        while around:
            yield around
            around = around.parent

    def inside(self, *tags: str) -> "Element | None":
        """Return the nearest element around this one that has one of the tags."""
        return next((each for each in self.ancestors() if each.tag in tags), None)

    def elements(self) -> list["Element"]:
        """Return the children that are elements."""
        return [each for each in self.children if isinstance(each, Element)]

    def walk(self) -> Iterator["Element | str"]:
        """Yield everything inside, elements and texts, in the order of reading."""
        stack: list[Element | str] = [*reversed(self.children)]
        while stack:
            each = stack.pop()
            yield each
            if isinstance(each, Element):
                stack.extend(reversed(each.children))

    def text(self) -> str:
        """Return the words inside, whoever perceives them."""
        if self._text is None:
            self._text = squeeze("".join(_pieces(self)))
        return self._text


@dataclass(frozen=True)
class Line:
    """The words of one paragraph, list item, cell or heading; br is a line feed.

    `languages` are those that its words are marked with; “” is the page's own.
    """

    element: Element
    text: str
    languages: frozenset[str] = frozenset()


Piece = tuple[Element, list[str], set[str]]


@dataclass
class Markup:
    """A piece of HTML. `is_tangled` says that it was too deep or wide to be read."""

    elements: list[Element] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    ids: dict[str, Element] = field(default_factory=dict)
    tags: dict[str, list[Element]] = field(default_factory=dict)
    is_tangled: bool = False

    def find(self, *tags: str) -> list[Element]:
        """Return the elements that have one of the tags, in the order of reading."""
        if len(tags) == 1:
            return self.tags.get(tags[0], [])
        return [each for each in self.elements if each.tag in tags]

    @cached_property
    def labels(self) -> dict[str, list[Element]]:
        """Return the labels that name a field by its id."""
        found: dict[str, list[Element]] = {}
        for label in self.find("label"):
            found.setdefault(label.get("for"), []).append(label)
        return found

    @property
    def text(self) -> str:
        """Return the words that readers get, one paragraph on each line."""
        return "\n".join(squeeze(line.text) for line in self.lines)


def parse(html: str) -> Markup:
    """Return the tree of any HTML, whole page or fragment; never raise."""
    if is_tangled(html):
        return Markup(is_tangled=True)
    parser = LexborHTMLParser(html)
    css = "\n".join(node.text() for node in parser.css("style"))
    markup = Markup()
    known: dict[int, Element] = {}
    pieces: list[Piece] = []
    sheet = Sheet(css)
    for node in parser.root.traverse(include_text=True) if parser.root else ():
        parent = known.get(node.parent.mem_id) if node.parent else None
        if node.tag == "-text" and parent:
            words = node.text_content or ""
            parent.children.append(words)
            _add(pieces, parent, _SPACE.sub(" ", words))
        elif not (node.tag or "-").startswith("-"):
            element = _element(node, parent, sheet)
            known[node.mem_id] = element
            markup.elements.append(element)
            markup.tags.setdefault(element.tag, []).append(element)
            if element.anchor:
                markup.ids.setdefault(element.anchor, element)
            if element.tag == "br" and parent:
                _add(pieces, parent, "\n")
    markup.lines = [
        Line(element, text, frozenset(languages))
        for element, parts, languages in pieces
        if (text := _tidy("".join(parts)))
    ]
    return markup


def is_tangled(html: str) -> bool:
    """Say whether HTML is nested or cluttered beyond what any page needs."""
    depth, formats = 0, 0
    for close, name, rest in _TAG.findall(html):
        tag = name.lower()
        if len(rest) > MOST_ATTRIBUTES and _clutter(rest) > MOST_ATTRIBUTES:
            return True
        if tag in _VOID or tag in _CLOSED_BY_THE_NEXT:
            continue
        step = -1 if close else 1
        depth = max(depth + step, 0)
        formats = max(formats + step, 0) if tag in _FORMATS else formats
        if depth > DEEPEST or formats > MOST_OPEN_FORMATS:
            return True
    return False


def squeeze(text: str) -> str:
    """Return a text in which every run of white space is one space."""
    return _SPACE.sub(" ", text).strip()


def _clutter(attributes: str) -> int:
    bare = _QUOTED.sub(" ", attributes)
    return len(bare) - len(bare.translate({ord(sign): None for sign in " \t\n\r\f/"}))


def _element(node: LexborNode, parent: Element | None, css: Sheet) -> Element:
    attributes = {name: value or "" for name, value in node.attributes.items()}
    element = Element((node.tag or "").lower(), attributes, parent, css)
    if parent:
        before = next(_elements_backwards(parent), None)
        if before:
            before.following = element
        parent.children.append(element)
    return element


def _elements_backwards(parent: Element) -> Iterator[Element]:
    return (each for each in reversed(parent.children) if isinstance(each, Element))


def _add(pieces: list[Piece], parent: Element, words: str) -> None:
    if parent.is_unread or not parent.is_exposed:
        return
    if not pieces or pieces[-1][0] is not parent.block:
        pieces.append((parent.block, [], set()))
    pieces[-1][1].append(words)
    if words.strip():
        pieces[-1][2].add(parent.language)


def _tidy(text: str) -> str:
    return "\n".join(squeeze(line) for line in text.split("\n")).strip()


def _pieces(element: Element) -> Iterator[str]:
    for each in element.walk():
        if isinstance(each, str):
            yield each
        elif each.tag in BLOCKS or each.tag == "br":
            yield " "


def _is_seen(element: Element, parent: Element | None) -> bool:
    own = element.style.get("visibility")
    if own in {"hidden", "collapse"}:
        return False
    return parent is None or parent.is_visible


def _lets_through(element: Element, parent: Element) -> bool:
    """Say whether what is around an element leaves it to be heard.

    Only visibility can be taken back by what lies inside.
    """
    if parent.is_exposed:
        return True
    return (
        element.style.get("visibility") == "visible"
        and parent.style.get("visibility") in {"hidden", "collapse"}
        and parent.style.get("display") != "none"
        and parent.attributes.get("aria-hidden") != "true"
        and (parent.parent is None or parent.parent.is_exposed)
    )
