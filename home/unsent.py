"""Forms that cannot be taken as they were sent: why, and what was typed in them."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import defaults


def too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in words that more was sent than can be read; all else is Django's to say.

    Nothing of it was read, so it can be given back by the browser only.
    """
    if not isinstance(exception, RequestDataTooBig):
        return defaults.bad_request(request, exception)
    return render(request, "413.html", {"back": _back(request)}, status=413)


def gone(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page, and give back what was typed while it went."""
    context: dict[str, Any] = {}
    # Or what cannot be read.
    with suppress(SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        context["text"] = request.POST.get("text", "")
    return render(request, "404.html", context, status=404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form is from before one signed in or out, and give its text back."""
    context: dict[str, Any] = {
        "back": _back(request),
        "text": request.POST.get("text", ""),
    }
    return render(request, "403_csrf.html", context, status=403)


def _back(request: HttpRequest) -> str:
    """Return the address of the form, "" where the browser does not tell one of ours."""
    address = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    return address if url_has_allowed_host_and_scheme(address, hosts) else ""
