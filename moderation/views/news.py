"""What happened: a participant's news, and what of it comes by e-mail."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from moderation import identity
from moderation.forms.mail_choices import MailForm
from moderation.models import Notice, Participant
from moderation.queries import news
from moderation.services import letters, mail_choices, notices

form_page = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@form_page
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the caller's notices; open one, or mark all as read."""
    participant = identity.caller_of(request).participant
    if participant and request.method == "POST":
        return _read(request, participant)
    context: dict[str, Any] = {"login_url": resolve_url(settings.LOGIN_URL)}
    if participant:
        page = news.page(participant, after=_after(request))
        context |= {
            "participant": participant,
            "items": page.items,
            "has_new": any(not item.notice.read_at for item in page.items),
            "before": page.next,
        }
    return render(request, "moderation/news.html", context)


@never_cache
@form_page
def choices(request: HttpRequest) -> HttpResponse:
    """Let the caller say what comes by e-mail, and when."""
    participant = identity.participant_for_writing(
        request, now=timezone.now(), guests=False
    )
    if participant is None:
        raise Http404
    offered = news.choices_of(participant)
    form = MailForm(request.POST or None, choices=offered)
    if form.is_valid():
        mail_choices.choose(participant=participant, wanted=form.cleaned_data)
        messages.success(request, _("Your choice is stored."))
        return redirect("moderation:mail_choices")
    context = {
        "form": form,
        "participant": participant,
        "address": letters.address_of(participant),
    }
    status = 400 if form.is_bound else 200
    return render(request, "moderation/mail_choices.html", context, status=status)


@never_cache
# Mail programs post here for their users, from elsewhere and without a cookie. Whoever
# holds the path can do no more than end e-mails.
@csrf_exempt
@form_page
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End all e-mails with news by the link in one; looking at it changes nothing."""
    participant = mail_choices.holder_of(token)
    is_done = request.method == "POST"
    if participant and is_done:
        mail_choices.end_all(participant)
    context = {"is_known": participant is not None, "is_done": is_done}
    status = 200 if participant else 404
    return render(request, "moderation/no_mail.html", context, status=status)


def _read(request: HttpRequest, participant: Participant) -> HttpResponse:
    now = timezone.now()
    wanted = request.POST.get("open", "")
    if not _is_id(wanted):
        notices.mark_read(participant=participant, now=now)
        return redirect("moderation:news")
    found = Notice.objects.filter(participant=participant, pk=int(wanted))
    told = news.in_words(found)
    notices.mark_read(participant=participant, now=now, only=[int(wanted)])
    if not told:
        messages.info(request, _("This is not there any more."))
        return redirect("moderation:news")
    return redirect(told[0].told.url)


def _after(request: HttpRequest) -> int | None:
    before = request.GET.get("before", "")
    return int(before) if _is_id(before) else None


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
