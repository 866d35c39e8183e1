"""What the page API says when a page may not be published yet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from forum.queries.publishing import Judged
from forum.services.publishing import NotReady
from moderation.api import problem


def install(api: NinjaAPI) -> None:
    """Answer 422 with the findings, on an API that publishes pages."""

    @api.exception_handler(NotReady)
    def not_ready(_request: HttpRequest, refusal: NotReady) -> HttpResponse:
        return problem.response(
            422,
            "The page does not meet the publishing rules yet.",
            errors=[as_data(each) for each in refusal.judgement.in_the_way],
        )


def as_data(judged: Judged) -> dict[str, Any]:
    """Return a finding as an error of the page API."""
    finding = judged.finding
    path = finding.location.path
    return {
        "type": finding.rule,
        "loc": path.split(".") if path else [],
        "msg": finding.message,
        "severity": finding.severity,
        "why": finding.why,
        "mend": finding.mend,
        "quote": finding.location.quote,
        "may_be_waived": judged.may_be_waived,
    }
