"""The pictures and documents of a comment that is being written."""

from typing import Any

from django.http import HttpRequest

from deliberation.forms import uploads
from deliberation.forms.comments import CommentForm
from deliberation.forms.pictures import attached_in
from deliberation.queries.visits import Visit
from deliberation.services import attachments
from deliberation.services.attachments import Attached
from deliberation.views.comments import writer
from moderation.identity import caller_of
from moderation.refusals import Refusal


def taken_in(request: HttpRequest, visit: Visit, form: CommentForm) -> list[Attached]:
    """Return the pictures of the form, and take in the one that comes with it."""
    attached = attached_in(request.POST)
    file = request.FILES.get("picture") if request.method == "POST" else None
    if uploads.is_too_large(request):
        form.add_error("picture", attachments.too_large())
    elif file:
        try:
            new = attachments.upload(
                discussion=visit.discussion,
                uploader=writer(request, visit),
                content=file.read(),
                now=visit.now,
            )
        except attachments.NoPicturesHere as error:
            # There is no field for them.
            form.add_error("text", error.message)
        except Refusal as error:
            form.add_error("picture", error.message)
        else:
            attached += attached_in(request.POST, new=new.key)
    return attached


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
    return [
        {
            "key": each.key,
            "description": wanted[each.key].description
            or (each.description if each.is_document else ""),
            "needs_description": wanted[each.key].needs_description,
            "is_document": each.is_document,
            "name": each.name,
            "pages": each.pages,
            "size": each.size,
            "width": each.width,
            "height": each.height,
        }
        for each in waiting
    ]
