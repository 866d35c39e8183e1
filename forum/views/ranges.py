"""Parts of a file: without them some browsers play no recording, and none can skip."""

import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from io import SEEK_END
from typing import BinaryIO

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_BLOCK = 64 * 1024
# The tag of all documents of which Wagtail has no hash.
_UNKNOWN = '""'


class RangesMiddleware:
    """Sends of a file the part that is asked for (RFC 9110, section 14).

    The whole where several parts are asked for at once, or the part of a file that has
    changed since. Whether somebody may have the file was decided by the view.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, FileResponse) and response.status_code == HTTPStatus.OK:
            if response.get("Content-Encoding") == "None":
                # Wagtail's way of saying that there is none; a player may not know it.
                del response["Content-Encoding"]
            _answer(request, response)
        return response


def _answer(request: HttpRequest, response: FileResponse) -> None:
    file = response.file_to_stream
    if file is None or not getattr(file, "seekable", bool)():
        return
    response["Accept-Ranges"] = "bytes"
    asked = request.headers.get("Range", "").strip()
    wanted = _RANGE.fullmatch(asked) if request.method == "GET" else None
    if wanted is None or not any(wanted.groups()) or _has_changed(request, response):
        return
    size = file.seek(0, SEEK_END)
    file.seek(0)
    first, last = _bounds(*wanted.groups(), size=size)
    if first >= size:
        response.status_code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        response["Content-Range"] = f"bytes */{size}"
        response["Content-Length"] = "0"
        response.streaming_content = iter(())
    elif first <= last:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
        response.streaming_content = _read(file, first, last)


def _has_changed(request: HttpRequest, response: FileResponse) -> bool:
    """Say whether the reader has the beginning of another file than this one."""
    known = request.headers.get("If-Range")
    own = {response.get("ETag"), response.get("Last-Modified")} - {_UNKNOWN}
    return bool(known) and known not in own


def _bounds(first: str, last: str, *, size: int) -> tuple[int, int]:
    """Return the first and the last byte; the first is `size` where there is none."""
    if not first:
        return max(size - int(last), 0) if int(last) else size, size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _read(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left and (block := file.read(min(left, _BLOCK))):
        left -= len(block)
        yield block
