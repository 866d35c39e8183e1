"""The editor's form of our pages, and the lists of blocks it has."""

from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    streamfield,
)

from forum.models import ConsultationPage, HearingPage

STREAMS = sorted(
    {
        field.name
        for model in (ConsultationPage, HearingPage)
        for field in model._meta.get_fields()
        if hasattr(field, "stream_block")
    }
)


def form_of(client, path):
    """Return the fields of the editor's form, as a browser would send them."""
    form = querydict_from_html(client.get(path).text, form_id="page-edit-form")
    empty = {name: streamfield([]) for name in STREAMS}
    return form.dict() | nested_form_data(empty)
