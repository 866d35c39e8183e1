"""“Ready to publish?”: the checklist of one page, and a dry run over all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from wagtail.models import Page

from forum.forms.waiver import WaiverForm
from forum.models import Dismissal, PublishingPolicy, Waiver, Withholding
from forum.queries import participation_models, publishing
from forum.queries.publishing import Judged
from forum.services import publishing as gate
from forum.views import places
from moderation.rules.pages import Severity, registry
from moderation.rules.pages.presets import PRESETS


@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what a draft still needs; take a signature for what may be waived."""
    page = draft(request, page_id)
    status = 200
    form = WaiverForm(request.POST or None, signer=request.user)
    if request.method == "POST":
        if form.is_valid():
            try:
                gate.sign(
                    page=page,
                    user=request.user,
                    now=timezone.now(),
                    **form.cleaned_data,
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Signed. The public can read it."))
                return redirect("forum_admin:ready", page_id)
        status = 422
    context = checklist(request, page) | {"form": form, "sent": request.POST}
    return render(request, "forum/admin/ready.html", context, status=status)


@require_POST
def dismiss(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hide a hint from this editor."""
    page = draft(request, page_id)
    mark = request.POST.get("fingerprint", "")
    judgement = publishing.judge(page, now=timezone.now())
    if mark in {each.fingerprint for each in judgement.of(Severity.HINT)}:
        gate.dismiss(page=page, user=request.user, fingerprint=mark)
    return redirect("forum_admin:ready", page_id)


@require_POST
def withdraw(request: HttpRequest, page_id: int, pk: int) -> HttpResponse:
    """End a waiver."""
    page = draft(request, page_id)
    waiver = get_object_or_404(Waiver, pk=pk, page=page.pk)
    try:
        gate.withdraw(waiver=waiver, user=request.user, now=timezone.now())
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _("Withdrawn. It stays on record."))
    return redirect("forum_admin:ready", page_id)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show how every page stands, under its policy or under one to be tried."""
    tried, name = _tried(request.GET.get("policy", ""))
    now = timezone.now()
    rows = [
        (page, publishing.judge(page, now=now, policy=tried)) for page in _mine(request)
    ]
    context = _frame(_("Publishing rules")) | {
        "rows": sorted(rows, key=lambda row: -len(row[1].in_the_way)),
        "name": name,
        "presets": PRESETS.values(),
        "policies": PublishingPolicy.objects.select_related("site"),
        "chosen": request.GET.get("policy", ""),
    }
    return render(request, "forum/admin/publishing.html", context)


def draft(request: HttpRequest, page_id: int) -> Any:
    """Return the newest version of a page that this editor may change."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not publishing.is_judged(page):
        raise PermissionDenied
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def _mine(request: HttpRequest) -> list[Any]:
    pages = [page for model in participation_models() for page in model.objects.all()]
    return [
        page.get_latest_revision_as_object()
        for page in pages
        if page.permissions_for_user(request.user).can_edit() and not page.alias_of_id
    ]


def _tried(wanted: str) -> tuple[Any, str]:
    if wanted in PRESETS:
        return PRESETS[wanted], str(PRESETS[wanted].title)
    row = (
        PublishingPolicy.objects.filter(pk=int(wanted)).first()
        if wanted.isdecimal() and len(wanted) < 10
        else None
    )
    return (row.rules(), str(row)) if row else (None, "")


def checklist(
    request: HttpRequest, page: Any, *, parent: Page | None = None
) -> dict[str, Any]:
    """Return what the checklist shows; `parent` is that of a page never saved."""
    judgement = publishing.judge(page, now=timezone.now(), parent=parent)
    number = len(judgement.in_the_way)
    hidden = Dismissal.objects.filter(page=page.pk, user=request.user.pk or 0)
    dismissed = set(hidden.values_list("fingerprint", flat=True))
    return _frame(_("Ready to publish?"), page if page.pk else None) | {
        "page": page,
        "judgement": judgement,
        "summary": _summary(number),
        "must": _rows(page, judgement.of(Severity.BLOCK)),
        "should": _rows(page, judgement.of(Severity.WARN)),
        "hints": [
            row
            for row in _rows(page, judgement.of(Severity.HINT))
            if row[0].fingerprint not in dismissed
        ],
        "automatic": _rows(page, judgement.of(Severity.AUTO)),
        "number": number,
        "waived": judgement.waived,
        "kept": [registry.get(rule) for rule in judgement.kept],
        "may_sign": request.user.has_perm(gate.MAY_SIGN),
        "stopped": Withholding.objects.filter(page=page.pk).last(),
    }


def _rows(page: Any, items: tuple[Judged, ...]) -> list[tuple[Judged, str, str]]:
    """Return findings with the address of their field and with its name."""
    return [
        (
            each,
            places.address(page, each.finding.location),
            places.label(page, each.finding.location),
        )
        for each in items
    ]


def _summary(number: int) -> str:
    if not number:
        return _("Nothing stands in the way.")
    return (
        ngettext(
            "%d thing stands between this page and the public.",
            "%d things stand between this page and the public.",
            number,
        )
        % number
    )


def _frame(title: str, page: Any = None) -> dict[str, Any]:
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("forum_admin:publishing"), "label": _("Publishing rules")},
    ]
    if page:
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        trail.append({"url": address, "label": page.get_admin_display_title()})
        trail.append({"url": "", "label": title})
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "circle-check",
        "breadcrumbs_items": trail,
    }
