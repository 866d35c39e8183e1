"""Files to read, to watch and to hear, each with what stands beside it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .languages import language_choices


class DocumentBlock(blocks.StructBlock):
    """A file to read, with what a reader must know before opening it."""

    document = DocumentChooserBlock(label=_("file"))
    title = blocks.CharBlock(
        label=_("title"),
        max_length=200,
        help_text=_("What the document is, in words a resident understands."),
    )
    language = blocks.ChoiceBlock(label=_("language"), choices=language_choices)
    description = blocks.CharBlock(
        label=_("what it says, in short"), max_length=400, required=False
    )
    is_accessible = blocks.BooleanBlock(
        label=_("can be read by a screen reader"),
        help_text=_("Such as a tagged PDF, or a text document with real headings."),
        required=False,
    )
    web_version = blocks.URLBlock(
        label=_("the same as a web page"), required=False, max_length=500
    )

    class Meta:
        icon = "doc-full"
        label = _("document")
        template = "forum/blocks/document.html"


class VideoBlock(blocks.StructBlock):
    """A film, with captions for those who do not hear and words for those who do not see."""

    title = blocks.CharBlock(label=_("title"), max_length=200)
    file = DocumentChooserBlock(label=_("film"), help_text=_("MP4 or WebM."))
    has_sound = blocks.BooleanBlock(
        label=_("something is said or heard in it"), required=False, default=True
    )
    captions = DocumentChooserBlock(
        label=_("captions"),
        required=False,
        help_text=_("A file in the format WebVTT (.vtt), in the language spoken."),
    )
    transcript = blocks.TextBlock(
        label=_("transcript"),
        required=False,
        help_text=_("Who says what, and what is to be seen meanwhile."),
    )
    description = blocks.TextBlock(
        label=_("what is to be seen"),
        required=False,
        help_text=_("Instead of a transcript, where little is said."),
    )

    class Meta:
        icon = "media"
        label = _("video")
        template = "forum/blocks/video.html"


class SoundBlock(blocks.StructBlock):
    """A recording to hear, with the same in words."""

    title = blocks.CharBlock(label=_("title"), max_length=200)
    file = DocumentChooserBlock(label=_("recording"), help_text=_("MP3, Ogg or WAV."))
    transcript = blocks.TextBlock(
        label=_("transcript"), required=False, help_text=_("Who says what.")
    )

    class Meta:
        icon = "media"
        label = _("sound recording")
        template = "forum/blocks/sound.html"


MEDIA_BLOCKS = [("video", VideoBlock()), ("sound", SoundBlock())]
