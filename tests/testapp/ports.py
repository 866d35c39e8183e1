"""What moderation may ask about notes."""

from moderation.contents import Context, Port
from tests.testapp.models import Note


class NotePort(Port):
    """Notes hang on one board."""

    kind = "note"
    label = "note"
    model = Note

    def is_visible(self, content, request):
        return content.is_public and not content.is_secret

    def url(self, content):
        return f"/board/#note-{content.pk}"

    def context(self, content):
        return Context(place="The board", place_url="/board/")

    def public_place(self, content):
        return "" if content.is_secret else "/board/"
