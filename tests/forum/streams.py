"""The lists of blocks that the editor's form of our pages has."""

from forum.models import ConsultationPage, HearingPage

STREAMS = sorted(
    {
        field.name
        for model in (ConsultationPage, HearingPage)
        for field in model._meta.get_fields()
        if hasattr(field, "stream_block")
    }
)
