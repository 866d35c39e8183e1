"""Pictures: how many, whose, and whether people who do not see them get them too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation.rules.base import Effect, Finding, Picture, Rule, Submission
from moderation.rules.registry import register

# “IMG_2031”, “DSC 0042.jpg”, “WhatsApp Image 2026-05-04”: what a camera writes.
_FILE_NAME = re.compile(
    r"\S+\.(jpe?g|png|gif|webp|heic)|(img|dsc|pxl|screenshot|whatsapp)[\W_\d].*",
    re.IGNORECASE,
)


@register
@dataclass(frozen=True, kw_only=True)
class Images(Rule):
    """Ask for a description of each picture, bound their number, look at newcomers'.

    `newcomers` is what a newcomer's picture does to the post. Whoever asks to have a
    picture described puts it on the moderators' list, who describe it there.
    """

    id = "images"
    title = gettext_lazy("Pictures")
    reference = "DIS-08"

    maximum: int = 3
    newcomers: Effect = Effect.HOLD

    def check(self, submission: Submission) -> Iterable[Finding]:
        pictures = [each for each in submission.pictures if not each.is_document]
        if not pictures:
            return
        if len(pictures) > self.maximum:
            yield self.finding(Effect.REFUSE, self._too_many())
        if submission.is_new and submission.is_newcomers:
            yield self.finding(
                self.newcomers,
                _("A moderator looks at the pictures of people who are new here."),
            )
        for picture in pictures:
            yield from self._described(picture, is_new=submission.is_new)

    def _too_many(self) -> str:
        return (
            ngettext(
                "A post may have %d picture.",
                "A post may have %d pictures.",
                self.maximum,
            )
            % self.maximum
        )

    def _described(self, picture: Picture, *, is_new: bool) -> Iterable[Finding]:
        if _FILE_NAME.fullmatch(picture.description):
            yield self.finding(
                Effect.HINT,
                _(
                    "A file name tells nobody what the picture shows. Could you say "
                    "it in a few words?"
                ),
            )
        if picture.description:
            return
        if not picture.needs_description:
            yield self.finding(
                Effect.HINT,
                _(
                    "Please say in a few words what your picture shows, for people "
                    "who cannot see it; or ask us to describe it for you."
                ),
            )
        if is_new:
            yield self.finding(
                Effect.FLAG, _("A picture waits for somebody to describe it.")
            )
