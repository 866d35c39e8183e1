"""Files, handed out to whoever may read the comment they belong to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from deliberation import identity
from deliberation.models import Attachment
from deliberation.queries import threads
from deliberation.services import attachments
from moderation.identity import caller_of
from moderation.sanitize.documents import PDF_TYPE
from moderation.sanitize.pictures import MEDIA_TYPE
from moderation.views.queue import found_for

may_review = permission_required("moderation.review_content")


@require_safe
def attachment(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Hand out a file as long as its comment can be read; else nobody finds it."""
    found = _find(key)
    if found.kind != kind:
        raise Http404
    if found.comment_id is None:
        if not _is_callers(request, found):
            raise Http404
        return _hand_out(request, found)
    now = timezone.now()
    visit, comment = identity.visit_comment(request, found.comment_id, now=now)
    if not threads.single(visit, comment).shows_text:
        raise Http404
    return _hand_out(request, found)


@require_safe
def own(request: HttpRequest, key: str) -> HttpResponse:
    """Hand somebody their own file, whatever became of it."""
    found = _find(key)
    if not _is_callers(request, found):
        raise Http404
    return _hand_out(request, found)


@require_safe
@may_review
def at_desk(request: HttpRequest, key: str) -> HttpResponse:
    """Hand a moderator a file, also one that is held or hidden."""
    return _hand_out(request, _find_at_desk(request, key))


@require_POST
@may_review
def describe(request: HttpRequest, key: str) -> HttpResponse:
    """Take the description that a moderator writes of a picture."""
    found = _find_at_desk(request, key)
    description = request.POST.get("description", "")
    if attachments.clean_description(description):
        attachments.describe(attachment=found, description=description)
        messages.success(request, _("The picture is described."))
    else:
        messages.error(request, _("Please say what the picture shows."))
    return redirect("moderation_admin:item", "comment", found.comment_id)


def _find(key: str) -> Attachment:
    found = Attachment.objects.light().filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _find_at_desk(request: HttpRequest, key: str) -> Attachment:
    found = _find(key)
    if found.comment_id is None:
        raise Http404
    found_for(request, "comment", found.comment_id)
    return found


def _is_callers(request: HttpRequest, found: Attachment) -> bool:
    participant = caller_of(request).participant
    return participant is not None and participant.pk == found.uploader_id


def _hand_out(request: HttpRequest, found: Attachment) -> HttpResponse:
    """Return a file as nothing but what it is, to be asked for again each time.

    A document is saved and not opened: what opens it is no page of this site. A browser
    that has it already is told so only after the right to see it was checked, so that
    what is hidden is gone from caches, too.
    """
    etag = f'"{found.key}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(found.content, content_type=_type_of(found))
        # Never None: the file has a name.
        response["Content-Disposition"] = str(
            content_disposition_header(
                as_attachment=found.is_document, filename=_file_name(found)
            )
        )
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _type_of(found: Attachment) -> str:
    return PDF_TYPE if found.is_document else MEDIA_TYPE


def _file_name(found: Attachment) -> str:
    if not found.is_document:
        return "picture.webp"
    return f"{slugify(found.description, allow_unicode=True)[:80] or 'document'}.pdf"
