"""What is worth a thought before a statement is sent. Hints never refuse."""

import re
from dataclasses import dataclass
from itertools import pairwise

from deliberation.models import Poll, Statement
from deliberation.queries import advice, polls
from deliberation.queries.polls import Visit
from deliberation.similar import Index
from moderation import sanitize
from moderation.rules import Finding

# Only so many statements are compared, so that a large poll costs no more.
MOST_COMPARED = 1_000
LISTED = 3
LONGEST = 2_000

# A sentence that ends and goes on, or a semicolon; abbreviations end in lower case.
_TWO_IDEAS = re.compile(r"[.!?。！？؟]\s*\S{3,}|[;；؛]\s*\S{3,}")
_ABBREVIATION = re.compile(r"\b(\w|[Zz]\.\s?[Bb]|e\.g|i\.e|etc|St|Dr|Nr|No|ca|bzw)\.\s")
# Two things asked for in one sentence, such as "... should ..., and ... should ...".
_DEMAND = re.compile(
    r"\b(should|must|ought|soll(?:en|te|ten)?|muss|müssen|doit|doivent|devrai(?:t|ent)|"
    r"deben?|debería[n]?|deve|devono|dovrebber?o?|moet(?:en)?|zou(?:den)?|powin\w+|"
    r"musi|muszą|devem|deveria[m]?|trebuie|повин\w+|должн\w+)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s(and|but|or|und|aber|oder|et|mais|ou|y|e|pero|ma|o|en|maar|of|i|ale|lub|mas|"
    r"și|dar|sau|та|але|або|и|но|или)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hints:
    """Statements that say nearly the same, whether there may be two ideas, and more.

    `findings` are what the rules would like to hint at.
    """

    similar: tuple[Statement, ...]
    has_two_ideas: bool
    findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.similar or self.findings) or self.has_two_ideas

    @property
    def shown(self) -> str:
        """Return what the form keeps of them."""
        return advice.as_shown(self.findings)


def of(
    text: str, *, visit: Visit, language: str, replaces: Statement | None = None
) -> Hints:
    """Return the hints for a text that somebody is about to send to a poll.

    What it `replaces` may well read like it.
    """
    text = " ".join(text.split())[:LONGEST]
    findings = advice.judged(
        sanitize.clean_text(text),
        author=visit.participant.pk if visit.participant else 0,
        policy=visit.policy,
        language=language,
        now=visit.now,
    )
    near = similar(text, poll=visit.poll, besides=replaces)
    return Hints(near, has_two_ideas(text), findings)


def similar(
    text: str, *, poll: Poll, besides: Statement | None = None
) -> tuple[Statement, ...]:
    """Return the public statements that read most like the text, the nearest first."""
    newest = polls.public_statements(poll).order_by("-number").defer("html")
    if besides:
        newest = newest.exclude(pk=besides.pk)
    known = {each.pk: each for each in newest[:MOST_COMPARED]}
    index = Index.of((pk, each.text) for pk, each in known.items())
    return tuple(known[match.id] for match in index.find(text, limit=LISTED))


def has_two_ideas(text: str) -> bool:
    """Say whether the text looks like more than one thing to agree with."""
    if _TWO_IDEAS.search(_ABBREVIATION.sub(" ", text)):
        return True
    demands = list(_DEMAND.finditer(text))
    return any(
        _JOINED.search(text, one.end(), other.start())
        for one, other in pairwise(demands)
    )
