"""Polls in the Wagtail admin: participation, settings, closing, comparing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from deliberation.forms.desk import (
    AboutVotersForm,
    InviteForm,
    RewordForm,
    SettingsForm,
)
from deliberation.models import Poll
from deliberation.queries import desk
from deliberation.services import invitations, polls, results, statements
from moderation.choices import ContentStatus
from moderation.refusals import Refusal

PUBLISHED = ContentStatus.PUBLISHED


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the polls on pages that this editor may edit."""
    found = desk.polls_of(request.user)
    context = _furniture(_("Polls")) | {
        "polls": [(poll, poll.stage_at(timezone.now())) for poll in found]
    }
    return render(request, "deliberation/admin/polls.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one poll, and do what its buttons say."""
    found = _find(request, pk)
    form, links = SettingsForm(instance=found), []
    if request.POST.get("act") == "invite":
        links = _invite(request, found)
    elif request.method == "POST":
        act = _ACTS.get(request.POST.get("act", ""))
        if act is None:
            messages.error(request, _("Nothing of this kind can be done here."))
        elif answer := act(request, found):
            form = answer
        if not form.errors:
            return redirect("deliberation_admin:poll", pk)
    context = _furniture(found.title) | {
        "poll": found,
        "stage": found.stage_at(timezone.now()),
        "overview": desk.overview(found),
        "form": form,
        "reword": RewordForm(),
        "invite": InviteForm(),
        "invited": found.invitations.count(),
        "links": "\n".join(links),
        "seeds": found.statements.filter(is_seed=True).order_by("number"),
        "opinions": found.statements.filter(status=PUBLISHED, is_meta=False).order_by(
            "number"
        ),
        "about_voters": found.statements.filter(is_meta=True).order_by("number"),
        "others": [p for p in desk.polls_of(request.user) if p.pk != found.pk],
    }
    return render(request, "deliberation/admin/poll.html", context)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two polls side by side."""
    other = request.GET.get("other", "")
    if not (other.isascii() and other.isdigit() and len(other) < 19):
        return redirect("deliberation_admin:poll", pk)
    both = _find(request, pk), _find(request, int(other))
    context = _furniture(_("Two polls side by side")) | {
        "overviews": [desk.overview(each) for each in both]
    }
    return render(request, "deliberation/admin/compare.html", context)


def _close(request: HttpRequest, found: Poll) -> None:
    try:
        polls.end(poll=found, reason=request.POST.get("reason", ""), now=timezone.now())
    except Refusal as error:
        messages.error(request, error.message)
        return
    results.refresh(poll=found, now=timezone.now())
    messages.success(request, _("The poll is closed. Its results are computed."))


def _refresh(request: HttpRequest, found: Poll) -> None:
    results.refresh(poll=found, now=timezone.now())
    messages.success(request, _("The results are computed anew."))


def _settings(request: HttpRequest, found: Poll) -> SettingsForm:
    form = SettingsForm(request.POST, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, _("The settings are saved."))
    return form


def _reword(request: HttpRequest, found: Poll) -> None:
    form = RewordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the statement's new words."))
        return
    seed = get_object_or_404(
        found.statements, pk=form.cleaned_data["statement"], is_seed=True
    )
    try:
        new = statements.reword(
            statement=seed, text=form.cleaned_data["text"], now=timezone.now()
        )
    except Refusal as error:
        messages.error(request, error.message)
        return
    if new.pk == seed.pk:
        messages.success(request, _("The statement has its new words."))
    else:
        messages.success(
            request,
            _("People had voted on it, so a new statement took its place."),
        )


def _about_voters(request: HttpRequest, found: Poll) -> None:
    form, now = AboutVotersForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.error(request, _("Choose a statement of this poll."))
        return
    one = get_object_or_404(found.statements, pk=form.cleaned_data["statement"])
    is_meta = form.cleaned_data["is_meta"]
    try:
        statements.set_about_voters(statement=one, is_meta=is_meta, now=now)
    except Refusal as error:
        messages.error(request, error.message)
        return
    results.refresh(poll=found, now=now)
    told = (
        _("Statement %d shapes no groups any more. The results are computed anew.")
        if is_meta
        else _("Statement %d shapes groups again. The results are computed anew.")
    )
    messages.success(request, told % one.number)


def _invite(request: HttpRequest, found: Poll) -> list[str]:
    """Return the addresses of new invitations, shown this once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how many links you need."))
        return []
    try:
        tokens = invitations.make(
            poll=found, number=form.cleaned_data["number"], now=timezone.now()
        )
    except Refusal as error:
        messages.error(request, error.message)
        return []
    return [
        request.build_absolute_uri(
            reverse("deliberation:poll_join", args=[found.pk, token])
        )
        for token in tokens
    ]


_ACTS: dict[str, Callable[[HttpRequest, Poll], SettingsForm | None]] = {
    "close": _close,
    "refresh": _refresh,
    "settings": _settings,
    "reword": _reword,
    "about_voters": _about_voters,
}


def _find(request: HttpRequest, pk: int) -> Poll:
    found = get_object_or_404(Poll.objects.select_related("page"), pk=pk)
    if not desk.may_run(request.user, found):
        raise PermissionDenied
    return found


def _furniture(title: str) -> dict[str, Any]:
    crumbs = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("deliberation_admin:polls"), "label": _("Polls")},
        {"url": "", "label": title},
    ]
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": "form",
        "breadcrumbs_items": crumbs,
    }
