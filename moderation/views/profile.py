"""A participant's own page."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from moderation import identity
from moderation.forms.profile import ProfileForm
from moderation.language import to_address_in
from moderation.models import Participant
from moderation.queries import news, records
from moderation.refusals import Refusal
from moderation.services import profiles, sanctions, standing

# The rest is under “What happened”.
NEWS = 3


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Show what the forum knows of the caller, and let them change what is theirs."""
    if request.method == "POST":
        return _change(request)
    participant = identity.caller_of(request).participant
    return _show(request, participant, _form(participant))


def _change(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    participant = identity.participant_for_writing(request, now=now, guests=False)
    if participant is None:
        return redirect("moderation:me")
    form = ProfileForm(request.POST)
    if form.is_valid():
        try:
            profiles.change(participant=participant, **form.cleaned_data)
            messages.success(request, _("Your profile was changed."))
            return redirect("moderation:me")
        except Refusal as error:
            form.add_error("pseudonym", error.message)
            participant.refresh_from_db()
    return _show(request, participant, form, status=400)


def _form(participant: Participant | None) -> ProfileForm:
    chosen = participant.language if participant else ""
    return ProfileForm(
        initial={
            "pseudonym": participant.pseudonym if participant else "",
            "language": to_address_in(chosen or get_language() or ""),
        }
    )


def _show(
    request: HttpRequest,
    participant: Participant | None,
    form: ProfileForm,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "participant": participant,
        "form": form,
        "login_url": resolve_url(settings.LOGIN_URL),
    }
    if participant:
        context |= {
            "news": news.page(participant, limit=NEWS, new_only=True).items,
            "contributions": [
                (content, port.url(content), port.context(content).place)
                for port, content in records.contributions_of(participant)
            ],
            "standing_in_words": standing.in_words(participant),
            "sanctions": [
                (sanctions.in_words(each), each.decision.receipt)
                for each in records.sanctions_on(participant, now=timezone.now())
            ],
        }
    return render(request, "moderation/me.html", context, status=status)
