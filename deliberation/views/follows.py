"""Following a page or a discussion, by one button without scripts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from deliberation.queries import following as queries
from deliberation.queries import visibility
from deliberation.services import follows
from moderation.identity import caller_of, participant_for_writing
from moderation.models import Participant


@never_cache
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """List what the visitor follows, each with a button to stop."""
    person = caller_of(request).participant
    if person is None:
        return redirect_to_login(request.path)
    context = {
        "follows": [
            each
            for each in queries.of(person)
            if visibility.page_is_visible(each.about, request)
        ],
        "is_guest": person.is_guest,
    }
    return render(request, "deliberation/following.html", context)


@require_POST
def follow_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow the comments of a discussion, or stop it."""
    discussion = visibility.discussion(pk, request)
    back = resolve_url("deliberation:discussion", pk)
    return _change(request, back, discussion=discussion)


@require_POST
def follow_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow the stages of a page, or stop it."""
    page = Page.objects.filter(pk=pk).first()
    if page is None or not visibility.page_is_visible(page, request):
        raise Http404
    return _change(request, page.get_url(request) or "/", page=page)


def _change(request: HttpRequest, back: str, **what: Any) -> HttpResponse:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        back = wanted
    now = timezone.now()
    participant = participant_for_writing(request, now=now, guests=False)
    if participant is None:
        return redirect_to_login(back)
    if request.POST.get("follow"):
        follows.follow(participant=participant, now=now, **what)
        messages.success(request, _told(participant))
    else:
        follows.unfollow(participant=participant, **what)
        messages.success(request, _("You do not follow this any more."))
    return HttpResponseRedirect(back)


def _told(participant: Participant) -> str:
    if participant.is_guest:
        return _(
            "You follow this. What is new stands under “What happened”, in this "
            "browser. E-mails take an account."
        )
    return _(
        "You follow this. What is new stands under “What happened”, where you "
        "also choose what comes by e-mail."
    )
