"""Simple questions as a participant meets them, and how they were answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from deliberation.choices import QuestionKind, Stage
from deliberation.consensus.intervals import wilson
from deliberation.models import Answer, Option, Question
from deliberation.queries import polls
from deliberation.queries.results import FEWEST, Share
from moderation.models import Participant, Policy
from moderation.queries import policies


@dataclass(frozen=True)
class OptionResult:
    """How many chose an option, of all who answered."""

    option: Option
    share: Share


@dataclass(frozen=True)
class Tally:
    """How a question was answered. Of fewer than FEWEST people nothing is told.

    `mean` is of the steps of a scale, counted from 1; None for other kinds.
    """

    people: int
    options: tuple[OptionResult, ...]
    mean: float | None

    @property
    def is_too_small(self) -> bool:
        """Say whether so few people answered that nothing is shown."""
        return self.people < FEWEST


@dataclass(frozen=True)
class Visit:
    """One participant, or a stranger, at one question at one moment."""

    question: Question
    policy: Policy
    options: tuple[Option, ...]
    chosen: frozenset[int]
    stage: Stage
    has_account: bool
    may_answer: bool
    shows_results: bool
    tally: Tally | None


def visit(
    *,
    question: Question,
    participant: Participant | None,
    has_account: bool,
    now: datetime,
) -> Visit:
    """Return a question with the visitor's own answer and what they may see."""
    policy, stage = policies.of(question), question.stage_at(now)
    options = tuple(
        Option.objects.filter(question=question).order_by("sort_order", "pk")
    )
    chosen = _chosen(question, participant)
    shown = polls.visible(question.results, stage=stage, has_taken_part=bool(chosen))
    suspended = participant is not None and not participant.may_write
    admitted = has_account or policy.guests_may_vote
    return Visit(
        question=question,
        policy=policy,
        options=options,
        chosen=chosen,
        stage=stage,
        has_account=has_account,
        may_answer=stage.accepts_contributions and admitted and not suspended,
        shows_results=shown,
        tally=tally(question, options) if shown else None,
    )


def tally(question: Question, options: tuple[Option, ...]) -> Tally:
    """Return how often each option was chosen."""
    answers = Answer.objects.filter(question=question)
    people = answers.aggregate(n=Count("participant", distinct=True))["n"]
    if people < FEWEST:
        return Tally(people, (), None)
    counts = dict(answers.values_list("option").annotate(n=Count("pk")).order_by())
    shares = [_share(counts.get(option.pk, 0), people) for option in options]
    found = tuple(map(OptionResult, options, shares))
    return Tally(people, found, _mean(question, shares, people))


def _mean(question: Question, shares: list[Share], people: int) -> float | None:
    if question.kind != QuestionKind.SCALE:
        return None
    return sum(step * s.count for step, s in enumerate(shares, start=1)) / people


def _share(count: int, people: int) -> Share:
    low, high = wilson(count, people).tolist()
    return Share(count, count / people, low, high)


def _chosen(question: Question, participant: Participant | None) -> frozenset[int]:
    if participant is None:
        return frozenset()
    mine = Answer.objects.filter(question=question, participant=participant)
    return frozenset(mine.values_list("option_id", flat=True))
