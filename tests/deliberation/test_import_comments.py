import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from deliberation.models import Comment
from deliberation.services import discussions
from moderation.models import Participant
from tests.factories.deliberation import PageFactory

pytestmark = pytest.mark.django_db

HEAD = (
    "id\tdocument_id\tsentence_nr\tcontent\tcode\ttitle/text\tcurated/single\t"
    "dataset\turl\n"
)
DATA = Path(
    os.environ.get("FOLKMOOT_DATA", Path(settings.BASE_DIR).parent / "shared" / "data")
)
CORPUS = sorted(DATA.glob("comments-civic-cimt/*/*.tsv"))


@pytest.fixture
def place():
    return PageFactory(slug="rad")


@pytest.fixture
def file(tmp_path):
    def write(text, name="corpus.tsv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def sentence(document, number, content, kind="text", url=""):
    return f"1\t{document}\t{number}\t{content}\tpremise\t{kind}\tsingle\tCD\t{url}\n"


def bring_in(path, **options):
    out, err = StringIO(), StringIO()
    options = {"page": "rad", "language": "de"} | options
    call_command("import_comments", path, **options, stdout=out, stderr=err)
    return out.getvalue()


class TestTheCorpus:
    def test_joins_title_and_text_in_the_order_of_the_sentences(self, place, file):
        address = "https://rad.example/ampel"
        bring_in(
            file(
                HEAD
                + sentence("B1", 3, "Sie ist kurz.", url=address)
                + sentence("B1", 1, "Grüne Welle", "title", url=address)
                + sentence("B1", 2, "Die Ampel nervt.", url=address)
            )
        )
        comment = Comment.objects.get()
        assert comment.text == "Grüne Welle\n\nDie Ampel nervt. Sie ist kurz."
        assert comment.language == "de"
        assert comment.source_url == address
        assert comment.discussion.page_id == place.pk

    def test_adds_nothing_the_second_time(self, place, file):
        path = file(HEAD + sentence("B1", 1, "Eins") + sentence("B2", 1, "Zwei"))
        assert "2 posted" in bring_in(path)
        assert "0 posted, 0 held for review, 0 refused, 2 were there" in bring_in(path)
        assert (Comment.objects.count(), Participant.objects.count()) == (2, 2)

    def test_says_what_the_rules_refused(self, place, file):
        path = file(HEAD + sentence("B1", 1, "x" * 7000) + sentence("B2", 1, "Gut."))
        said = bring_in(path)
        assert "1 refused: length" in said
        assert "1 posted" in said
        assert Participant.objects.count() == 1

    @pytest.mark.parametrize(
        ("rows", "line"),
        [
            ("a\tb\n", 3),
            (sentence("B2", "two", "Text"), 3),
            (sentence("B2", 1, "Text") + sentence("B1", 2, "Again"), 4),
            (sentence("", 1, "Text"), 3),
            (b"\xff\xfe\n", 3),
            (sentence("B2", 1, '"never closed'), 3),
            (sentence("B2", 1, "T", url="https://" + "x" * 200), 3),
        ],
    )
    def test_is_left_alone_if_malformed_and_says_where(self, place, file, rows, line):
        good = (HEAD + sentence("B1", 1, "Fine")).encode()
        path = file(good + (rows if isinstance(rows, bytes) else rows.encode()))
        with pytest.raises(CommandError, match=rf"corpus.tsv, line {line}:"):
            bring_in(path)
        assert not Comment.objects.exists()
        assert not Participant.objects.exists()

    @pytest.mark.parametrize("text", ["", "\n", "a,b\n1,2\n", "\x00"])
    def test_needs_its_columns(self, place, file, text):
        with pytest.raises(CommandError, match="line 1: The first line must name"):
            bring_in(file(text))

    def test_needs_a_file_a_page_and_an_open_discussion(self, place, file):
        path = file(HEAD + sentence("B1", 1, "Eins"))
        with pytest.raises(CommandError, match="cannot be read"):
            bring_in(path.parent / "nothing.tsv")
        with pytest.raises(CommandError, match="no page"):
            bring_in(path, page="nowhere")
        discussions.close(discussion=place.discussions.get(), now=timezone.now())
        with pytest.raises(CommandError, match="closed on"):
            bring_in(path)


class TestAPlainFile:
    def test_keeps_authors_times_languages_and_replies(self, place, file):
        bring_in(
            file(
                "id,text,author,language,created_at,parent\n"
                '1,"A fountain, please.",ann,en,2026-03-01T10:00:00+01:00,\n'
                "2,Oui !,bob,FR,2026-03-02T10:00:00+01:00,1\n"
                "3,With benches.,ann,en,2026-03-03T10:00:00+01:00,2\n",
                "letters.csv",
            )
        )
        first, second, third = Comment.objects.order_by("pk")
        assert (second.parent, third.parent, third.root) == (first, second, first)
        assert second.language == "fr"
        assert first.created_at.isoformat() == "2026-03-01T09:00:00+00:00"
        assert first.author == third.author != second.author

    @pytest.mark.parametrize(
        "row", ["1,Again,,", "2,Text,yesterday,", "2,Text,2026-13-45T00:00,", "2,T,,9"]
    )
    def test_is_left_alone_if_malformed(self, place, file, row):
        path = file(f"id,text,created_at,parent\n1,Fine,,\n{row}\n", "letters.csv")
        with pytest.raises(CommandError, match=r"letters.csv, line 3:"):
            bring_in(path)
        assert not Comment.objects.exists()


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS, reason=f"The CIMT corpus is not in {DATA}.")
class TestTheRealCorpus:
    def test_of_one_city_comes_in_by_the_rules(self, place):
        krefeld = next(path for path in CORPUS if path.name == "dataset_MCK.tsv")
        said = bring_in(krefeld)
        assert "1 refused: length" in said
        assert "336 posted, 0 held for review" in said

    @pytest.mark.slow
    def test_comes_in_but_for_what_is_too_long(self, place):
        said = [bring_in(path) for path in CORPUS]
        assert Comment.objects.count() == 4710
        assert sum("1 refused: length" in each for each in said) == 1
