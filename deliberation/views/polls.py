"""Vote on statements, one at a time; see one's votes; add a statement."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from deliberation.choices import Stance
from deliberation.forms.polls import StatementForm, VoteForm
from deliberation.models import Statement, Vote
from deliberation.queries import advice, polls, routing, visibility, visits
from deliberation.queries import hints as form_hints
from deliberation.services import invitations, labels, statements, votes
from moderation.identity import (
    become_guest,
    caller_of,
    participant_for_writing,
    remember_guest,
)
from moderation.refusals import Refusal, Why
from moderation.rules import Kind
from moderation.services import agreement

VOTES_ON_A_PAGE = 50
STATUS = {Why.NOT_FOUND: 404, Why.NOT_ALLOWED: 403, Why.CLOSED: 409, Why.CONFLICT: 409}


@never_cache
@require_safe
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the next statement, or one that is asked for by its number."""
    return _page(request, _visit(request, pk))


@never_cache
@require_safe
def join(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """Let whoever opens an invitation in, and hide the token from the address bar."""
    visit = _visit(request, pk)
    try:
        invitations.check(poll=visit.poll, token=token)
    except Refusal as error:
        return _refused(request, visit, error)
    become_guest(request, token)
    return _go_on(request, pk)


@never_cache
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a vote and go on to the next statement."""
    visit, form = _visit(request, pk), VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please press one of the three answers."))
        return redirect("deliberation:poll", pk)
    told = form.cleaned_data
    try:
        with transaction.atomic():
            voter = participant_for_writing(
                request, now=visit.now, guests=visit.policy.guests_may_vote
            )
            if voter is None:
                return _sign_in(request, pk)
            votes.cast(
                statement=_statement(visit, pk=told["statement"]),
                participant=voter,
                stance=told["stance"],
                important=told["important"],
                now=visit.now,
            )
    except Refusal as error:
        return _refused(request, visit, error)
    messages.success(
        request, _("Your vote: %(stance)s.") % {"stance": told["stance"].label}
    )
    return _go_on(request, pk)


@never_cache
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the latest vote, and ask the same statement again."""
    visit = _visit(request, pk)
    latest = polls.votes_of(poll=visit.poll, participant=visit.participant).first()
    if latest is None or visit.participant is None:
        messages.warning(request, _("There is no vote to take back."))
        return redirect("deliberation:poll", pk)
    try:
        votes.take_back(
            statement=latest.statement, participant=visit.participant, now=visit.now
        )
    except Refusal as error:
        return _refused(request, visit, error)
    messages.success(request, _("Your last vote was taken back."))
    address = reverse("deliberation:poll", args=[pk])
    return redirect(f"{address}?statement={latest.statement.number}#statement")


@never_cache
@require_safe
def my_votes(request: HttpRequest, pk: int) -> HttpResponse:
    """List the caller's votes, each with a link to change it."""
    visit = _visit(request, pk)
    mine = polls.votes_of(poll=visit.poll, participant=visit.participant)
    leaf = Paginator(mine, VOTES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "visit": visit,
        "poll": visit.poll,
        "page_obj": leaf,
        "statements": polls.statements_by(poll=visit.poll, author=visit.participant),
    }
    return render(request, "deliberation/poll_votes.html", context)


@never_cache
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the caller's own statement."""
    author = caller_of(request).participant
    if author is None:
        raise Http404
    statement = polls.own_statement(pk, request, author)
    try:
        statements.withdraw(statement=statement, by=author)
    except Refusal as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your statement is withdrawn."))
    return redirect("deliberation:poll_votes", statement.poll_id)


@never_cache
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a statement; if a rule says no, give it back with what to change."""
    visit = _visit(request, pk)
    form = StatementForm(request.POST, longest=visit.poll.statement_maximum)
    if not form.is_valid():
        return _page(request, visit, form=form, status=422)
    replaced = polls.replaceable(
        form.cleaned_data["replaces"], poll=visit.poll, author=visit.participant
    )
    if hints := _hints(visit, form, replaced):
        return _page(request, visit, form=form, hints=hints)
    try:
        with transaction.atomic():
            author = participant_for_writing(
                request, now=visit.now, guests=visit.policy.guests_may_comment
            )
            if author is None:
                return _sign_in(request, pk)
            statement = statements.submit(
                poll=visit.poll,
                author=author,
                raw=form.cleaned_data["text"],
                language=_language(form),
                now=visit.now,
                replaces=replaced,
                agreed=form.cleaned_data["agreed"],
            )
    except Refusal as error:
        is_of_rules = isinstance(error, agreement.RulesFirst)
        form.add_error("agreed" if is_of_rules else "text", error.message)
        return _page(request, visit, form=form, status=STATUS.get(error.why, 422))
    messages.success(request, _submitted(statement))
    for finding in advice.not_shown(statement.verdict, form.cleaned_data["anyway"]):
        messages.info(request, finding.message)
    return _go_on(request, pk)


def _visit(request: HttpRequest, pk: int) -> polls.Visit:
    caller = caller_of(request)
    return polls.visit(
        poll=visibility.poll(pk, request),
        participant=caller.participant,
        has_account=caller.user is not None,
        now=timezone.now(),
    )


def _hints(
    visit: polls.Visit, form: StatementForm, replaced: Statement | None
) -> form_hints.Hints | None:
    """Return what the author may want to know first, unless they do already."""
    if form.cleaned_data["anyway"] or not visit.may_submit:
        return None
    text, language = form.cleaned_data["text"], _language(form)
    return form_hints.of(text, visit=visit, language=language, replaces=replaced)


def _language(form: StatementForm) -> str:
    text, chosen = form.cleaned_data["text"], form.cleaned_data["language"]
    return labels.language_of_text(text, chosen=chosen, reading=get_language() or "")


def _page(
    request: HttpRequest,
    visit: polls.Visit,
    *,
    form: StatementForm | None = None,
    hints: form_hints.Hints | None = None,
    status: int = 200,
) -> HttpResponse:
    turn = routing.next_for(poll_id=visit.poll.pk, participant=visit.participant)
    asked = _asked_for(request, visit) or turn.statement
    context = {
        "visit": visit,
        "poll": visit.poll,
        "turn": turn,
        "statement": asked,
        "vote": _vote_on(asked, visit),
        "is_own": asked is not None and visit.wrote(asked),
        "stances": (Stance.AGREE, Stance.DISAGREE, Stance.PASS),
        "form": form or _empty_form(request, visit),
        "hints": hints,
        "house_rules": visits.house_rules(visit.policy, get_language() or ""),
        "limits": visits.limits(visit.policy, visit.participant, kind=Kind.STATEMENT),
        "shows_results": polls.shows_results(
            poll=visit.poll, participant=visit.participant, now=visit.now
        ),
    }
    return render(request, "deliberation/poll.html", context, status=status)


def _asked_for(request: HttpRequest, visit: polls.Visit) -> Statement | None:
    number = _number(request, "statement")
    if number is None:
        return None
    asked = polls.public_statements(visit.poll).filter(number=number).first()
    if asked is None:
        raise Http404
    return asked


def _vote_on(statement: Statement | None, visit: polls.Visit) -> Vote | None:
    mine = polls.votes_of(poll=visit.poll, participant=visit.participant)
    return mine.filter(statement=statement).first() if statement else None


def _statement(visit: polls.Visit, *, pk: int) -> Statement:
    found = Statement.objects.filter(poll=visit.poll, pk=pk).first()
    if found is None:
        raise votes.NotVotable(_("There is no such statement in this poll."))
    found.poll = visit.poll
    return found


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number else None


def _empty_form(request: HttpRequest, visit: polls.Visit) -> StatementForm:
    """Return a form without words, or with those of one's own that shall be others."""
    initial: dict[str, object] = {}
    replaced = polls.replaceable(
        _number(request, "reword"), poll=visit.poll, author=visit.participant
    )
    if replaced:
        initial = {
            "text": replaced.text,
            "language": replaced.language,
            "replaces": replaced.pk,
        }
    return StatementForm(longest=visit.poll.statement_maximum, initial=initial)


def _go_on(request: HttpRequest, pk: int) -> HttpResponse:
    address = reverse("deliberation:poll", args=[pk])
    response = redirect(f"{address}#statement")
    remember_guest(request, response)
    return response


def _sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, _("Sign in to take part in this poll."))
    return redirect_to_login(reverse("deliberation:poll", args=[pk]))


def _refused(request: HttpRequest, visit: polls.Visit, error: Refusal) -> HttpResponse:
    messages.error(request, error.message)
    return _page(request, visit, status=STATUS.get(error.why, 422))


def _submitted(statement: Statement) -> str:
    if statement.is_public:
        return _("Your statement is in the poll. Others can vote on it now.")
    return _("Thank you. Your statement is shown once a moderator has read it.")
