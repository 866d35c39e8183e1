"""Pictures and documents: sent first, then posted with a comment by their keys."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router, Status
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError
from ninja.files import UploadedFile

from deliberation import identity
from deliberation.api import attachment_schemas as schemas
from deliberation.forms import uploads
from deliberation.queries import visibility
from deliberation.services import attachments
from moderation.api.caller import anyone, known
from moderation.api.idempotent import idempotent
from moderation.identity import caller_of, remember_guest

router = Router()


@router.post(
    "/discussions/{int:pk}/attachments",
    auth=anyone,
    response={201: schemas.AttachmentOut},
    summary="Send a picture or a document",
    operation_id="send_attachment",
)
@decorate_view(idempotent, uploads.bounded_call)
def send(
    request: HttpRequest,
    response: HttpResponse,
    pk: int,
    file: UploadedFile | None = File(None),  # type: ignore[type-arg]  # noqa: B008
) -> Status[dict[str, Any]]:
    """Keep a picture for a day, to be posted with a comment by its `key`.

    It is painted anew: nothing of the file but its pixels is kept. Where `attachments`
    of the discussion says documents, so is a PDF, written anew without scripts, forms,
    files in it and its author's name. Until it is posted
    nobody but the caller sees it. A stranger may send one where guests are admitted.
    """
    discussion = visibility.discussion(pk, request)
    visit = identity.visit(request, discussion, now=timezone.now())
    if uploads.is_too_large(request):
        raise attachments.NotAPicture(attachments.too_large())
    uploader = identity.writer(request, visit)
    if uploader is None:
        raise AuthenticationError
    sent = attachments.upload(
        discussion=discussion,
        uploader=uploader,
        content=file.read() if file else b"",
        now=visit.now,
    )
    remember_guest(request, response)
    return Status(201, schemas.attachment(sent))


@router.delete(
    "/attachments/{slug:key}",
    auth=known,
    response={204: None},
    summary="Discard a picture or a document",
    operation_id="discard_attachment",
)
@decorate_view(idempotent)
def discard(request: HttpRequest, key: str) -> Status[None]:
    """Remove a file of the caller's that is not posted yet."""
    participant = caller_of(request).participant
    if participant is None:
        raise Http404
    attachments.discard(key=key, by=participant)
    return Status(204, None)
