"""Report something; see what came of it."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from moderation import contents, identity
from moderation.choices import Act
from moderation.forms.flags import FlagForm
from moderation.models import Flag
from moderation.queries import appeals, house_rules, statements
from moderation.refusals import Refusal
from moderation.services import flags, notices


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show the form and take the report of one item."""
    try:
        content = contents.find_visible(kind=kind, pk=pk, request=request)
    except contents.NotFound as error:
        raise Http404(error.message) from None
    is_known = identity.caller_of(request).is_known
    reasons = house_rules.reasons(get_language() or "")
    form = FlagForm(request.POST or None, is_known=is_known, reasons=reasons)
    if form.is_valid():
        try:
            return _report(request, content, form)
        except flags.AlreadyFlagged as error:
            return redirect("moderation:receipt", error.flag.receipt)
        except Refusal as error:
            form.add_error(None, error.message)
    back = contents.of(content).url(content)
    context = {"form": form, "content": content, "back": back}
    status = 400 if form.is_bound else 200
    return render(request, "moderation/flag.html", context, status=status)


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Tell somebody without an account that the rest comes by e-mail."""
    return render(request, "moderation/reported.html")


@never_cache
@require_safe
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """Show a reporter how their report stands."""
    by_people = Flag.objects.filter(rule_id="").select_related("answered_by")
    flag = get_object_or_404(by_people, receipt=receipt)
    decision = flag.answered_by
    context: dict[str, Any] = {"flag": flag, "decision": decision}
    if decision:
        context |= {
            "outcome": notices.outcome_for_reporter(decision.act),
            "restricts": Act(decision.act).restricts,
            "appeal": (appeal := appeals.of_reporter(flag)),
            "due_at": appeals.due_at(appeal) if appeal else None,
            "may_appeal": appeals.reporter_may_appeal(flag, now=timezone.now()),
            "appeal_until": statements.appeal_until(decision),
        }
    response = render(request, "moderation/receipt.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _report(request: HttpRequest, content: object, form: FlagForm) -> HttpResponse:
    now = timezone.now()
    reporter = identity.participant_for_writing(request, now=now, guests=False)
    if reporter is None or reporter.is_guest:
        identity.limit_address(
            request,
            act="flag",
            most=flags.WITHOUT_ACCOUNT_AN_HOUR,
            within=timedelta(hours=1),
        )
    made = flags.raise_by_person(
        content=content,  # type: ignore[arg-type]
        reporter=reporter,
        language=get_language() or "",
        now=now,
        **form.cleaned_data,
    )
    if reporter is None:
        return redirect("moderation:reported")
    return redirect("moderation:receipt", made.receipt)
