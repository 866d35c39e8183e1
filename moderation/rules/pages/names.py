"""The accessible name: what a screen reader calls an element (accname 1.2).

Follows the order of the W3C's computation: labelledby, label, the element's own means
(alt, label, legend, caption, value), its content, and its title at last.
"""

from collections.abc import Iterator
from itertools import islice

from moderation.rules.pages.markup import BLOCKS, Element, Markup, squeeze
from moderation.rules.pages.roles import (
    FIELDS,
    NAMED_BY_CONTENT,
    NONE,
    input_type,
    role,
)
from moderation.rules.pages.vocabulary import names

# A name longer than this helps nobody, and costs time.
MOST_PIECES = 200
MOST_LABELS = 10
LONGEST_PIECE = 1000

_LABELLABLE = names("button input meter output progress select textarea")
_RANGES = frozenset({"meter", "progressbar", "scrollbar"})
_CHILD_THAT_NAMES = {
    "fieldset": "legend",
    "figure": "figcaption",
    "svg": "title",
    "table": "caption",
    "circle": "title",
    "g": "title",
    "path": "title",
    "rect": "title",
}


def name(element: Element, markup: Markup) -> str:
    """Return the accessible name; empty if there is none."""
    return (
        _by_reference(element, markup)
        or _own(element, markup)
        or (_content(element, markup) if _speaks_by_content(element) else "")
        or element.get("title")
        or _default(element)
    )


def _by_reference(element: Element, markup: Markup) -> str:
    ids = element.get("aria-labelledby").split()[:MOST_LABELS]
    named = [markup.ids[each] for each in ids if each in markup.ids]
    return squeeze(" ".join(_referenced(each, element, markup) for each in named))


def _referenced(target: Element, element: Element, markup: Markup) -> str:
    """Return what an element says of another one, also when it is hidden itself."""
    if role(target) in FIELDS and target.tag in _LABELLABLE:
        return target.get("aria-label") or _value(target)
    return (
        target.get("aria-label")
        or _own_alternative(target)
        or _content(target, markup, hidden=not target.is_exposed, but=element)
        or target.get("title")
    )


def _own(element: Element, markup: Markup) -> str:
    return (
        element.get("aria-label")
        or _own_alternative(element)
        or _by_label(element, markup)
        or _by_child(element, markup)
        or _button_words(element)
    )


def _own_alternative(element: Element) -> str:
    is_image = element.tag in {"img", "area"} or (
        element.tag == "input" and input_type(element) == "image"
    )
    return element.get("alt") if is_image and role(element) not in NONE else ""


def _by_label(element: Element, markup: Markup) -> str:
    if element.tag not in _LABELLABLE:
        return ""
    around = element.inside("label") if markup.labels else None
    listed = markup.labels.get(element.anchor, []) if element.anchor else []
    labels = listed[:MOST_LABELS]
    if around and around not in labels:
        labels = [*labels, around]
    return squeeze(
        " ".join(
            _content(label, markup, but=element) for label in labels if label.is_exposed
        )
    )


def _by_child(element: Element, markup: Markup) -> str:
    wanted = _CHILD_THAT_NAMES.get(element.tag)
    for child in element.elements() if wanted else ():
        if child.tag == wanted:
            return child.text() if wanted == "title" else _content(child, markup)
    return ""


def _button_words(element: Element) -> str:
    if element.tag != "input":
        return element.get("placeholder") if element.tag == "textarea" else ""
    kind = input_type(element)
    if kind in {"button", "submit", "reset"}:
        return element.get("value")
    return "" if kind == "image" else element.get("placeholder")


def _default(element: Element) -> str:
    """Return what browsers call a submit or reset button that has no value at all."""
    kind = input_type(element) if element.tag == "input" else ""
    return kind if kind in {"submit", "reset"} and not _has_value(element) else ""


def _has_value(element: Element) -> bool:
    return "value" in element.attributes


def _speaks_by_content(element: Element) -> bool:
    found = role(element)
    return found in NAMED_BY_CONTENT or found == "summary"


def _value(element: Element) -> str:
    """Return what a field inside a label stands for: what is typed or chosen in it."""
    if element.tag == "select":
        options = [each for each in element.walk() if isinstance(each, Element)]
        chosen = [each for each in options if "selected" in each.attributes]
        return squeeze(" ".join(each.text() for each in chosen))
    return element.get("value") or element.get("aria-valuetext")


def _content(
    element: Element,
    markup: Markup,
    *,
    hidden: bool = False,
    but: Element | None = None,
) -> str:
    pieces = _pieces(element, markup, hidden=hidden, but=but)
    return squeeze("".join(islice(pieces, MOST_PIECES)))


def _pieces(
    element: Element, markup: Markup, *, hidden: bool, but: Element | None
) -> Iterator[str]:
    """Yield the words inside an element; `but` is the field that they would name."""
    stack: list[Element | str] = [*reversed(element.children)]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield _cut(each)
            continue
        if each is but or each.tag in {"script", "style", "noscript", "template"}:
            continue
        if not (hidden or each.is_exposed):
            continue
        spaced = each.tag in BLOCKS or each.tag == "br"
        words = _part(each, markup)
        if words is None:
            stack.extend([" ", *reversed(each.children), " "] if spaced else [])
            stack.extend([] if spaced else reversed(each.children))
        else:
            yield f" {words} "


def _cut(text: str) -> str:
    start = text[:LONGEST_PIECE]
    return start if start.strip() else text


def _part(element: Element, markup: Markup) -> str | None:
    """Return the words of an element within another's name, None to look inside it."""
    named = element.get("aria-label") or _own_alternative(element)
    if element.get("aria-labelledby"):
        ids = element.get("aria-labelledby").split()[:MOST_LABELS]
        found = [
            markup.ids[each].text()[:LONGEST_PIECE]
            for each in ids
            if each in markup.ids
        ]
        named = squeeze(" ".join(found)) or named
    if named or element.tag in {"img", "area", "iframe", "object"}:
        return named or (element.get("title") if role(element) not in NONE else "")
    if role(element) in FIELDS and element.tag in _LABELLABLE:
        return _value(element)
    if role(element) in _RANGES:
        return element.get("aria-valuetext")
    if element.tag == "svg":
        return _by_child(element, markup) or None
    return None
