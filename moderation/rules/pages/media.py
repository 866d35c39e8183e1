"""Film and sound, also for people who do not hear or do not see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages import captions
from moderation.rules.pages.base import Location, PageFinding, PageRule
from moderation.rules.pages.facts import Media
from moderation.rules.pages.markup import Element
from moderation.rules.pages.places import at, elements
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import PageView


@register
@dataclass(frozen=True, kw_only=True)
class VideosHaveCaptions(PageRule):
    """Block videos without valid captions, and without transcript or description."""

    id = "A11Y-12"
    title = gettext_lazy("Videos have captions and a transcript or description")
    why = gettext_lazy(
        "Deaf people get nothing of what is said, blind people nothing of what is "
        "shown."
    )
    reference = "WCAG 1.2.2, 1.2.3, 1.2.5"
    checks = {
        "file": (),
        "captions": (),
        "captions-broken": (),
        "transcript": (),
        "markup": (),
    }

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for video in view.media:
            if video.is_video:
                yield from self._of(video)
        for block, video_element in elements(view, "video"):
            if video_element.is_exposed and not _has_captions(video_element):
                yield self.finding(
                    "markup",
                    _("This video has no captions."),
                    _("Add a captions file in the format WebVTT."),
                    at=at(block, video_element),
                )

    def _of(self, video: Media) -> Iterable[PageFinding]:
        where = Location(path=video.path, quote=video.title)
        if _is_other(video, "video/"):
            yield self.finding(
                "file",
                _("This file is no video that a browser can show."),
                _("Save it as MP4 or WebM and upload it again."),
                at=where,
            )
        if video.has_sound and not (video.captions or "").strip():
            yield self.finding(
                "captions",
                _("This video has no captions."),
                _("Add a captions file in the format WebVTT."),
                at=where,
            )
        elif video.captions:
            problem = captions.read(video.captions).problem
            if problem:
                yield self.finding(
                    "captions-broken",
                    _("The captions of this video cannot be shown: %s") % problem,
                    _("Save them again as WebVTT and look at them in a player."),
                    at=where,
                )
        if not (video.transcript.strip() or video.description.strip()):
            yield self.finding(
                "transcript",
                _("Nothing says in words what this video shows."),
                _("Add a transcript that tells what is seen, or a described version."),
                at=where,
            )


@register
@dataclass(frozen=True, kw_only=True)
class SoundsHaveTranscripts(PageRule):
    """Block sound recordings without a transcript."""

    id = "A11Y-13"
    title = gettext_lazy("Sound recordings have a transcript")
    why = gettext_lazy("Deaf people, and all who cannot listen now, get nothing of it.")
    reference = "WCAG 1.2.1"
    checks = {"file": (), "transcript": (), "markup": ()}

    def check(self, view: PageView) -> Iterable[PageFinding]:
        for sound in view.media:
            if not sound.is_video:
                yield from self._of(sound)
        for block, element in elements(view, "audio"):
            if element.is_exposed and not _has_captions(element):
                yield self._missing("markup", at(block, element))

    def _of(self, sound: Media) -> Iterable[PageFinding]:
        where = Location(path=sound.path, quote=sound.title)
        # Some sounds come in the wrapping of a film.
        if _is_other(sound, "audio/", "video/"):
            yield self.finding(
                "file",
                _("This file is no recording that a browser can play."),
                _("Save it as MP3 and upload it again."),
                at=where,
            )
        if not sound.transcript.strip():
            yield self._missing("transcript", where)

    def _missing(self, check: str, where: Location) -> PageFinding:
        return self.finding(
            check,
            _("This recording has no transcript."),
            _("Write down who says what, and put it beside the recording."),
            at=where,
        )


def _is_other(thing: Media, *kinds: str) -> bool:
    return bool(thing.media_type) and not thing.media_type.startswith(kinds)


def _has_captions(element: Element) -> bool:
    return any(
        each.tag == "track" and each.get("kind") in {"captions", "subtitles"}
        for each in element.elements()
    )
