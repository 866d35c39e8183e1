"""Words and pictures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from .languages import language_choices

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own title."""

    text = blocks.CharBlock(label=_("heading"), max_length=150)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[("2", _("section")), ("3", _("part of a section"))],
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("heading")
        template = "forum/blocks/heading.html"


class FigureBlock(blocks.StructBlock):
    """An image with its description, or marked as decoration."""

    image = ImageBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)
    shows = blocks.ChoiceBlock(
        label=_("it shows"),
        choices=[
            ("picture", _("a scene or a person")),
            ("map", _("a map")),
            ("chart", _("a chart")),
            ("drawing", _("a plan or a drawing")),
        ],
        default="picture",
    )
    equivalent = blocks.TextBlock(
        label=_("the same in words"),
        required=False,
        help_text=_(
            "For maps, charts and drawings: the addresses, the numbers, the measures."
        ),
    )

    class Meta:
        icon = "image"
        label = _("image")
        template = "forum/blocks/figure.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("quote"))
    source = blocks.CharBlock(label=_("said by"), max_length=150, required=False)
    language = blocks.ChoiceBlock(
        label=_("language"),
        choices=language_choices,
        required=False,
        help_text=_("If it is another one than the page's."),
    )

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "forum/blocks/quote.html"


class PassageBlock(blocks.StructBlock):
    """A text in another language than its page."""

    language = blocks.ChoiceBlock(label=_("language"), choices=language_choices)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)

    class Meta:
        icon = "globe"
        label = _("text in another language")
        template = "forum/blocks/passage.html"
