"""One's own data: read it, take it along, have it erased."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moderation import identity
from moderation.models import Participant
from moderation.queries import personal_data, policies
from moderation.queries import personal_words as words
from moderation.refusals import Refusal
from moderation.services import erasure


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the caller all that the forum holds of them."""
    data = personal_data.collect(_participant(request))
    context = {"person": words.person(data), "lists": words.lists(data)}
    return render(request, "moderation/my_data.html", context)


@never_cache
@require_safe
def download(request: HttpRequest) -> JsonResponse:
    """Hand the caller all of it as a file that programs can read."""
    data = personal_data.collect(_participant(request))
    response = JsonResponse(data, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Say what erasing means, and take the wish or its withdrawal."""
    participant = _participant(request)
    context: dict[str, Any] = {
        "participant": participant,
        "policy": policies.site_policy(),
    }
    if request.method == "POST":
        try:
            return _erase(request, participant)
        except Refusal as error:
            context["error"] = error.message
    status = 400 if "error" in context else 200
    return render(request, "moderation/erase.html", context, status=status)


def _erase(request: HttpRequest, participant: Participant) -> HttpResponse:
    if "keep" in request.POST:
        erasure.cancel(participant=participant)
        messages.success(request, _("Your data stays."))
    else:
        erasure.ask(participant=participant, now=timezone.now())
        messages.success(request, _("Your data will be erased in a day."))
    return redirect("moderation:me")


def _participant(request: HttpRequest) -> Participant:
    participant = identity.caller_of(request).participant
    if participant is None:
        raise Http404
    return participant
