"""Appeals in the Wagtail admin, for whoever did not decide first."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_required

from moderation import contents
from moderation.choices import Side
from moderation.forms.decisions import AnswerForm
from moderation.models import Appeal
from moderation.queries import appeals as lists
from moderation.queries import records
from moderation.refusals import Refusal, Why
from moderation.services import appeals
from moderation.views.frame import frame

may_lead = permission_required("moderation.lead_review")


@require_safe
@may_lead
def index(request: HttpRequest) -> HttpResponse:
    """Show the appeals that wait, the oldest first."""
    now = timezone.now()
    rows = [
        (appeal, lists.due_at(appeal), lists.due_at(appeal) <= now)
        for appeal in lists.waiting()
    ]
    context = frame(_("Appeals"), icon="rotate") | {"rows": rows}
    return render(request, "moderation/admin/appeals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_lead
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one appeal with the decision it is about, and answer it."""
    found = Appeal.objects.select_related("decision__decided_by", "flag")
    appeal = get_object_or_404(found, pk=pk)
    form = AnswerForm(
        request.POST or None,
        hides=appeal.side == Side.REPORTER,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    status = 200
    if form.is_valid():
        try:
            appeals.answer(
                appeal=appeal,
                answered_by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(request, _("The appeal was answered."))
            return redirect("moderation_admin:appeals")
        except Refusal as error:
            form.add_error(None, error.message)
            status = 409 if error.why == Why.CONFLICT else 200
    context = _item(request, appeal) | {"form": form}
    return render(request, "moderation/admin/appeal.html", context, status=status)


def _item(request: HttpRequest, appeal: Appeal) -> dict[str, Any]:
    content: Any = appeal.decision.content
    title = _("Appeal no. %(number)s") % {"number": appeal.pk}
    return frame(title, icon="rotate", below="appeals") | {
        "appeal": appeal,
        "content": content,
        "place": contents.of(content).context(content),
        "decisions": records.decisions_on(content),
        "hindrance": appeals.hindrance(appeal=appeal, by=request.user),
        "due_at": lists.due_at(appeal),
    }
