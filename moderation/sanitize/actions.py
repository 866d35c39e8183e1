"""The actions in a PDF: those that lead somewhere, and all the others."""

import re
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject

from moderation.sanitize.addresses import leads_to_web

# Where nothing but an action stands, or what has no kind: bookmarks are chained by
# /Next as well, and tags have their attributes in /A.
PLACES = {"/A", "/PA", "/NA", "/Next"}
# Whatever a reader might do (ISO 32000-2, 12.6.4): known wherever it stands, because
# some readers follow an action where none belongs.
_KINDS = {
    *("/GoTo", "/GoToR", "/GoToE", "/GoToDp", "/GoTo3DView", "/URI", "/Named"),
    *("/Launch", "/JavaScript", "/SubmitForm", "/ResetForm", "/ImportData"),
    *("/Thread", "/Sound", "/Movie", "/Rendition", "/RichMediaExecute"),
    *("/Hide", "/SetOCGState", "/SetState", "/NOP", "/Trans"),
}
_TURNING = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
# No other line of the letter than its subject, and no second one in it.
_MAIL = re.compile(r"mailto:[^\s?&%]+@[^\s?&%]+(\?subject=[^\s&?]*)?", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f]|%0[ad]", re.IGNORECASE)


def whole(value: Any) -> Any:
    """Return what a value stands for, behind a reference if it is one."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def entry(holder: DictionaryObject, key: str) -> str:
    """Return what a dictionary has by a key, as text; nothing if it has none."""
    return str(whole(holder.raw_get(key))) if key in holder else ""


def does_more(value: Any, *, placed: bool) -> bool:
    """Say whether this is an action that does more than lead somewhere.

    `placed` is what stands where an action belongs: there one of an unknown kind is
    one as well.
    """
    action = whole(value)
    if not isinstance(action, DictionaryObject) or "/S" not in action:
        return False
    kind = entry(action, "/S")
    if kind == "/GoTo":
        return False
    if kind == "/Named":
        return entry(action, "/N") not in _TURNING
    if kind == "/URI":
        return not _can_be_followed(entry(action, "/URI"))
    return placed or kind in _KINDS


def _can_be_followed(address: str) -> bool:
    if _CONTROLS.search(address):
        return False
    return leads_to_web(address) or _MAIL.fullmatch(address) is not None
