"""Captions that a player can show: WebVTT, with words, in their order."""

from dataclasses import dataclass

import webvtt
from django.utils.translation import gettext as _
from webvtt.errors import MalformedCaptionError, MalformedFileError

LONGEST = 2_000_000


@dataclass(frozen=True)
class Captions:
    """What was read of a captions file. `problem` is empty for a good one."""

    cues: int = 0
    problem: str = ""


def read(text: str) -> Captions:
    """Return what a WebVTT file holds, or in plain words what is wrong with it."""
    if len(text) > LONGEST:
        return Captions(problem=_("The captions file is too large."))
    if not text.lstrip("\ufeff").startswith("WEBVTT"):
        return Captions(problem=_("The file does not begin with WEBVTT."))
    try:
        cues = webvtt.from_string(text.lstrip("\ufeff")).captions
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError):
        return Captions(problem=_("The file is no valid WebVTT."))
    if not cues:
        return Captions(problem=_("The file has no captions in it."))
    before = 0.0
    for number, cue in enumerate(cues, start=1):
        begins, ends = cue.start_in_seconds, cue.end_in_seconds
        if not cue.text.strip():
            return Captions(problem=_("Caption %d has no words.") % number)
        if ends <= begins:
            return Captions(problem=_("Caption %d ends before it begins.") % number)
        if begins < before:
            return Captions(
                problem=_("Caption %d comes too late in the file.") % number
            )
        before = begins
    return Captions(cues=len(cues))
