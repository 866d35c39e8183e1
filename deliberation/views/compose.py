"""The forms in which comments are written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from deliberation import identity
from deliberation.forms import uploads
from deliberation.forms.comments import CommentForm
from deliberation.models import Comment
from deliberation.queries import advice, visibility
from deliberation.queries.visits import Visit
from deliberation.services import attachments, comments, sending
from deliberation.services.attachments import Attached
from deliberation.views import attaching, written
from deliberation.views.comments import form_page, reach_again, writer
from moderation.identity import remember_guest
from moderation.refusals import Refusal


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


def _compose(
    request: HttpRequest, visit: Visit, parent: Comment | None = None
) -> HttpResponse:
    quotation = _quotation(request, parent)
    form = CommentForm(
        written.typed(request, below=quotation),
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
                context["preview"] = written.preview(form, discussion=visit.discussion)
                return render(request, "deliberation/compose.html", context)
            if not form.cleaned_data["advised"]:
                sending.require_first(sent_as)
                _advise(visit, parent, form, attached)
            return _post(request, visit, parent, form, attached, sent_as)
        except sending.SentBefore as earlier:
            identity.recognise(request, visit, sent_as=sent_as)
            return written.lead_to(earlier.comment, request, form)
        except WorthAThought as thought:
            context["advice"] = thought.advice
            return render(request, "deliberation/compose.html", context)
        except Refusal as error:
            written.add_refusal(form, error)
    status = 400 if form.errors else 200
    return render(request, "deliberation/compose.html", context, status=status)


def _quotation(request: HttpRequest, parent: Comment | None) -> str:
    # What was hidden in the meantime is not repeated.
    if parent is None or not parent.is_public:
        return ""
    asked = request.POST if request.method == "POST" else request.GET
    return f"{parent.quotation}\n\n" if "quote" in asked else ""


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
        language=written.language_of(form, raw),
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
    written.tell(request, comment, done, shown=shown)
    if not form.cleaned_data["language"] and comment.language != get_language():
        messages.info(
            request,
            _("We take it to be in this language: %(language)s. You can correct that.")
            % {"language": comment.language_name},
        )
    return written.lead_to(comment, request, form)
