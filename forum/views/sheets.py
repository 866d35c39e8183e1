"""In public: how a page, and the whole site, meets the publishing rules."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page, Site

from deliberation.queries import visibility
from forum.forms.barrier import BarrierForm
from forum.queries import policies, publishing, sheets
from forum.queries.sheets import Sheet
from forum.services import barriers
from moderation import identity
from moderation.refusals import Refusal
from moderation.rules.pages import Severity

SHOWN = 50
REPORTS_AN_HOUR = 5


@require_safe
def sheet(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what was checked, waived and owed on one page."""
    found = _found(request, page_id)
    context = {"sheet": found, "asked": found.page}
    context["in_the_way"] = found.judgement.in_the_way
    context["automatic"] = found.judgement.of(Severity.AUTO)
    return render(request, "forum/gate/sheet.html", context)


@require_safe
def sheet_json(request: HttpRequest, page_id: int) -> JsonResponse:
    """Return the same as data."""
    return JsonResponse(as_data(request, _found(request, page_id)))


@require_safe
def badge(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return it in one line of plain text."""
    line = _found(request, page_id).badge
    return HttpResponse(line + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """Show every public page with its line."""
    found = sheets.lines(_root(request), now=timezone.now(), limit=SHOWN)
    clean = sum(each.is_clean for each in found)
    context = {"sheets": found, "clean": clean, "shown": SHOWN}
    return render(request, "forum/gate/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement; take a report of what shuts somebody out."""
    form = BarrierForm(request.POST or None)
    case = None
    if form.is_valid():
        try:
            identity.limit_address(
                request,
                act="barrier",
                most=REPORTS_AN_HOUR,
                within=timedelta(hours=1),
            )
            case = barriers.report(
                now=timezone.now(), language=get_language() or "", **form.cleaned_data
            )
        except Refusal as error:
            form.add_error(None, error.message)
    root, now = _root(request), timezone.now()
    found = sheets.lines(root, now=now, limit=SHOWN)
    policy = policies.row_for(root)
    context = {
        "form": form,
        "case": case,
        "waivers": [
            (each.page, waiver)
            for each in found
            for waiver in each.waivers
            if waiver.rule.startswith("A11Y")
        ],
        "policy": policy,
        "rules": policy.rules().rules_for(),
        "now": now,
    }
    status = 400 if form.errors else 200
    return render(request, "forum/gate/statement.html", context, status=status)


def as_data(request: HttpRequest, found: Sheet) -> dict[str, Any]:
    """Return a sheet as plain data."""
    judgement = found.judgement
    return {
        "page": request.build_absolute_uri(found.page.get_url(request)),
        "sheet": request.build_absolute_uri(
            reverse("forum:sheet", args=[found.page.pk])
        ),
        "title": found.page.title,
        "policy": judgement.policy.name,
        "process_type": judgement.view.process_type,
        "languages": [
            judgement.view.language,
            *(each.language for each in judgement.view.translations),
        ],
        "badge": found.badge,
        "checked": list(judgement.checked),
        "kept": [rule.id for rule in found.kept],
        "open": [
            {"rule": each.finding.rule, "message": each.finding.message}
            for each in judgement.in_the_way
        ],
        "waivers": [
            {
                "rule": each.rule,
                "finding": each.message,
                "reason": each.reason,
                "signed_by": each.signed_as,
                "signed_at": each.signed_at,
                "withdrawn_at": each.withdrawn_at,
            }
            for each in (*found.waivers, *found.withdrawn)
        ],
        "deadlines": [
            {"what": each.name, "due": each.due, "state": each.state.value}
            for each in found.debts
        ],
        "access": [
            {"question": each.label, "answer": each.answer, "note": each.note}
            for each in judgement.view.access
        ],
    }


def _found(request: HttpRequest, page_id: int) -> Sheet:
    page: Any = Page.objects.filter(pk=page_id).specific().first()
    if not publishing.is_judged(page) or not visibility.page_is_visible(page, request):
        raise Http404
    return sheets.of(page, now=timezone.now())


def _root(request: HttpRequest) -> Page:
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return site.root_page
