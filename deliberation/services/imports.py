"""Contributions from elsewhere, by the same door as a person's post."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from deliberation.models import Comment, Discussion
from deliberation.services import checks, comments
from deliberation.services.import_files import Contribution
from moderation.choices import ContentStatus
from moderation.queries import policies
from moderation.refusals import Refusal
from moderation.services import participants

STEP = 500


@dataclass
class Summary:
    """What became of the contributions; `refused` counts each reason."""

    posted: int = 0
    held: int = 0
    present: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many contributions were read."""
        return self.posted + self.held + self.present + self.refused.total()


@transaction.atomic
def bring_in(
    *,
    discussion: Discussion,
    contributions: Iterable[Contribution],
    language: str,
    now: datetime,
    progress: Callable[[int], None],
) -> Summary:
    """Post all contributions that are not there yet, or none if reading them fails.

    Every rule judges them as it would a person's post. Contributors are participants
    the forum knows, one for each author in the file. Where a file names no authors
    each contribution has its own, so that rules on pace and on posts in a row, which
    mean one person's hour, have nothing to say. `progress` is told how many were read.
    """
    summary = Summary()
    discussion.policy = policies.of(discussion)
    rest = iter(contributions)
    while some := list(islice(rest, STEP)):
        origins = {each.origin for each in some}
        known = Comment.objects.filter(origin__in=origins)
        present = set(known.values_list("origin", flat=True))
        summary.present += len(present)
        for contribution in some:
            if contribution.origin not in present:
                _bring_in(discussion, contribution, language, now, summary)
        progress(summary.total)
    return summary


def _bring_in(
    discussion: Discussion,
    contribution: Contribution,
    language: str,
    now: datetime,
    summary: Summary,
) -> None:
    try:
        with transaction.atomic():
            comment = _post(discussion, contribution, language, now)
    except Refusal as error:
        reasons = [finding.rule for finding in error.findings]
        summary.refused[", ".join(reasons) or error.message] += 1
    else:
        if comment.status == ContentStatus.HELD:
            summary.held += 1
        else:
            summary.posted += 1


def _post(
    discussion: Discussion, contribution: Contribution, language: str, now: datetime
) -> Comment:
    written_at = contribution.written_at or now
    parent = None
    if contribution.parent:
        known = Comment.objects.filter(origin=contribution.parent)
        pk = known.values_list("pk", flat=True).first()
        parent = checks.answerable(discussion=discussion, pk=pk)
    return comments.post(
        discussion=discussion,
        author=participants.for_origin(origin=contribution.author, now=written_at),
        raw=contribution.text,
        language=contribution.language or language,
        parent=parent,
        # A name that is none of the themes is refused, as any other would be.
        theme=_key_of(discussion, contribution.theme),
        now=written_at,
        origin=contribution.origin,
    )


def _key_of(discussion: Discussion, name: str) -> str:
    named = {each.name.casefold(): each.key for each in discussion.offered_themes}
    return named.get(name.casefold(), name)
