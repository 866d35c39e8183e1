"""What a poll found, how that went over time, and whether it can be trusted."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view

from deliberation import tasks
from deliberation.api import check_schemas, result_bodies, result_schemas
from deliberation.models import Poll
from deliberation.queries import exports, polls, results, visibility
from moderation.api.caller import anyone
from moderation.api.conditional import conditional
from moderation.identity import caller_of
from moderation.models import Participant

router = Router(auth=anyone)


@router.get(
    "/{int:pk}/results",
    response=result_schemas.ResultsOut,
    summary="Read the results",
    operation_id="read_results",
    url_name="results",
)
@decorate_view(conditional)
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what the poll found, if it shows that to the caller now; else 403."""
    poll, caller = _shown_to_caller(request, pk)
    tasks.catch_up(poll)
    shown = results.of(poll)
    you = results.you(shown, caller) if shown else None
    return result_bodies.found(poll.pk, shown, you)


@router.get(
    "/{int:pk}/results/history",
    response=list[check_schemas.MomentOut],
    summary="Read how the results went",
    operation_id="read_results_history",
    url_name="results_history",
)
@decorate_view(conditional)
def history(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Return the snapshots that are kept, oldest first; 403 where results are."""
    poll, _caller = _shown_to_caller(request, pk)
    return [check_schemas.moment(each) for each in results.history(poll)]


@router.get(
    "/{int:pk}/results/check",
    response=check_schemas.CheckOut,
    summary="Read the check for manipulation",
    operation_id="read_results_check",
    url_name="results_check",
)
@decorate_view(conditional)
def check(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return who was conspicuous, and the results with and without them.

    `everybody` and `others` are null where nobody was; 403 where results are.
    """
    poll, _caller = _shown_to_caller(request, pk)
    shown, rest = results.of(poll), results.without_conspicuous(poll)
    both = results.compared(shown, rest) if shown and rest else None
    return check_schemas.check(shown, both)


@router.get(
    "/{int:pk}/export/{file}",
    summary="Download the votes",
    operation_id="export_poll",
    url_name="export_poll",
    response={200: None},
)
def export(request: HttpRequest, pk: int, file: str) -> StreamingHttpResponse:
    """Return one file of the Polis set, where votes are open data and results shown.

    `comments.csv`, `votes.csv`, `participants-votes.csv`, `summary.csv`, and
    `format.json`, which declares the signs. Voters have numbers of their own here.
    """
    poll, _caller = _shown_to_caller(request, pk)
    lines = exports.open_data(file, poll=poll)
    kind = "application/json" if file.endswith(".json") else "text/csv; charset=utf-8"
    answer = StreamingHttpResponse(lines, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="poll-{poll.pk}-{file}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _shown_to_caller(request: HttpRequest, pk: int) -> tuple[Poll, Participant | None]:
    poll, caller = visibility.poll(pk, request), caller_of(request).participant
    polls.require_results(poll=poll, participant=caller, now=timezone.now())
    return poll, caller
