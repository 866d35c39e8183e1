"""Simple questions: open, answer, take back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from deliberation.choices import QuestionKind, ResultsVisibility
from deliberation.models import Answer, Option, Question
from deliberation.services import discussions
from moderation.models import Participant, Policy
from moderation.queries import policies
from moderation.refusals import Refusal, Why


class NotAnAnswer(Refusal):
    """What was chosen cannot be an answer to this question."""


class MayNotAnswer(Refusal):
    """The person may not take part here."""

    why = Why.NOT_ALLOWED


@transaction.atomic
def open_on(
    *,
    page: Page,
    title: str,
    kind: QuestionKind,
    options: Sequence[str],
    opens_at: datetime | None,
    closes_at: datetime | None,
    introduction: str = "",
    policy: Policy | None = None,
    results: str = ResultsVisibility.AFTER_VOTING,
    section: str = "",
) -> Question:
    """Return the question of a page's section, made or brought up to date.

    New options are added behind the others; one that is no longer given goes, unless
    somebody chose it.
    """
    question, _made = Question.objects.update_or_create(
        page_id=page.pk,
        section=section,
        defaults={
            "title": title,
            "kind": kind,
            "introduction": introduction,
            "opens_at": opens_at,
            "closes_at": closes_at,
            "policy": policy,
            "results": results,
        },
    )
    present = {
        option.text: option for option in Option.objects.filter(question=question)
    }
    for place, text in enumerate(dict.fromkeys(options)):
        Option.objects.update_or_create(
            question_id=question.pk, text=text, defaults={"sort_order": place}
        )
    for text, option in present.items():
        if text not in options and not option.answers.exists():
            option.delete()
    return question


@transaction.atomic
def answer(
    *,
    question: Question,
    participant: Participant,
    options: Collection[int],
    now: datetime,
) -> None:
    """Store somebody's answer, by the ids of the options, in place of an earlier one.

    Raises discussions.Closed, MayNotAnswer, or NotAnAnswer for options of another
    question, too many or none.
    """
    discussions.require_open(question, now=now)
    _check_admitted(question, participant)
    chosen = _chosen(question, options)
    _lock(participant)
    Answer.objects.filter(question=question, participant=participant).delete()
    Answer.objects.bulk_create(
        Answer(
            question=question,
            option=option,
            participant=participant,
            is_only=QuestionKind(question.kind).takes_one,
            cast_at=now,
        )
        for option in chosen
    )


@transaction.atomic
def take_back(*, question: Question, participant: Participant, now: datetime) -> None:
    """Remove somebody's answer, if there is one. Raises discussions.Closed."""
    discussions.require_open(question, now=now)
    _lock(participant)
    Answer.objects.filter(question=question, participant=participant).delete()


def _check_admitted(question: Question, participant: Participant) -> None:
    if not participant.may_write:
        raise MayNotAnswer(_("Your account may not vote at present."))
    if participant.is_guest and not policies.of(question).guests_may_vote:
        raise MayNotAnswer(_("Sign in to answer this question."))


def _chosen(question: Question, options: Collection[int]) -> list[Option]:
    wanted = set(options)
    given = Option.objects.filter(question=question)
    chosen = [option for option in given if option.pk in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise NotAnAnswer(_("Please choose among the answers that are given."))
    if QuestionKind(question.kind).takes_one and len(chosen) > 1:
        raise NotAnAnswer(_("Please choose one answer only."))
    if question.most_answers and len(chosen) > question.most_answers:
        message = _("Please choose at most %(most)d answers.")
        raise NotAnAnswer(message % {"most": question.most_answers})
    return chosen


def _lock(participant: Participant) -> None:
    """Let one request at a time touch this participant's answers."""
    locked = Participant.objects.select_for_update(no_key=True)
    locked.values_list("pk").get(pk=participant.pk)
