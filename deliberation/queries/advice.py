"""What is worth a thought before a comment is posted. Advice never refuses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from deliberation.models import Comment
from deliberation.queries import unnamed
from deliberation.queries.visits import Visit
from deliberation.similar import Index
from moderation import sanitize
from moderation.models import Policy
from moderation.queries import policies
from moderation.rules import Finding, Picture, Submission, Verdict, judge

# The rules that speak of text and files alone, so that they can be asked beforehand.
RULES = frozenset({"documents", "heated_wording", "images", "personal_data"})
# Only the newest are compared, so that a long discussion costs no more.
MOST_COMPARED = 500
LISTED = 3


@dataclass(frozen=True)
class Advice:
    """Threads that say something alike, and what the rules would like to hint at.

    `unnamed` are people who seem to be meant and would not be told.
    """

    similar: tuple[Comment, ...]
    hints: tuple[Finding, ...]
    unnamed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.similar or self.hints or self.unnamed)

    @property
    def shown(self) -> str:
        """Return what a form keeps of it."""
        return as_shown(self.hints)


def as_shown(hints: Iterable[Finding]) -> str:
    """Return what a form keeps of advice: that there was some, and with which hints."""
    return " ".join(["1", *map(_mark, hints)])


def not_shown(verdict: Verdict | None, shown: str) -> list[Finding]:
    """Return those findings that the advice which a form kept did not have."""
    known, found = set(shown.split()), verdict.findings if verdict else ()
    return [finding for finding in found if _mark(finding) not in known]


def before_posting(
    visit: Visit,
    *,
    raw: str,
    language: str,
    parent: Comment | None,
    pictures: tuple[Picture, ...] = (),
) -> Advice:
    """Return what somebody should know before this text goes out."""
    text = sanitize.clean_text(raw)
    return Advice(
        similar=() if parent else _similar(visit, text),
        hints=judged(
            text,
            author=visit.reader.pk,
            policy=visit.policy,
            language=language,
            pictures=pictures,
            now=visit.now,
        ),
        unnamed=unnamed.meant(text, discussion=visit.discussion),
    )


def judged(
    text: str,
    *,
    author: int,
    policy: Policy,
    language: str,
    now: datetime,
    pictures: tuple[Picture, ...] = (),
) -> tuple[Finding, ...]:
    """Return what the rules would like to hint at before a text is sent."""
    submission = Submission(
        text=text,
        now=now,
        author_id=author,
        author_since=now,
        language=language,
        pictures=pictures,
    )
    rules = [rule for rule in policies.rules_of(policy) if rule.id in RULES]
    return judge(submission, rules).hints


def _mark(finding: Finding) -> str:
    told = f"{finding.rule}\n{finding.matched}\n{finding.message}"
    return sha256(told.encode()).hexdigest()[:12]


def _similar(visit: Visit, text: str) -> tuple[Comment, ...]:
    public = Comment.objects.public().filter(discussion=visit.discussion).roots()
    newest = public.select_related("author").newest_first()[:MOST_COMPARED]
    known = {comment.pk: comment for comment in newest}
    index = Index.of((pk, comment.text) for pk, comment in known.items())
    return tuple(known[match.id] for match in index.find(text, limit=LISTED))
