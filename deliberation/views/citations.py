"""On what an official answer rests, as its editors write it down; and as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from deliberation import identity
from deliberation.forms.citations import CitationForm
from deliberation.models import Comment
from deliberation.queries import citations as lines
from deliberation.queries import visibility
from deliberation.queries.visits import Visit
from deliberation.services import citations
from moderation.identity import caller_of
from moderation.refusals import Refusal
from moderation.views import csv_cells


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rests_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an official answer cites; add a line, or take one out."""
    now = timezone.now()
    visit, answer = identity.visit_comment(request, pk, now=now)
    if not (visit.speaks_for_page and answer.is_official and answer.is_public):
        raise Http404
    if "remove" in request.POST:
        return _remove(request, answer)
    form = CitationForm(request.POST or None)
    if form.is_valid():
        try:
            citations.cite(
                answer=answer,
                by=caller_of(request).user,
                wanted=citations.Wanted(**form.cleaned_data),
                now=now,
            )
            messages.success(request, _("The line is added; its author is told."))
            return redirect("deliberation:rests_on", pk)
        except citations.NeedsReason as error:
            form.add_error("reason", error.message)
        except Refusal as error:
            form.add_error("link", error.message)
    return _page(request, visit, answer, form)


@require_safe
def download(request: HttpRequest, page_id: int) -> StreamingHttpResponse:
    """Hand out all that the answers on a page cite, as a table."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None or not visibility.page_is_visible(page, request):
        raise Http404
    head = ("answer", "contribution", "kind", "used", "reason", "cited_at", "text")
    rows = [
        (
            request.build_absolute_uri(lines.path_of(each)),
            request.build_absolute_uri(lines.path_of_cited(each)),
            lines.Line.to_contribution(each).kind,
            "yes" if each.is_used else "no",
            each.reason,
            each.created_at.isoformat(),
            lines.Line.to_contribution(each).quote,
        )
        for each in lines.on_page(page)
    ]
    response = StreamingHttpResponse(
        csv_cells.lines([head, *rows]), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="citations.csv"'
    return response


def _remove(request: HttpRequest, answer: Comment) -> HttpResponse:
    wanted = request.POST["remove"]
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise Http404
    found = get_object_or_404(answer.citations, pk=int(wanted))
    citations.uncite(citation=found, by=caller_of(request).user)
    messages.success(request, _("The line is taken out."))
    return redirect("deliberation:rests_on", answer.pk)


def _page(
    request: HttpRequest, visit: Visit, answer: Comment, form: CitationForm
) -> HttpResponse:
    context: dict[str, Any] = {
        "visit": visit,
        "answer": answer,
        "lines": lines.of_comments([answer]).cites.get(answer.pk, ()),
        "form": form,
    }
    status = 400 if form.is_bound else 200
    return render(request, "deliberation/rests_on.html", context, status=status)
