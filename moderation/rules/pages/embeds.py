"""Something of another site inside the page: what it is, and whose."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import sanitize
from moderation.rules.options import BadOption
from moderation.rules.pages.base import Location, PageFinding, PageRule
from moderation.rules.pages.images import shows_media
from moderation.rules.pages.markup import Element
from moderation.rules.pages.names import name
from moderation.rules.pages.places import at, elements
from moderation.rules.pages.registry import register
from moderation.rules.pages.roles import role
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class EmbedsAreKnown(PageRule):
    """Block embeds without a title, or from hosts that are not on the list.

    A host of the list counts with all its subdomains, compared label by label. Pages
    of the site itself, addressed without a host, are always allowed.
    """

    id = "A11Y-14"
    title = gettext_lazy("Embedded pages have a title and a known host")
    why = gettext_lazy(
        "Without a title a screen reader says “frame” only; and an unknown host learns "
        "who reads what the city asks."
    )
    reference = "WCAG 4.1.2"
    checks = {"title": ("cae760",), "object": (), "host": ()}

    hosts: tuple[str, ...] = (
        "openstreetmap.org",
        "player.vimeo.com",
        "youtube-nocookie.com",
    )

    def __post_init__(self) -> None:
        for each in self.hosts:
            if not sanitize.host(each):
                raise BadOption(_("“%s” is not the name of a web site.") % each)

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for embed in view.embeds:
            where = Location(path=embed.path, quote=embed.url)
            if not embed.title.strip():
                yield self._untitled(where)
            if not self._is_allowed(embed.url):
                yield self._foreign(embed.url, where)
        for block, frame in elements(view, "iframe"):
            if _is_met(frame) and not name(frame, block.markup):
                yield self._untitled(at(block, frame))
            if not self._is_allowed(frame.get("src")):
                yield self._foreign(frame.get("src"), at(block, frame))
        for block, thing in elements(view, "object"):
            shown = thing.is_exposed and thing.get("data") and role(thing) != "none"
            if shown and not shows_media(thing) and not name(thing, block.markup):
                yield self._untitled(at(block, thing), "object")

    def _is_allowed(self, address: str) -> bool:
        if address.startswith("/") and not address.startswith("//"):
            return True
        host = sanitize.host(address) if address else ""
        return not address or any(
            host == each or host.endswith(f".{each}")
            for each in map(sanitize.host, self.hosts)
        )

    def _untitled(self, where: Location, check: str = "title") -> PageFinding:
        return self.finding(
            check,
            _("This embedded page has no title."),
            _("Say in a few words what is shown there."),
            at=where,
        )

    def _foreign(self, address: str, where: Location) -> PageFinding:
        return self.finding(
            "host",
            _("Nothing may be embedded from “%s”.")
            % (sanitize.host(address) or address)[:80],
            _("Use a link instead, or ask for the host to be allowed."),
            at=where,
        )


def _is_met(frame: Element) -> bool:
    """Say whether a reader meets the frame: neither decoration nor out of reach."""
    decorates = role(frame) == "none" or frame.get("tabindex").startswith("-")
    return frame.is_exposed and not decorates
