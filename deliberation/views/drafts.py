"""What a browser keeps of a text until the server says that the text has arrived."""

import re

from django.http import HttpRequest, HttpResponse

# Read, and taken away, by threads.js.
COOKIE = "folkmoot_posted"
COOKIE_SECONDS = 3600
# Others are not of our forms, and may not fit into a cookie.
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


def let_go(request: HttpRequest, response: HttpResponse, token: str) -> None:
    """Let the browser drop the draft that was sent by the form of this token."""
    if _TOKEN.fullmatch(token):
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_SECONDS,
            secure=request.is_secure(),
            samesite="Lax",
        )
