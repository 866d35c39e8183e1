"""Notes that people are told of."""

from datetime import UTC, datetime, timedelta

from moderation import news
from moderation.news import Teller, Told, Topic
from moderation.services import mail_choices, notices
from tests.factories.notes import NoteFactory
from tests.testapp.models import Note

# A Monday, half an hour after digests are written on London's clocks.
NOW = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
LINE = "Please mend the swing."


class NoteTeller(Teller):
    """Tells of public notes."""

    kinds = {"note": "notes"}

    def tell(self, rows, people):
        found = Note.objects.public().in_bulk({row.object_id for row in rows})
        return {
            row.pk: Told(
                title="A note for you", path="/here/", quote=found[row.object_id].text
            )
            for row in rows
            if row.object_id in found
        }


def tell_of_notes(monkeypatch):
    """Let notes be all that people are told of."""
    monkeypatch.setattr(news, "_topics", {})
    monkeypatch.setattr(news, "_tellers", {})
    news.offer(Topic(name="notes", label="Notes", help=""))
    news.register(NoteTeller())


def wants(person, how):
    mail_choices.choose(participant=person, wanted={"notes": how})


def leave(*people, at=YESTERDAY, **fields):
    note = NoteFactory(text=LINE, **fields)
    notices.leave(kind="note", about=note, to=[each.pk for each in people], now=at)
    return note
