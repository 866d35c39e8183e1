"""The pictures and documents of a comment that is being written or changed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from deliberation.forms import uploads
from deliberation.forms.comments import CommentForm
from deliberation.forms.pictures import attached_in, is_left_out, named_in, new_in
from deliberation.models import Attachment, Comment
from deliberation.queries.visits import Visit
from deliberation.services import attachments, rearranging
from deliberation.services.attachments import Attached
from deliberation.views.comments import writer
from moderation.identity import caller_of
from moderation.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The pictures of a form; `unsent` is what it says of a file that is not here."""

    attached: list[Attached]
    unsent: Attached | None = None


def goes_on(request: HttpRequest) -> bool:
    """Say whether somebody adds a file or a quotation, and writes on."""
    return not {"attach", "quote"}.isdisjoint(request.POST)


def taken_in(request: HttpRequest, visit: Visit, form: CommentForm) -> Taken:
    """Return the pictures of the form, and take in the one that comes with it."""
    attached = attached_in(request.POST)
    if goes_on(request):
        # The text may still have to be written.
        form.errors.clear()
    new = _new(request, visit, form)
    if new:
        return Taken(attached=[*attached, new_in(request.POST, key=new.key)])
    return Taken(attached=attached, unsent=new_in(request.POST))


def _new(request: HttpRequest, visit: Visit, form: CommentForm) -> Attachment | None:
    file = request.FILES.get("picture") if request.method == "POST" else None
    if uploads.is_too_large(request):
        form.add_error("picture", attachments.too_large())
    elif file:
        try:
            return attachments.upload(
                discussion=visit.discussion,
                uploader=writer(request, visit),
                content=file.read(),
                now=visit.now,
            )
        except attachments.NotAPicture as error:
            form.add_error("picture", error.message)
        except Refusal as error:
            # No other file would be taken, and there may be no field for them.
            form.add_error("text", error.message)
    elif "attach" in request.POST:
        form.add_error("picture", _("Choose a file first."))
    return None


def shown(
    request: HttpRequest, visit: Visit, attached: list[Attached]
) -> list[dict[str, Any]]:
    """Return the pictures as the form shows them again."""
    waiting = attachments.waiting_of(
        caller_of(request).participant,
        visit.discussion,
        [each.key for each in attached],
    )
    wanted = {each.key: each for each in attached}
    return [_row(each, wanted[each.key]) for each in waiting]


def shown_of(request: HttpRequest, comment: Comment) -> list[dict[str, Any]]:
    """Return a comment's pictures as the form shows them in which it is changed."""
    typed = {each.key: each for each in named_in(request.POST)}
    return [
        _row(each, typed.get(each.key) or attachments.as_attached(each))
        | {"is_left_out": is_left_out(request.POST, each.key)}
        for each in rearranging.present(comment)
    ]


def _row(found: Attachment, wanted: Attached) -> dict[str, Any]:
    return {
        "key": found.key,
        "description": wanted.description
        or (found.description if found.is_document else ""),
        "needs_description": wanted.needs_description,
        "is_document": found.is_document,
        "name": attachments.described(found, wanted.description) or found.name,
        "pages": found.pages,
        "size": found.size,
        "width": found.width,
        "height": found.height,
    }
