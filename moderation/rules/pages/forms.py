"""Fields that say what they want, to everybody who fills them in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule
from moderation.rules.pages.facts import Question
from moderation.rules.pages.markup import Element
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at
from moderation.rules.pages.registry import register
from moderation.rules.pages.roles import FIELDS, ROLELESS_INPUTS, input_type, role
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class FieldsHaveLabels(PageRule):
    """Block fields, buttons and polls without words, or whose answers only eyes tell."""

    id = "A11Y-24"
    title = gettext_lazy("Forms and polls say what they ask")
    why = gettext_lazy(
        "Without a label a screen reader says “edit text”, and nobody knows what to "
        "write."
    )
    reference = "WCAG 1.3.1, 1.4.1, 3.3.2, 4.1.2"
    checks = {
        "field-name": ("e086e5",),
        "button-name": ("97a4e1",),
        "menu-item-name": ("m6b1q3",),
        "summary-name": ("2t702h",),
        "label": (),
        "help": (),
        "option": (),
        "colour-only": (),
        "image-only": (),
    }

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for block in view.blocks:
            for element in block.markup.elements:
                check = _kind(element) if element.is_exposed else ""
                if check and not name(element, block.markup):
                    yield self.finding(
                        check,
                        _("This field or button has no label."),
                        _("Give it words that say what it asks or does."),
                        at=at(block, element),
                    )
        for question in view.questions:
            for check, message, mend in _faults(question):
                where = Location(path=question.path, quote=question.label)
                yield self.finding(check, message, mend, at=where)


def _kind(element: Element) -> str:
    found = role(element)
    kind = input_type(element) if element.tag == "input" else ""
    if found in FIELDS or (not element.get("role") and kind in ROLELESS_INPUTS):
        return "field-name"
    if found == "button" and kind != "image":
        return "button-name"
    if element.tag == "summary":
        return "summary-name" if _opens_details(element) else ""
    return "menu-item-name" if found == "menuitem" else ""


def _opens_details(summary: Element) -> bool:
    """Say whether it is the one summary that opens its details, their first."""
    details = summary.parent
    if details is None or details.tag != "details":
        return False
    return next(each for each in details.elements() if each.tag == "summary") is summary


def _faults(question: Question) -> Iterator[tuple[str, str, str]]:
    if not question.label.strip():
        yield "label", _("This question has no words."), _("Write the question.")
    if question.help.strip() and not question.is_help_tied:
        yield (
            "help",
            _("The help stands beside the field, but is not tied to it."),
            _("Use the help field, so that it is read out with the question."),
        )
    for option in question.options:
        if option.label.strip() or option.alt.strip():
            continue
        if option.has_image:
            yield (
                "image-only",
                _("One answer is only a picture."),
                _("Give it words; the picture may stay beside them."),
            )
        elif option.colour:
            yield (
                "colour-only",
                _("One answer is only a colour."),
                _("Give it words; the colour may stay beside them."),
            )
        else:
            yield "option", _("One answer has no words."), _("Write it, or delete it.")
