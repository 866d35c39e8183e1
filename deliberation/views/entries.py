"""Contributions on paper and by phone: typed in by editors, followed by a code."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.forms.entries import EntryForm, ReceiptForm
from deliberation.models import Discussion
from deliberation.queries import visits
from deliberation.services import entries
from moderation.choices import ContentStatus
from moderation.identity import HOUR, become_guest, limit_address, remember_guest
from moderation.refusals import Refusal

# Nobody finds a code by trying.
TRIES_AN_HOUR = 20

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the open discussions on pages that this editor may edit."""
    now = timezone.now()
    found = Discussion.objects.select_related("page").order_by("page__title", "section")
    context = _furniture(_("Paper and phone")) | {
        "discussions": [
            each
            for each in found
            if each.stage_at(now).accepts_contributions
            and visits.speaks_for(request.user, each.page)
        ]
    }
    return render(request, "deliberation/admin/entries.html", context)


@never_cache
@form_page
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what somebody said elsewhere, and show the code for them once."""
    found = get_object_or_404(Discussion.objects.select_related("page__locale"), pk=pk)
    if not visits.speaks_for(request.user, found.page):
        raise PermissionDenied
    spoken = found.page.locale.language_code
    known = spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    form = EntryForm(
        request.POST or None, discussion=found, initial={"language": known}
    )
    context = _furniture(found.title) | {"discussion": found, "form": form}
    if form.is_valid():
        told = form.cleaned_data
        try:
            comment, code = entries.enter(
                discussion=found,
                by=request.user,
                channel=told["channel"],
                raw=told["text"],
                language=told["language"],
                stance=told["stance"],
                theme=told.get("theme", ""),
                now=timezone.now(),
            )
        except Refusal as error:
            for message in [f.message for f in error.findings] or [error.message]:
                form.add_error("text", message)
        else:
            path = request.build_absolute_uri(reverse("deliberation:receipt"))
            context |= {
                "code": code,
                "receipt_url": path,
                "is_held": comment.status == ContentStatus.HELD,
                "form": EntryForm(discussion=found, initial={"language": known}),
            }
            return render(request, "deliberation/admin/enter.html", context)
    status = 400 if form.is_bound else 200
    return render(request, "deliberation/admin/enter.html", context, status=status)


@never_cache
@form_page
def receipt(request: HttpRequest) -> HttpResponse:
    """Let whoever holds a receipt see what became of their contribution."""
    form = ReceiptForm(request.POST or None)
    if request.user.is_authenticated and form.is_bound:
        form.add_error("code", _("You are signed in. Please sign out first."))
    if form.is_valid():
        try:
            limit_address(request, act="receipt", most=TRIES_AN_HOUR, within=HOUR)
            _holder, code = entries.holder_of(form.cleaned_data["code"])
        except Refusal as error:
            form.add_error("code", error.message)
        else:
            become_guest(request, code)
            response = redirect("moderation:me")
            remember_guest(request, response)
            messages.success(request, _("Here is what became of your contribution."))
            return response
    status = 400 if form.is_bound else 200
    return render(request, "deliberation/receipt.html", {"form": form}, status=status)


def _furniture(title: str) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("deliberation_admin:entries"), "label": _("Paper and phone")},
        {"url": "", "label": title},
    ]
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "mail",
        "breadcrumbs_items": crumbs,
    }
