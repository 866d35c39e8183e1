"""Uploading files that are what their names say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from moderation.rules.pages import file_types

BEGINNING = 8192


class CheckedDocumentForm(BaseDocumentForm):
    """Refuses a file whose content is something else than its name promises.

    Name it in `WAGTAILDOCS_DOCUMENT_FORM_BASE`.
    """

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
