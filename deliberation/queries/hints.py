"""What is worth a thought before a statement is sent. Hints never refuse."""

import re
from dataclasses import dataclass

from deliberation.models import Poll, Statement
from deliberation.queries import polls

# Only so many statements are compared, so that a large poll costs no more.
MOST_COMPARED = 1_000
LISTED = 3
ALIKE = 0.35
LONGEST = 2_000

# A sentence that ends and goes on, or a semicolon; abbreviations end in lower case.
_TWO_IDEAS = re.compile(r"[.!?。！？؟]\s*\S{3,}|[;；؛]\s*\S{3,}")
_ABBREVIATION = re.compile(r"\b(\w|[Zz]\.\s?[Bb]|e\.g|i\.e|etc|St|Dr|Nr|No|ca|bzw)\.\s")


@dataclass(frozen=True)
class Hints:
    """Statements that say nearly the same, and whether there may be two ideas."""

    similar: tuple[Statement, ...]
    has_two_ideas: bool

    def __bool__(self) -> bool:
        return bool(self.similar) or self.has_two_ideas


def of(text: str, *, poll: Poll) -> Hints:
    """Return the hints for a text that somebody is about to send to a poll."""
    text = " ".join(text.split())[:LONGEST]
    return Hints(similar(text, poll=poll), has_two_ideas(text))


def similar(text: str, *, poll: Poll) -> tuple[Statement, ...]:
    """Return the public statements that share most with the text, the nearest first.

    By TF-IDF over runs of 3 to 5 characters, which works in any language; it finds
    about half of the paraphrases, so it suggests and never refuses.
    """
    # Takes a second to load, which no process should wait for at its start.
    from sklearn.feature_extraction.text import TfidfVectorizer

    newest = polls.public_statements(poll).order_by("-number")
    known = list(newest.defer("html")[:MOST_COMPARED])
    if not known or len(text) < 3:
        return ()
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    try:
        table = vectors.fit_transform([text, *(each.text for each in known)])
    except ValueError:
        # Nothing but signs: there is nothing to compare.
        return ()
    likeness = (table[1:] @ table[0].T).toarray().ravel()
    nearest = likeness.argsort(kind="stable")[::-1][:LISTED]
    return tuple(known[place] for place in nearest if likeness[place] >= ALIKE)


def has_two_ideas(text: str) -> bool:
    """Say whether the text looks like more than one sentence to agree with."""
    return _TWO_IDEAS.search(_ABBREVIATION.sub(" ", text)) is not None
