"""Reading one comment, answering it without words, taking it back."""

from django.contrib import messages
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

from deliberation import addresses, identity
from deliberation.models import Comment
from deliberation.queries import changes, threads
from deliberation.queries.visits import Visit
from deliberation.services import comments, reactions
from deliberation.services import official as official_answers
from moderation.identity import HOUR, caller_of, limit_address, remember_guest
from moderation.models import Participant
from moderation.refusals import Refusal, Why
from moderation.services import translations

# A translator may cost money; what was translated today costs nothing again.
TRANSLATIONS_AN_HOUR = 60

form_page = require_http_methods(["GET", "HEAD", "POST"])


class SignInFirst(Refusal):
    """Whoever writes here needs an account."""

    why = Why.NOT_ALLOWED


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment in its thread."""
    visit, found = reach(request, pk)
    block = request.GET.get("block", "")
    if block and not (block.isascii() and block.isdigit() and len(block) < 9):
        raise Http404
    thread = threads.thread(visit, of=found, block=int(block) if block else None)
    asked = found.pk if found.root_id else None
    # Of what was just done one is told where it was done, if that is on this page.
    told_at = None if block else found.pk
    context = {"visit": visit, "asked": asked, "told_at": told_at, "thread": thread}
    return render(request, "deliberation/comment_page.html", context)


@never_cache
@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take one's own comment back."""
    visit, found = reach_again(request, pk)
    node = threads.single(visit, found)
    if not node.is_own or not (node.may_withdraw or request.method == "POST"):
        raise Http404
    if request.method == "POST":
        try:
            comments.withdraw(comment=found, by=writer(request, visit))
            messages.success(request, _("You have withdrawn your comment."))
        except Refusal as error:
            messages.error(request, error.message)
        return redirect("deliberation:discussion", visit.discussion.pk)
    context = {"visit": visit, "node": node}
    return render(request, "deliberation/withdraw.html", context)


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a comment read before."""
    visit, found = reach(request, pk)
    node = threads.single(visit, found)
    if not node.shows_text:
        raise Http404
    wordings = changes.wordings(found, threads.history(found), node.attachments)
    context = {"visit": visit, "node": node, "wordings": wordings}
    return render(request, "deliberation/history.html", context)


@require_safe
def translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a comment beside what a machine makes of it in the language being read."""
    visit, found = reach(request, pk)
    if not found.is_public:
        raise Http404
    try:
        limit_address(request, act="translate", most=TRANSLATIONS_AN_HOUR, within=HOUR)
        made = translations.translate(found, into=get_language() or "")
    except translations.NotTranslated as error:
        raise Http404(error.message) from None
    except Refusal as error:
        messages.error(request, error.message)
        return redirect(place(found))
    context = {"visit": visit, "comment": found, "translation": made}
    return render(request, "deliberation/translation.html", context)


@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or take back one's reaction, and return to where the reader was."""
    visit, found = reach(request, pk)
    is_by_script = request.headers.get("HX-Request") == "true"
    back = request.POST.get("next", "")
    # Scripts want the buttons only, and their way there is no visit to be counted.
    if is_by_script or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("deliberation:comment", args=[pk])
    response: HttpResponse = HttpResponseRedirect(f"{back}#comment-{pk}")
    try:
        with identity.keeping_guests_who_write(request):
            _answer(found, writer(request, visit), visit, request.POST.get("kind", ""))
        remember_guest(request, response)
    except Refusal as error:
        messages.error(request, error.message)
        if is_by_script:
            # The whole page is read anew, or nobody would see why nothing happened.
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return response


@require_POST
def official(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one's own reply as the official answer, or take the mark off."""
    visit, found = reach(request, pk)
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
    return redirect(place(found))


def _answer(
    comment: Comment, participant: Participant, visit: Visit, kind: str
) -> None:
    if kind:
        reactions.react(
            comment=comment, participant=participant, kind=kind, now=visit.now
        )
    else:
        reactions.take_back(comment=comment, participant=participant, now=visit.now)


def writer(
    request: HttpRequest, visit: Visit, text: str = "", sent_as: str | None = None
) -> Participant:
    """Return who writes by this request, or raise SignInFirst with the text."""
    participant = identity.writer(request, visit, sent_as=sent_as)
    if participant is None:
        raise SignInFirst(_("Please sign in to take part."), text=text)
    return participant


def reach(request: HttpRequest, pk: int) -> tuple[Visit, Comment]:
    """Return who reads, and the comment if they may know of it; or raise Http404."""
    return identity.visit_comment(request, pk, now=timezone.now())


def reach_again(request: HttpRequest, pk: int) -> tuple[Visit, Comment]:
    """Return the same for a form about the comment, which may be gone since it was shown."""
    if request.method != "POST":
        return reach(request, pk)
    return identity.visit_again(request, pk, now=timezone.now())


def place(comment: Comment) -> str:
    """Return the address of a comment in its thread."""
    return addresses.of_comment(comment.pk)
