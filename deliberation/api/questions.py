"""Simple questions: read one, answer it, take the answer back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError

from deliberation.api.result_schemas import ShareOut
from deliberation.choices import QuestionKind, ResultsVisibility, Stage
from deliberation.models import Question
from deliberation.queries import questions, visibility
from deliberation.services import questions as service
from moderation.api.bodies import In
from moderation.api.caller import anyone, known
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.identity import caller_of, participant_for_writing, remember_guest
from moderation.queries import policies

router = Router(auth=anyone)

MOST_OPTIONS = 200


class ChoiceIn(In):
    """The ids of the options chosen."""

    options: list[int] = Field(max_length=MOST_OPTIONS)


class OptionOut(Schema):
    """An answer to choose, and whether the caller chose it."""

    id: int
    text: str
    mine: bool


class OptionResultOut(Schema):
    """How many chose an option."""

    option: int
    share: ShareOut


class AnswersOut(Schema):
    """How people answered; no options while fewer than five did."""

    people: int | None
    options: list[OptionResultOut]
    mean: float | None = Field(description="On a scale: the mean step, from 1.")


class QuestionOut(Schema):
    """A simple question. `results` is null until the caller may see them."""

    id: int
    title: str
    introduction: str
    section: str
    page: int
    kind: QuestionKind
    most_answers: int | None
    stage: Stage
    opens_at: datetime | None
    closes_at: datetime | None
    closed_early_because: str
    shows_results: ResultsVisibility
    options: list[OptionOut]
    may_answer: bool
    results: AnswersOut | None
    url: str


@router.get(
    "/{int:pk}",
    response=QuestionOut,
    summary="Read a question",
    operation_id="read_question",
    url_name="question",
)
@decorate_view(conditional)
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return a question, the caller's own answer and, where shown, the results."""
    return _question(request, pk)


@router.put(
    "/{int:pk}/answer",
    response=QuestionOut,
    summary="Answer a question",
    operation_id="answer_question",
)
@decorate_view(idempotent)
def put(
    request: HttpRequest, response: HttpResponse, pk: int, body: ChoiceIn
) -> dict[str, Any]:
    """Set the caller's answer; it may change until the close, then 409."""
    now, found = timezone.now(), visibility.window(Question, pk, request)
    with transaction.atomic():
        participant = participant_for_writing(
            request, now=now, guests=policies.of(found).guests_may_vote
        )
        if participant is None:
            raise AuthenticationError
        service.answer(
            question=found, participant=participant, options=body.options, now=now
        )
    remember_guest(request, response)
    return _question(request, pk)


@router.delete(
    "/{int:pk}/answer",
    auth=known,
    response={204: None},
    summary="Take an answer back",
    operation_id="take_back_answer",
)
@decorate_view(idempotent)
def delete(request: HttpRequest, pk: int) -> Status[None]:
    """Remove the caller's answer, if there is one."""
    found = visibility.window(Question, pk, request)
    participant = caller_of(request).participant
    if participant is None:
        raise AuthenticationError
    service.take_back(question=found, participant=participant, now=timezone.now())
    return Status(204, None)


def _question(request: HttpRequest, pk: int) -> dict[str, Any]:
    found, caller = visibility.window(Question, pk, request), caller_of(request)
    visit = questions.visit(
        question=found,
        participant=caller.participant,
        has_account=caller.user is not None,
        now=timezone.now(),
    )
    return {
        "id": found.pk,
        "title": found.title,
        "introduction": found.introduction,
        "section": found.section,
        "page": found.page_id,
        "kind": found.kind,
        "most_answers": found.most_answers,
        "stage": visit.stage,
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "closed_early_because": found.ended_because,
        "shows_results": found.results,
        "options": [
            {"id": one.pk, "text": one.text, "mine": one.pk in visit.chosen}
            for one in visit.options
        ],
        "may_answer": visit.may_answer,
        "results": visit.tally and _tally(visit.tally),
        "url": reverse("deliberation:question", args=[found.pk]),
    }


def _tally(tally: questions.Tally) -> dict[str, Any]:
    return {
        "people": None if tally.is_too_small else tally.people,
        "options": [
            {
                "option": each.option.pk,
                "share": {
                    "count": each.share.count,
                    "share": each.share.share,
                    "low": each.share.low,
                    "high": each.share.high,
                },
            }
            for each in tally.options
        ],
        "mean": tally.mean,
    }
