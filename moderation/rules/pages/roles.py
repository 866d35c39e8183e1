"""What an element is for a screen reader: its role (WAI-ARIA 1.2, HTML-AAM)."""

from moderation.rules.pages.markup import Element
from moderation.rules.pages.vocabulary import names

NONE = frozenset({"none", "presentation"})
NAMED_BY_CONTENT = names(
    "button cell checkbox columnheader gridcell heading link menuitem "
    "menuitemcheckbox menuitemradio option radio row rowheader switch tab tooltip "
    "treeitem doc-backlink doc-biblioref doc-glossref doc-noteref"
)
LINKS = frozenset({"link", "doc-backlink", "doc-biblioref", "doc-glossref"}) | {
    "doc-noteref"
}
FIELDS = names(
    "checkbox combobox listbox menuitemcheckbox menuitemradio radio searchbox slider "
    "spinbutton switch textbox"
)
TABLES = frozenset({"table", "grid", "treegrid"})

_KNOWN = (
    NONE
    | NAMED_BY_CONTENT
    | FIELDS
    | TABLES
    | names(
        "alert alertdialog application article banner blockquote caption code "
        "complementary contentinfo definition deletion dialog directory document emphasis "
        "feed figure form generic graphics-document graphics-object graphics-symbol group "
        "img insertion list listitem log main mark marquee math menu menubar meter "
        "navigation note paragraph progressbar radiogroup region rowgroup scrollbar "
        "search separator status strong subscript superscript suggestion tablist tabpanel "
        "term time timer toolbar tree"
    )
)
_GLOBAL = names(
    "aria-atomic aria-braillelabel aria-brailleroledescription aria-busy aria- "
    "controls aria-current aria-describedby aria-description aria-details aria- "
    "dropeffect aria-flowto aria-grabbed aria-keyshortcuts aria-label aria-labelledby "
    "aria-live aria-owns aria-relevant aria-roledescription"
)
_INPUTS = {
    "button": "button",
    "checkbox": "checkbox",
    "email": "textbox",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "search": "searchbox",
    "submit": "button",
    "tel": "textbox",
    "text": "textbox",
    "url": "textbox",
}
# Types of input that browsers expose as fields, though ARIA has no role for them.
ROLELESS_INPUTS = names("color date datetime-local file month password time week")
_TAGS = {
    "button": "button",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "iframe": "iframe",
    "img": "img",
    "nav": "navigation",
    "option": "option",
    "progress": "progressbar",
    "meter": "meter",
    "summary": "summary",
    "svg": "graphics-document",
    "table": "table",
    "td": "cell",
    "textarea": "textbox",
}


def input_type(element: Element) -> str:
    """Return the type of an input as a browser reads it."""
    kind = element.get("type").lower()
    known = kind in _INPUTS or kind in ROLELESS_INPUTS or kind == "hidden"
    return kind if known else "text"


def is_focusable(element: Element) -> bool:
    """Say whether the keyboard can reach the element."""
    if element.tag in {"button", "input", "select", "textarea"}:
        return "disabled" not in element.attributes
    if element.tag in {"a", "area"} and "href" in element.attributes:
        return True
    if element.tag in {"audio", "video"} and "controls" in element.attributes:
        return True
    return (
        element.tag == "summary"
        or "contenteditable" in element.attributes
        or element.get("tabindex").lstrip("-").isdigit()
    )


def explicit(element: Element) -> str:
    """Return the first known role that the element claims."""
    if "role" not in element.attributes:
        return ""
    claimed = element.get("role").lower().split()
    return next((each for each in claimed if each in _KNOWN), "")


def implicit(element: Element) -> str:
    """Return the role that the element has by its tag; empty if it has none."""
    tag = element.tag
    if tag in {"a", "area"}:
        return "link" if "href" in element.attributes else ""
    if tag == "img" and element.attributes.get("alt") == "":
        return "img" if insists(element) else "none"
    if tag == "input":
        return _INPUTS.get(input_type(element), "")
    if tag == "select":
        many = "multiple" in element.attributes or _rows(element) > 1
        return "listbox" if many else "combobox"
    if tag == "th":
        return _header(element)
    return _TAGS.get(tag, "")


def role(element: Element) -> str:
    """Return the role that counts.

    “none” counts for nothing on what can be focused or carries an aria attribute:
    the conflict is resolved in favour of the reader.
    """
    if element.role is None:
        element.role = _role(element)
    return element.role


def _role(element: Element) -> str:
    claimed = explicit(element)
    if not claimed or (claimed in NONE and insists(element)):
        return implicit(element)
    return "none" if claimed in NONE else claimed


def insists(element: Element) -> bool:
    """Say whether something makes a screen reader stop at an element marked as none."""
    return is_focusable(element) or not _GLOBAL.isdisjoint(element.attributes)


def _rows(element: Element) -> int:
    size = element.get("size")
    return int(size) if size.isdecimal() and len(size) < 6 else 0


def _header(element: Element) -> str:
    return (
        "rowheader" if element.get("scope") in {"row", "rowgroup"} else "columnheader"
    )
