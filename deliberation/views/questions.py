"""Answer a simple question, and see how others did."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from deliberation.forms.polls import AnswerForm
from deliberation.models import Question
from deliberation.queries import questions, visibility
from deliberation.services import questions as service
from moderation.identity import caller_of, participant_for_writing, remember_guest
from moderation.queries import policies
from moderation.refusals import Refusal


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a question and its answers; take the visitor's."""
    found = visibility.window(Question, pk, request)
    if request.method == "POST":
        return _answer(request, found)
    return _page(request, found)


def _answer(request: HttpRequest, found: Question) -> HttpResponse:
    if "take_back" in request.POST:
        return _take_back(request, found)
    form = AnswerForm(request.POST)
    now = timezone.now()
    try:
        with transaction.atomic():
            participant = participant_for_writing(
                request, now=now, guests=policies.of(found).guests_may_vote
            )
            if participant is None:
                return redirect_to_login(request.path)
            service.answer(
                question=found,
                participant=participant,
                options=form.chosen(),
                now=now,
            )
    except Refusal as error:
        messages.error(request, error.message)
        return _page(request, found, status=422)
    messages.success(request, _("Your answer was stored."))
    response = redirect(reverse("deliberation:question", args=[found.pk]))
    remember_guest(request, response)
    return response


def _take_back(request: HttpRequest, found: Question) -> HttpResponse:
    participant = caller_of(request).participant
    if participant is None:
        return redirect_to_login(request.path)
    try:
        service.take_back(question=found, participant=participant, now=timezone.now())
    except Refusal as error:
        messages.error(request, error.message)
        return _page(request, found, status=422)
    messages.success(request, _("Your answer was taken back."))
    return redirect("deliberation:question", found.pk)


def _page(request: HttpRequest, found: Question, status: int = 200) -> HttpResponse:
    caller = caller_of(request)
    visit = questions.visit(
        question=found,
        participant=caller.participant,
        has_account=caller.user is not None,
        now=timezone.now(),
    )
    context = {"poll": found, "question": found, "visit": visit}
    return render(request, "deliberation/question.html", context, status=status)
