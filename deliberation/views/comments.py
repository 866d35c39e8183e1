"""Writing, reading and changing one comment."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from deliberation import identity
from deliberation.forms.comments import CommentForm, EditForm
from deliberation.models import Comment
from deliberation.queries import advice, changes, threads, visibility
from deliberation.queries.visits import Visit
from deliberation.services import comments, reactions
from deliberation.services import official as official_answers
from deliberation.views.once import once
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.identity import caller_of, remember_guest
from moderation.models import Participant
from moderation.refusals import Refusal, Why
from moderation.rules import Effect
from moderation.services.idempotency import StillAtWork

form_page = require_http_methods(["GET", "HEAD", "POST"])


class SignInFirst(Refusal):
    """Whoever writes here needs an account."""

    why = Why.NOT_ALLOWED


class WorthAThought(Exception):
    """There is advice for the author before anything is stored."""

    def __init__(self, given: advice.Advice) -> None:
        self.advice = given


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment in its thread."""
    visit, found = _reach(request, pk)
    block = request.GET.get("block", "")
    if block and not (block.isascii() and block.isdigit() and len(block) < 9):
        raise Http404
    thread = threads.thread(visit, of=found, block=int(block) if block else None)
    context = {"visit": visit, "comment": found, "thread": thread}
    return render(request, "deliberation/comment_page.html", context)


@never_cache
@form_page
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment that begins a thread."""
    discussion = visibility.discussion(pk, request)
    visit = identity.visit(request, discussion, now=timezone.now())
    return _compose(request, visit)


@never_cache
@form_page
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reply to a comment."""
    visit, parent = _reach(request, pk)
    if not parent.is_public and request.method != "POST":
        raise Http404
    return _compose(request, visit, parent)


@never_cache
@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the author change the wording for a while."""
    visit, found = _reach(request, pk)
    node = threads.single(visit, found)
    is_there = node.shows_text or node.may_edit or request.method == "POST"
    if not node.is_own or not is_there:
        raise Http404
    form = EditForm(request.POST or None, comment=found)
    context: dict[str, Any] = {
        "visit": visit,
        "comment": found,
        "form": form,
        "version": form["version"].value(),
    }
    if form.is_valid():
        try:
            edited = comments.edit(
                comment=found,
                by=_writer(request, visit),
                raw=form.cleaned_data["text"],
                language=form.cleaned_data["language"],
                seen=form.cleaned_data["version"],
                now=visit.now,
            )
        except comments.Stale as error:
            _add(form, error)
            context |= error.extra
        except Refusal as error:
            _add(form, error)
        else:
            _tell(request, edited, _("Your comment is changed."))
            return redirect(_place(edited))
    return _form_page(request, "deliberation/edit.html", context)


@never_cache
@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take one's own comment back."""
    visit, found = _reach(request, pk)
    node = threads.single(visit, found)
    if not node.is_own:
        raise Http404
    if request.method == "POST":
        try:
            comments.withdraw(comment=found, by=_writer(request, visit))
            messages.success(request, _("You have withdrawn your comment."))
        except Refusal as error:
            messages.error(request, error.message)
        return redirect("deliberation:discussion", visit.discussion.pk)
    context = {"visit": visit, "node": node}
    return render(request, "deliberation/withdraw.html", context)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a comment read before."""
    visit, found = _reach(request, pk)
    node = threads.single(visit, found)
    if not node.shows_text:
        raise Http404
    wordings = changes.wordings(found, threads.history(found))
    context = {"visit": visit, "node": node, "wordings": wordings}
    return render(request, "deliberation/history.html", context)


@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or take back one's reaction, and return to where the reader was."""
    visit, found = _reach(request, pk)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("deliberation:comment", args=[pk])
    response = HttpResponseRedirect(f"{back}#comment-{pk}")
    try:
        with transaction.atomic():
            _answer(found, _writer(request, visit), visit, request.POST.get("kind", ""))
        remember_guest(request, response)
    except Refusal as error:
        messages.error(request, error.message)
    return response


@require_POST
def official(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one's own reply as the official answer, or take the mark off."""
    visit, found = _reach(request, pk)
    account = caller_of(request).user
    if account is None or not visit.speaks_for_page:
        raise Http404
    try:
        if request.POST.get("official"):
            official_answers.declare(comment=found, by=account, now=visit.now)
        else:
            official_answers.revoke(comment=found, by=account)
    except Refusal as error:
        messages.error(request, error.message)
    return redirect(_place(found))


def _answer(
    comment: Comment, participant: Participant, visit: Visit, kind: str
) -> None:
    if kind:
        reactions.react(
            comment=comment, participant=participant, kind=kind, now=visit.now
        )
    else:
        reactions.take_back(comment=comment, participant=participant, now=visit.now)


def _compose(
    request: HttpRequest, visit: Visit, parent: Comment | None = None
) -> HttpResponse:
    form = CommentForm(request.POST or None, discussion=visit.discussion, parent=parent)
    context: dict[str, Any] = {"visit": visit, "parent": parent, "form": form}
    if form.is_valid():
        if "preview" in request.POST:
            context["preview"] = _preview(form)
            return render(request, "deliberation/compose.html", context)
        try:
            return once(
                request,
                token=form.cleaned_data["token"],
                text=form.cleaned_data["text"],
                act=lambda: _post(request, visit, parent, form),
            )
        except WorthAThought as thought:
            context["advice"] = thought.advice
            return render(request, "deliberation/compose.html", context)
        except StillAtWork:
            messages.info(request, _("Your comment is being posted."))
            return redirect("deliberation:discussion", visit.discussion.pk)
        except Refusal as error:
            _add(form, error)
    return _form_page(request, "deliberation/compose.html", context)


def _preview(form: CommentForm) -> Comment:
    """Return the comment as it would read, not stored."""
    text = sanitize.clean_text(form.cleaned_data["text"])
    language = form.cleaned_data["language"] or get_language() or ""
    return Comment(text=text, html=sanitize.render(text), language=language)


def _advise(visit: Visit, parent: Comment | None, form: CommentForm) -> None:
    """Raise WorthAThought if there is advice that this draft has not had yet."""
    if form.cleaned_data["advised"] or not visit.may_take_part:
        return
    given = advice.before_posting(
        visit,
        raw=form.cleaned_data["text"],
        language=form.cleaned_data["language"] or get_language() or "",
        parent=parent,
    )
    if given:
        raise WorthAThought(given)


def _post(
    request: HttpRequest, visit: Visit, parent: Comment | None, form: CommentForm
) -> HttpResponseRedirect:
    _advise(visit, parent, form)
    with transaction.atomic():
        comment = comments.post(
            discussion=visit.discussion,
            author=_writer(request, visit, text=form.cleaned_data["text"]),
            raw=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            reading=get_language() or "",
            parent=parent,
            now=visit.now,
        )
    _tell(request, comment, _("Your comment is published."), known_already=advice.RULES)
    if not form.cleaned_data["language"] and comment.language != get_language():
        messages.info(
            request,
            _("We take it to be in this language: %(language)s. You can correct that.")
            % {"language": comment.language_name},
        )
    response = HttpResponseRedirect(_place(comment))
    remember_guest(request, response)
    return response


def _writer(request: HttpRequest, visit: Visit, text: str = "") -> Participant:
    participant = identity.writer(request, visit)
    if participant is None:
        raise SignInFirst(_("Please sign in to take part."), text=text)
    return participant


def _reach(request: HttpRequest, pk: int) -> tuple[Visit, Comment]:
    return identity.visit_comment(request, pk, now=timezone.now())


def _place(comment: Comment) -> str:
    address = reverse("deliberation:comment", args=[comment.pk])
    return f"{address}#comment-{comment.pk}"


def _add(form: CommentForm, error: Refusal) -> None:
    """Say in the form what is wrong: each finding, or the refusal as a whole."""
    for message in [f.message for f in error.findings] or [error.message]:
        form.add_error("text", message)


def _tell(
    request: HttpRequest,
    comment: Comment,
    done: str,
    *,
    known_already: Collection[str] = (),
) -> None:
    """Say what became of a comment, and what the rules would like to add."""
    if comment.status == ContentStatus.HELD:
        messages.warning(
            request,
            _("Your comment is stored. A moderator reads it before others do."),
        )
    else:
        messages.success(request, done)
    for finding in comment.verdict.findings if comment.verdict else ():
        if finding.effect is not Effect.HINT or finding.rule not in known_already:
            messages.info(request, finding.message)


def _form_page(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    status = 400 if context["form"].is_bound else 200
    return render(request, template, context, status=status)
