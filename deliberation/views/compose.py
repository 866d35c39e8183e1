"""The forms in which comments are written and changed."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from deliberation import identity
from deliberation.forms import uploads
from deliberation.forms.comments import CommentForm, EditForm
from deliberation.forms.pictures import attached_in
from deliberation.models import Comment, Discussion
from deliberation.queries import advice, changes, threads, visibility
from deliberation.queries.visits import Visit, editable_until, house_rules
from deliberation.services import (
    attachments,
    checks,
    comments,
    labels,
    mentions,
    sending,
)
from deliberation.services.attachments import Attached
from deliberation.views import attaching, drafts
from deliberation.views.comments import form_page, place, reach_again, writer
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.identity import remember_guest
from moderation.refusals import Refusal
from moderation.services import agreement


class WorthAThought(Exception):
    """There is advice for the author before anything is stored."""

    def __init__(self, given: advice.Advice) -> None:
        self.advice = given


@never_cache
@form_page
@uploads.bounded
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment that begins a thread."""
    discussion = visibility.discussion(pk, request)
    visit = identity.visit(request, discussion, now=timezone.now())
    return _compose(request, visit)


@never_cache
@form_page
@uploads.bounded
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reply to a comment."""
    visit, parent = reach_again(request, pk)
    if not parent.is_public and request.method != "POST":
        raise Http404
    return _compose(request, visit, parent)


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
    form = EditForm(_typed(request), comment=found)
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
                context["preview"] = _preview(
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
            _add(form, error)
            context |= error.extra
            context["current_files"] = changes.files(error.extra["current_attachments"])
            status = 409
        except Refusal as error:
            _add(form, error)
        else:
            _tell(request, edited, _("Your comment is changed."))
            return _lead_to(edited, request, form)
    return render(request, "deliberation/edit.html", context, status=status)


def _compose(
    request: HttpRequest, visit: Visit, parent: Comment | None = None
) -> HttpResponse:
    quotation = _quotation(request, parent)
    form = CommentForm(
        _typed(request, below=quotation),
        discussion=visit.discussion,
        parent=parent,
        initial={"text": quotation},
    )
    taken = attaching.taken_in(request, visit, form)
    response = _answer_to(request, visit, parent, form, taken)
    remember_guest(request, response)
    return response


def _answer_to(
    request: HttpRequest,
    visit: Visit,
    parent: Comment | None,
    form: CommentForm,
    taken: attaching.Taken,
) -> HttpResponse:
    attached = taken.attached
    context: dict[str, Any] = {"visit": visit, "parent": parent, "form": form}
    context["pictures"] = attaching.shown(request, visit, attached)
    context["unsent"] = taken.unsent
    if form.is_valid() and not attaching.goes_on(request):
        sent_as = sending.name_of(
            path=request.path,
            token=form.cleaned_data["token"],
            text=form.cleaned_data["text"],
        )
        try:
            if "preview" in request.POST:
                context["preview"] = _preview(form, discussion=visit.discussion)
                return render(request, "deliberation/compose.html", context)
            if not form.cleaned_data["advised"]:
                sending.require_first(sent_as)
                _advise(visit, parent, form, attached)
            return _post(request, visit, parent, form, attached, sent_as)
        except sending.SentBefore as earlier:
            identity.recognise(request, visit, sent_as=sent_as)
            return _lead_to(earlier.comment, request, form)
        except WorthAThought as thought:
            context["advice"] = thought.advice
            return render(request, "deliberation/compose.html", context)
        except Refusal as error:
            _add(form, error)
    status = 400 if form.errors else 200
    return render(request, "deliberation/compose.html", context, status=status)


def _quotation(request: HttpRequest, parent: Comment | None) -> str:
    # What was hidden in the meantime is not repeated.
    if parent is None or not parent.is_public:
        return ""
    asked = request.POST if request.method == "POST" else request.GET
    return f"{parent.quotation}\n\n" if "quote" in asked else ""


def _typed(request: HttpRequest, *, below: str = "") -> QueryDict | None:
    """Return what was sent, its text below a quotation; None for a form to be shown.

    Nothing at all may be sent, too: an empty form.
    """
    if request.method != "POST":
        return None
    if not below:
        return request.POST
    typed = request.POST.copy()
    typed["text"] = below + typed.get("text", "")
    return typed


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


def _preview(
    form: CommentForm, *, discussion: Discussion, of: Comment | None = None
) -> Comment:
    """Return the comment as it would read, not stored."""
    text = sanitize.clean_text(form.cleaned_data["text"])
    named = mentions.find(text, discussion=discussion, of=of)
    return Comment(
        text=text, html=mentions.render(text, named), language=_language(form, text)
    )


def _language(form: CommentForm, text: str) -> str:
    """Return the language that a text is posted in: as `comments.post` finds it."""
    chosen = form.cleaned_data["language"]
    return labels.language_of_text(text, chosen=chosen, reading=get_language() or "")


def _advise(
    visit: Visit, parent: Comment | None, form: CommentForm, attached: list[Attached]
) -> None:
    """Raise WorthAThought if there is advice for whoever sends this draft."""
    if not visit.may_take_part:
        return
    raw = form.cleaned_data["text"]
    given = advice.before_posting(
        visit,
        raw=raw,
        language=_language(form, raw),
        parent=parent,
        pictures=attachments.for_rules(attached),
    )
    if given:
        raise WorthAThought(given)


def _post(
    request: HttpRequest,
    visit: Visit,
    parent: Comment | None,
    form: CommentForm,
    attached: list[Attached],
    sent_as: str | None,
) -> HttpResponseRedirect:
    with identity.keeping_guests_who_write(request):
        comment = comments.post(
            discussion=visit.discussion,
            author=writer(request, visit, form.cleaned_data["text"], sent_as),
            raw=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            reading=get_language() or "",
            parent=parent,
            stance=form.cleaned_data["stance"],
            theme=form.cleaned_data.get("theme", ""),
            attached=attached,
            agreed=form.cleaned_data["agreed"],
            now=visit.now,
            sent_as=sent_as,
        )
    done, shown = _("Your comment is published."), form.cleaned_data["advised"]
    _tell(request, comment, done, shown=shown)
    if not form.cleaned_data["language"] and comment.language != get_language():
        messages.info(
            request,
            _("We take it to be in this language: %(language)s. You can correct that.")
            % {"language": comment.language_name},
        )
    return _lead_to(comment, request, form)


def _lead_to(
    comment: Comment, request: HttpRequest, form: CommentForm
) -> HttpResponseRedirect:
    """Lead to a comment that stands now; its draft is not needed any more."""
    response = HttpResponseRedirect(place(comment))
    drafts.let_go(request, response, form.cleaned_data["token"])
    return response


def _add(form: CommentForm, error: Refusal) -> None:
    """Say in the form what is wrong: each finding, or the refusal as a whole."""
    if isinstance(error, agreement.RulesFirst):
        form.add_error("agreed", error.message)
        return
    told = [finding.message for finding in error.findings]
    for message in dict.fromkeys(told or [error.message]):
        form.add_error("text", message)


def _tell(
    request: HttpRequest, comment: Comment, done: str, *, shown: str = ""
) -> None:
    """Say what became of a comment, and what of the rules was not `shown` before."""
    if comment.status == ContentStatus.HELD:
        messages.warning(
            request,
            _("Your comment is stored. A moderator reads it before others do."),
        )
    else:
        messages.success(request, done)
    for finding in advice.not_shown(comment.verdict, shown):
        messages.info(request, finding.message)
