"""Errors of the API as problem+json (RFC 9457), in the shape of Wagtail's v3."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.log import log_response
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from moderation.refusals import Refusal, Why
from moderation.rules import Finding

STATUS = {
    Why.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    Why.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Why.CLOSED: HTTPStatus.CONFLICT,
    Why.CONFLICT: HTTPStatus.CONFLICT,
    Why.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Why.TOO_SOON: HTTPStatus.TOO_MANY_REQUESTS,
}


def response(
    status: int, detail: str, *, kind: str = "about:blank", **extra: Any
) -> HttpResponse:
    """Return a problem+json response; `extra` members stand beside the usual ones."""
    body = {
        "type": kind,
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        **extra,
    }
    return HttpResponse(
        json.dumps(body, cls=DjangoJSONEncoder),
        status=status,
        content_type="application/problem+json",
    )


def findings_as_data(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain data: rule id, severity, message, location.

    The location counts characters of the text; it is None for the text as a whole.
    `until` is the moment from which the same text would be let in.
    """
    return [
        {
            "rule": finding.rule,
            "version": finding.version,
            "severity": finding.severity,
            "message": str(finding.message),
            "location": None
            if finding.start is None
            else {"start": finding.start, "end": finding.end},
            "matched": finding.matched,
            "until": finding.until,
        }
        for finding in findings
    ]


def of_refusal(error: Refusal) -> HttpResponse:
    """Return what a refusal is in HTTP, with the findings and the person's text."""
    extra: dict[str, Any] = dict(error.extra)
    if error.findings:
        extra["findings"] = findings_as_data(error.findings)
    if error.text:
        extra["text"] = error.text
    return response(STATUS[error.why], error.message, kind=error.why.value, **extra)


def install(api: NinjaAPI) -> None:
    """Make every error of this API a problem+json response."""

    @api.exception_handler(Refusal)
    def refusal(request: HttpRequest, error: Refusal) -> HttpResponse:
        return of_refusal(error)

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
        return response(404, _("There is nothing here that you may see."))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return response(401, _("Sign in, or send a guest token, to do this."))

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return response(403, str(error) or _("You may not do this."))

    @api.exception_handler(RequestDataTooBig)
    def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return response(413, _("This is more than can be sent at once."))

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"location": ".".join(str(p) for p in e["loc"]), "message": e["msg"]}
            for e in error.errors
        ]
        return response(422, _("Something in the request is not right."), errors=errors)

    @api.exception_handler(Exception)
    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        # As Django does it: whoever watches for failures hears of this one.
        got_request_exception.send(sender=None, request=request)
        answer = response(500, _("Something went wrong on our side. It was noted."))
        log_response(
            "%s: %s",
            answer.reason_phrase,
            request.path,
            response=answer,
            request=request,
            exception=error,
        )
        return answer

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return response(error.status_code, str(error))
