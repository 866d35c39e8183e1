"""The statement of reasons, for whoever holds its receipt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from moderation import contents
from moderation.choices import Act
from moderation.models import Decision
from moderation.queries import appeals, changes, policies, statements
from moderation.services import notices, sanctions


@never_cache
@require_safe
def statement(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show what was decided, under which rule, on which facts, and what one can do."""
    decision = _find(receipt)
    content: Any = decision.content
    port = contents.of(content)
    sanction = statements.sanction_of(decision)
    context = {
        "sanction": sanctions.in_words(sanction) if sanction else "",
        "decision": decision,
        "content": content,
        "context": port.context(content),
        "text": changes.text_before(decision, content),
        "edit_url": port.edit_url(content) if changes.asks_for_edit(content) else "",
        "redress": (port.policy(content) or policies.site_policy()).redress,
        "interim": statements.interim_of(decision),
        "title": notices.title_for_author(decision.act),
        "restricts": Act(decision.act).restricts,
        "number": statements.number_of(decision),
        "appeal_until": statements.appeal_until(decision),
        "appeal": (appeal := appeals.of_author(decision)),
        "due_at": appeals.due_at(appeal) if appeal else None,
        "may_appeal": appeals.author_may_appeal(decision, now=timezone.now()),
    }
    response = render(request, "moderation/decision.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def statement_json(request: HttpRequest, receipt: str) -> HttpResponse:
    """Return a restriction in the field list of the DSA Transparency Database."""
    decision = _find(receipt)
    data = statements.as_dsa(decision, decision.content)  # type: ignore[arg-type]
    if data is None:
        raise Http404
    return JsonResponse(data)


def _find(receipt: str) -> Decision:
    decision = statements.by_receipt(receipt)
    if decision is None or decision.content is None:
        raise Http404
    return decision
