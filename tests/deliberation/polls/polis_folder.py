"""A small export of Polis, and its import by the command."""

import pytest
from django.core.management import CommandError, call_command

from deliberation.models import Poll
from moderation.models import Participant

COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
)
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"


class Folder:
    """An export that can be spoiled one file at a time."""

    def __init__(self, path):
        self.path = path
        self.comments = [
            (1000, 0, 7, 2, 1, 1, "Trams run at night."),
            (1000, 1, 7, 1, 0, -1, "Buy my watches."),
            (1000, 4, 8, 0, 2, 0, '"Two\nlines, said somebody."'),
        ]
        self.votes = [
            (1000, 0, 7, 1),
            (1001, 0, 8, 1),
            (1002, 0, 9, -1),
            (1003, 1, 9, 1),
            (1004, 4, 8, -1),
            (1005, 4, 9, -1),
        ]

    def write(self, seconds=1_500_000_000):
        lines = [
            f"{seconds + at},ignored,{number},{author},{agrees},{disagrees},{mod},{body}"
            for at, number, author, agrees, disagrees, mod, body in self.comments
        ]
        self.put("comments.csv", COMMENTS + "\n".join(lines) + "\n")
        lines = [
            f"{seconds + at},ignored,{number},{voter},{vote}"
            for at, number, voter, vote in self.votes
        ]
        self.put("votes.csv", VOTES + "\n".join(lines) + "\n")
        self.put("summary.csv", 'topic,Trams\nurl,https://pol.is/abc\nviews,"1\n2"\n')
        return self.path

    def put(self, name, text, encoding="utf-8"):
        (self.path / name).write_bytes(text.encode(encoding))


def run(path, **options):
    call_command("import_polis", str(path), page="trams", **options)


def refusal(path, **options):
    with pytest.raises(CommandError) as error:
        run(path, **options)
    assert not Poll.objects.exists()
    assert not Participant.objects.exists()
    return str(error.value)
