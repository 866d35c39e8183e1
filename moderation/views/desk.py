"""What moderators do at the desk besides deciding."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from moderation.refusals import Refusal
from moderation.services import desk
from moderation.views.queue import found_for, may_review

ITEM = re.compile(r"([a-z_-]{1,40})/([0-9]{1,18})/([0-9]{1,18})", re.ASCII)


@require_POST
@may_review
def note(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Keep a note for the other moderators, or claim or release the item."""
    content = found_for(request, kind, pk)
    now = timezone.now()
    try:
        if "claim" in request.POST:
            desk.claim(content=content, by=request.user, now=now)
        elif "release" in request.POST:
            desk.release(content=content, by=request.user)
        else:
            text = request.POST.get("text", "")
            desk.note(content=content, by=request.user, text=text, now=now)
    except Refusal as error:
        messages.error(request, error.message)
    return redirect("moderation_admin:item", kind, pk)


@require_POST
@may_review
def hide_many(request: HttpRequest) -> HttpResponse:
    """Hide everything that was ticked, for one reason."""
    ticked = filter(None, map(ITEM.fullmatch, request.POST.getlist("item")))
    done = desk.hide_many(
        items=[(m[1], int(m[2]), int(m[3])) for m in ticked],
        rule_id=request.POST.get("rule_id", ""),
        facts=request.POST.get("facts", ""),
        by=request.user,
        now=timezone.now(),
    )
    for told in done.refused:
        messages.error(request, told)
    if done.hidden:
        told = ngettext(
            "%(number)d contribution is hidden.",
            "%(number)d contributions are hidden.",
            done.hidden,
        )
        messages.success(request, told % {"number": done.hidden})
    elif not done.refused:
        messages.error(request, _("Nothing was ticked."))
    return redirect("moderation_admin:queue")
