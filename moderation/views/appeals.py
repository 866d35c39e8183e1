"""Object to a decision: no account is needed, the receipt is enough."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moderation.forms.appeals import AppealForm
from moderation.models import Decision, Flag
from moderation.queries import statements
from moderation.refusals import Refusal
from moderation.services import appeals


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_author(request: HttpRequest, receipt: str) -> HttpResponse:
    """Let the author object to having their contribution hidden."""
    decision = statements.by_receipt(receipt)
    if decision is None:
        raise Http404

    def send(text: str) -> None:
        appeals.raise_by_author(decision=decision, text=text, now=timezone.now())

    return _appeal(request, decision, "moderation:decision", receipt, send)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_reporter(request: HttpRequest, receipt: str) -> HttpResponse:
    """Let a reporter object to leaving what they reported."""
    flag = get_object_or_404(
        Flag.objects.select_related("answered_by"), receipt=receipt, rule_id=""
    )
    if flag.answered_by is None:
        raise Http404

    def send(text: str) -> None:
        appeals.raise_by_reporter(flag=flag, text=text, now=timezone.now())

    return _appeal(request, flag.answered_by, "moderation:receipt", receipt, send)


def _appeal(
    request: HttpRequest,
    decision: Decision,
    back: str,
    receipt: str,
    send: Callable[[str], Any],
) -> HttpResponse:
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            send(form.cleaned_data["text"])
            messages.success(request, _("Your appeal was received."))
            return redirect(back, receipt)
        except Refusal as error:
            form.add_error(None, error.message)
    context = {"form": form, "decision": decision, "back": back, "receipt": receipt}
    status = 400 if form.is_bound else 200
    return render(request, "moderation/appeal.html", context, status=status)
