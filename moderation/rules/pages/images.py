"""What stands for a picture where nobody sees it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import phrases
from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.markup import Element, squeeze
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at, elements
from moderation.rules.pages.registry import register
from moderation.rules.pages.roles import NONE, explicit, input_type, role
from moderation.rules.pages.view import Block, PageView
from moderation.rules.pages.vocabulary import names

_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)|(?:img|dsc|dscn|pict|p)[-_ ]?\d+",
    re.IGNORECASE,
)
_MEDIA_FILE = re.compile(
    r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp3|ogg|oga|wav|m4a|mp4|webm|ogv|mov)"
    r"(?:[?#]|$)",
    re.IGNORECASE,
)
_SVG_PARTS = names("svg circle ellipse g path polygon polyline rect text")
_GRAPHICS = frozenset({"img", "graphics-document", "graphics-symbol"})
_AROUND = ("a", "button", "td", "th", "li", "p", "figcaption", "h2", "h3", "h4")


@register
@dataclass(frozen=True, kw_only=True)
class ImagesHaveText(PageRule):
    """Block images without an alternative text that are not marked as decoration.

    `conflict` is the severity for what is marked as decoration and announced anyway.
    """

    id = "A11Y-01"
    title = gettext_lazy("Images have a text alternative")
    why = gettext_lazy(
        "People who cannot see the image hear its file name, or nothing at all."
    )
    reference = "WCAG 1.1.1"
    checks = {
        "alt": (),
        "image-name": ("23a2a8",),
        "decoration": ("46ca7f",),
        "svg-name": ("7d6734",),
        "object-name": ("8fc3b6",),
        "image-button": ("59796f",),
    }

    conflict: Severity = Severity.WARN

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for image in view.images:
            if not image.is_decorative and not (image.alt or "").strip():
                yield self._missing(
                    "alt", Location(path=image.path, quote=image.file_name)
                )
        for block in view.blocks:
            for element in block.markup.elements:
                yield from self._of(block, element)

    def _of(self, block: Block, element: Element) -> Iterator[PageFinding]:
        check = _kind(element)
        if check and element.is_exposed and not name(element, block.markup):
            yield self._missing(check, at(block, element))
        elif element.is_exposed and _is_decoration(element) and role(element) != "none":
            yield self.finding(
                "decoration",
                _("This is marked as decoration, but screen readers stop at it."),
                _("Take away its label or its keyboard focus, or describe it."),
                at=at(block, element),
                severity=self.conflict,
            )

    def _missing(self, check: str, where: Location) -> PageFinding:
        return self.finding(
            check,
            _("This image has no alternative text."),
            _(
                "Say in a few words what it shows, or mark it as decoration if the "
                "page says the same without it."
            ),
            at=where,
        )


def _kind(element: Element) -> str:
    """Return which check an element needs a name for; empty if none."""
    tag, claimed = element.tag, explicit(element)
    if tag in _SVG_PARTS:
        return "svg-name" if claimed in _GRAPHICS else ""
    if tag == "input":
        return "image-button" if input_type(element) == "image" else ""
    if tag == "object" and not claimed:
        return "object-name" if shows_media(element) else ""
    if tag == "img":
        return "" if role(element) in NONE else "image-name"
    return "image-name" if claimed == "img" and role(element) == "img" else ""


def shows_media(element: Element) -> bool:
    """Say whether an object element shows an image or plays sound or film."""
    kinds = ("image/", "audio/", "video/")
    if element.get("type"):
        return element.get("type").startswith(kinds)
    return bool(_MEDIA_FILE.search(element.get("data")))


def _is_decoration(element: Element) -> bool:
    return explicit(element) in NONE or (
        element.tag == "img" and element.attributes.get("alt") == ""
    )


@register
@dataclass(frozen=True, kw_only=True)
class AlternativesSaySomething(PageRule):
    """Warn of alternative texts that help nobody: file names, repetitions, essays."""

    id = "A11Y-02"
    title = gettext_lazy("Alternative texts say what the image shows")
    why = gettext_lazy(
        "Whoever hears the page gets the words of a machine, or the same words twice."
    )
    reference = "WCAG 1.1.1; GOV.UK image guidance; Wagtail alt-text-quality"
    checks = {
        "file-name": (),
        "underscore": (),
        "image-of": (),
        "repeats": (),
        "length": (),
    }

    severity: Severity = Severity.WARN
    longest: int = 125

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for image in view.images:
            if not image.is_decorative and (image.alt or "").strip():
                where = Location(path=image.path, quote=image.alt or "")
                beside: tuple[str, ...] = (image.title, image.caption)
                yield from self._judge(image.alt or "", beside, view.language, where)
        for block, element in elements(view, "img"):
            if element.is_exposed and element.get("alt") and role(element) not in NONE:
                where = at(block, element, element.get("alt"))
                beside = (element.get("title"), *_words_beside(element))
                yield from self._judge(element.get("alt"), beside, view.language, where)

    def _judge(
        self, alt: str, said: tuple[str, ...], language: str, where: Location
    ) -> Iterator[PageFinding]:
        text = squeeze(alt).casefold()
        if _FILE_NAME.fullmatch(text):
            yield self.finding(
                "file-name",
                _("The alternative text is a file name."),
                _("Say what the image shows."),
                at=where,
            )
        elif "_" in text:
            yield self.finding(
                "underscore",
                _("The alternative text has an underscore, as file names have."),
                _("Write words as you would say them."),
                at=where,
            )
        if text.startswith(phrases.of(phrases.IMAGE_OF, language)):
            yield self.finding(
                "image-of",
                _("The alternative text says that it is an image."),
                _("Begin with what it shows: screen readers say “image” themselves."),
                at=where,
            )
        if text in {squeeze(each).casefold() for each in said if each.strip()}:
            yield self.finding(
                "repeats",
                _("The alternative text repeats what stands beside the image."),
                _("Say what only the image shows, or mark it as decoration."),
                at=where,
            )
        if len(text) > self.longest:
            yield self.finding(
                "length",
                _(
                    "The alternative text has %(length)d characters, %(most)d are enough."
                )
                % {"length": len(text), "most": self.longest},
                _("Keep it short, and put the rest into the text or the caption."),
                at=where,
            )


def _words_beside(image: Element) -> tuple[str, ...]:
    around = image.inside(*_AROUND)
    figure = image.inside("figure")
    captions = (each for each in (figure.elements() if figure else ()))
    return (
        *((around.text(),) if around else ()),
        *(each.text() for each in captions if each.tag == "figcaption"),
    )
