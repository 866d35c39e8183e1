"""Pictures for everybody, originals for editors: what an upload shows, and nobody else."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# Wagtail's own folders: its resized pictures, and what was uploaded.
RENDITIONS, ORIGINALS = "images/", "original_images/"
A_YEAR = 365 * 24 * 60 * 60


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """Send a resized picture to everybody, an original to those who edit.

    Originals keep where and when a picture was taken, and what a crop left out.
    Documents have their own address, which knows who may read them.
    """
    if PurePosixPath(name).parts != tuple(name.split("/")) or ".." in name:
        raise Http404
    is_public = name.startswith(RENDITIONS)
    if not (is_public or (name.startswith(ORIGINALS) and _edits(request))):
        raise Http404
    try:
        file = default_storage.open(name)
    except (OSError, ValueError, SuspiciousFileOperation):
        raise Http404 from None
    answer = FileResponse(file)
    # The name of a resized picture changes with its content.
    public = f"public, max-age={A_YEAR}, immutable"
    answer["Cache-Control"] = public if is_public else "private, no-store"
    # A picture is never a page of its own with scripts in it.
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return answer


def _edits(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("wagtailadmin.access_admin"))
