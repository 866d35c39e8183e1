"""What forms of comments have in common: what was typed, and what becomes of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from deliberation.forms.comments import CommentForm
from deliberation.models import Comment, Discussion
from deliberation.queries import advice
from deliberation.services import labels, mentions
from deliberation.views import drafts
from deliberation.views.comments import place
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.refusals import Refusal
from moderation.services import agreement


def typed(request: HttpRequest, *, below: str = "") -> QueryDict | None:
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


def preview(
    form: CommentForm, *, discussion: Discussion, of: Comment | None = None
) -> Comment:
    """Return the comment as it would read, not stored."""
    text = sanitize.clean_text(form.cleaned_data["text"])
    named = mentions.find(text, discussion=discussion, of=of)
    return Comment(
        text=text, html=mentions.render(text, named), language=language_of(form, text)
    )


def language_of(form: CommentForm, text: str) -> str:
    """Return the language that a text is posted in: as `comments.post` finds it."""
    chosen = form.cleaned_data["language"]
    return labels.language_of_text(text, chosen=chosen, reading=get_language() or "")


def lead_to(
    comment: Comment, request: HttpRequest, form: CommentForm
) -> HttpResponseRedirect:
    """Lead to a comment that stands now; its draft is not needed any more."""
    response = HttpResponseRedirect(place(comment))
    drafts.let_go(request, response, form.cleaned_data["token"])
    return response


def add_refusal(form: CommentForm, error: Refusal) -> None:
    """Say in the form what is wrong: each finding, or the refusal as a whole."""
    if isinstance(error, agreement.RulesFirst):
        form.add_error("agreed", error.message)
        return
    told = [finding.message for finding in error.findings]
    for message in dict.fromkeys(told or [error.message]):
        form.add_error("text", message)


def tell(request: HttpRequest, comment: Comment, done: str, *, shown: str = "") -> None:
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
