"""The form in which a comment is changed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from deliberation.forms.comments import EditForm
from deliberation.forms.pictures import attached_in
from deliberation.models import Comment
from deliberation.queries import changes, threads
from deliberation.queries.visits import Visit, editable_until, house_rules
from deliberation.services import checks, comments
from deliberation.views import attaching, written
from deliberation.views.comments import form_page, place, reach_again, writer
from moderation.refusals import Refusal


@never_cache
@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the author change the wording for a while."""
    visit, found = reach_again(request, pk)
    node = threads.single(visit, found)
    if not node.is_own:
        raise Http404
    if request.method != "POST" and not node.may_edit:
        return _too_late(request, visit, found)
    form = EditForm(written.typed(request), comment=found)
    context: dict[str, Any] = {
        "visit": visit,
        "comment": found,
        "form": form,
        "version": form["version"].value(),
        "pictures": attaching.shown_of(request, found),
        "house_rules": partial(house_rules, visit.policy, get_language() or ""),
        "until": editable_until(found, visit.policy) if node.may_edit else None,
    }
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            if "preview" in request.POST:
                _require_editable(visit, found, form.cleaned_data["text"])
                context["preview"] = written.preview(
                    form, discussion=visit.discussion, of=found
                )
                return render(request, "deliberation/edit.html", context)
            edited = comments.edit(
                comment=found,
                by=writer(request, visit),
                raw=form.cleaned_data["text"],
                language=form.cleaned_data["language"],
                stance=form.cleaned_data["stance"],
                theme=form.cleaned_data.get("theme", ""),
                attached=attached_in(request.POST) if found.has_attachments else None,
                seen=form.cleaned_data["version"],
                now=visit.now,
            )
        except checks.Stale as error:
            written.add_refusal(form, error)
            context |= error.extra
            context["current_files"] = changes.files(error.extra["current_attachments"])
            status = 409
        except Refusal as error:
            written.add_refusal(form, error)
        else:
            written.tell(request, edited, _("Your comment is changed."))
            return written.lead_to(edited, request, form)
    return render(request, "deliberation/edit.html", context, status=status)


def _too_late(request: HttpRequest, visit: Visit, comment: Comment) -> HttpResponse:
    """Say why a comment cannot be edited, where it stands."""
    try:
        _require_editable(visit, comment)
    except Refusal as error:
        messages.error(request, error.message)
    else:
        messages.error(request, _("Your account may not write at present."))
    return redirect(place(comment))


def _require_editable(visit: Visit, comment: Comment, raw: str = "") -> None:
    checks.require_editable(comment, policy=visit.policy, now=visit.now, raw=raw)
