"""Uploading files that are what their names say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from forum.queries.page_view import files
from moderation.rules.pages import documents, file_types

BEGINNING = 8192


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses a file whose content is something else than its name promises.

    Of a PDF that not everybody can read it says so as soon as it is stored: the page
    it is meant for would be refused. Name it in `WAGTAILDOCS_DOCUMENT_FORM_BASE`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = files.pdf(self.instance) if self.instance.pk else None
        faults = list(documents.pdf_faults(found)) if found else []
        if faults and "title" in self.fields:
            # The bound field may have taken over its words already.
            for field in (self.fields["title"], self["title"]):
                field.help_text = _warning(faults)

    def clean_file(self) -> Any:
        """Compare the beginning of the file with its name."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            file.seek(0)
            kind = file_types.media_type(file.read(BEGINNING))
            file.seek(0)
            if not file_types.fits(file.name, kind):
                raise ValidationError(
                    _(
                        "The name of this file promises %(name)s, but it is "
                        "%(kind)s. Save it again in the right format."
                    )
                    % {
                        "name": file_types.ending(file.name).upper(),
                        "kind": file_types.format_name(kind),
                    }
                )
        return file

    def _post_clean(self) -> None:
        """Say one thing of a file that is refused: not, too, that it is missing."""
        if "file" not in self.errors:
            super()._post_clean()


def _warning(faults: list[documents.Fault]) -> SafeString:
    told = format_html_join(
        " ", "{} {}", ((said, mend) for _check, said, mend in faults)
    )
    return format_html(
        "<strong>{}</strong> {}",
        _("A consultation or hearing with this file cannot be published as it is."),
        told,
    )
