"""What a poll found: in words, in tables, as a map, as files."""

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deliberation import tasks
from deliberation.models import Poll
from deliberation.queries import citations, exports, polls, results, visibility
from deliberation.queries.exports.spreadsheet import spreadsheet
from deliberation.views import opinion_map
from moderation.identity import caller_of
from moderation.models import Participant

STATEMENTS_ON_A_PAGE = 50
STATEMENTS_PRINTED = 300
SPREADSHEET = "results.xlsx"
ORDERS = ("number", "agree", "disagree", "pass", "divides", "important", "votes")


@never_cache
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what unites, what divides, the groups and the map.

    With `?view=print` everything is unfolded, nobody's own place is marked and the
    statements follow.
    """
    poll, participant = _find(request, pk)
    if refused := _refusal(request, poll, participant):
        return refused
    tasks.catch_up(poll)
    shown = results.of(poll)
    is_print = request.GET.get("view") == "print"
    you = results.you(shown, participant) if shown and not is_print else None
    context = {
        "poll": poll,
        "results": shown,
        "printed": shown.statements[:STATEMENTS_PRINTED] if shown and is_print else (),
        "you": you,
        "your_group": shown.group(you.letter) if shown and you else None,
        "drawing": shown
        and opinion_map.draw(shown, you, zoom=request.GET.get("zoom", "")),
        "history": results.history(poll),
        "files": exports.FILES if exports.is_open(poll) else (),
        "is_closed": not poll.stage_at(timezone.now()).accepts_contributions,
    }
    return render(request, "deliberation/results.html", context)


@never_cache
@require_safe
def every_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """List all statements with everybody's votes and each group's, in pages."""
    poll, participant = _find(request, pk)
    if refused := _refusal(request, poll, participant):
        return refused
    shown = results.of(poll)
    wanted = request.GET.get("order", "")
    order = wanted if wanted in ORDERS else ORDERS[0]
    found = _ordered(shown, order) if shown else []
    leaf = Paginator(found, STATEMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = citations.of_statements(each.statement.pk for each in leaf)
    context = {
        "poll": poll,
        "results": shown,
        "page_obj": leaf,
        "entries": [(each, lines.get(each.statement.pk, ())) for each in leaf],
        "order": order,
    }
    return render(request, "deliberation/results_all.html", context)


@never_cache
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the results with and without conspicuous voters, side by side."""
    poll, participant = _find(request, pk)
    if refused := _refusal(request, poll, participant):
        return refused
    shown, rest = results.of(poll), results.without_conspicuous(poll)
    both = results.compared(shown, rest) if shown and rest else None
    context = {"poll": poll, "results": shown, "comparison": both}
    return render(request, "deliberation/results_check.html", context)


@never_cache
@require_safe
def download(request: HttpRequest, pk: int, file: str) -> HttpResponseBase:
    """Send the results as a spreadsheet, or the votes as one of the Polis files."""
    poll, participant = _find(request, pk)
    if refused := _refusal(request, poll, participant):
        return refused
    name = f"poll-{poll.pk}-{file}"
    if file == SPREADSHEET:
        shown = results.of(poll)
        if shown is None:
            raise Http404
        return FileResponse(
            io.BytesIO(spreadsheet(shown)), as_attachment=True, filename=name
        )
    try:
        lines = exports.open_data(file, poll=poll)
    except exports.NotOpen as error:
        raise Http404(error.message) from None
    kind = "application/json" if file.endswith(".json") else "text/csv; charset=utf-8"
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _find(request: HttpRequest, pk: int) -> tuple[Poll, Participant | None]:
    return visibility.poll(pk, request), caller_of(request).participant


def _refusal(
    request: HttpRequest, poll: Poll, participant: Participant | None
) -> HttpResponse | None:
    try:
        polls.require_results(poll=poll, participant=participant, now=timezone.now())
    except polls.ResultsNotShown as error:
        messages.info(request, error.message)
        return redirect("deliberation:poll", poll.pk)
    return None


def _ordered(shown: results.Results, order: str) -> list[results.StatementResult]:
    keys = {
        "number": lambda one: one.statement.number,
        "agree": lambda one: -one.overall.agree.low,
        "disagree": lambda one: -one.overall.disagree.low,
        "pass": lambda one: -one.overall.passed.low,
        "divides": lambda one: -one.extremity,
        "important": lambda one: -(one.important or 0),
        "votes": lambda one: -one.overall.votes,
    }
    return sorted(shown.statements, key=keys[order])
