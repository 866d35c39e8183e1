"""A form with pictures: bounded while it is read, and nothing typed is lost."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from moderation.sanitize import MOST_BYTES

View = Callable[..., HttpResponse]


class Bounded(FileUploadHandler):
    """Lets the rest of a request go by once its files are larger than a picture.

    What is too much is never stored; the fields of the form arrive.
    """

    read = 0
    overflowed = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.read += len(raw_data)
        if self.read > MOST_BYTES:
            self.overflowed = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def bounded(view: View) -> View:
    """Wrap a view so that no upload is stored beyond what a picture may have.

    The CSRF token is checked after the bound is set: looking for it reads the form.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        bound_uploads(request)
        return protected(request, *args, **kwargs)

    return wrapper


def bounded_call(view: View) -> View:
    """Wrap a call of the API in the same way; it looks for its own token."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        bound_uploads(request)
        return view(request, *args, **kwargs)

    return wrapper


def bound_uploads(request: HttpRequest) -> None:
    """Bound the files of a request that nobody has read yet."""
    handler = Bounded(request)
    request.upload_handlers.insert(0, handler)
    request._folkmoot_uploads = handler  # type: ignore[attr-defined]


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a file of the request was let go by."""
    handler = getattr(request, "_folkmoot_uploads", None)
    return handler is not None and handler.overflowed
