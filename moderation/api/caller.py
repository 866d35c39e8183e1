"""Who calls the API: a session token, a guest token, the site's own cookie, nobody."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError
from ninja.utils import check_csrf

from moderation import identity
from moderation.identity import Caller

SAFE = {"GET", "HEAD", "OPTIONS"}
SESSION_HEADER = "X-Session-Token"
SESSION_READER = "allauth.headless.contrib.ninja.security.x_session_token_auth"


def anyone(request: HttpRequest) -> Caller:
    """Let everyone in and say who they are; the value of `request.auth`.

    Cookies must come with a CSRF token on writes; tokens in headers need none.
    Raises AuthenticationError for a session token that is not valid.
    """
    if SESSION_HEADER in request.headers:
        caller = identity.account_caller(_holder_of_session_token(request))
        request.user = caller.user
        request._folkmoot_caller = caller  # type: ignore[attr-defined]
        return caller
    caller = identity.caller_of(request)
    if identity.GUEST_HEADER in request.headers and not caller.user:
        if not caller.is_known:
            raise AuthenticationError
        return caller
    if caller.is_known and request.method not in SAFE and check_csrf(request):
        raise PermissionDenied(_("This request did not come from a form of ours."))
    return caller


def known(request: HttpRequest) -> Caller:
    """Let in whoever has an account or a guest token."""
    caller = anyone(request)
    if not caller.is_known:
        raise AuthenticationError
    return caller


def _holder_of_session_token(request: HttpRequest) -> Any:
    # allauth is the reference site's; a host may sign people in another way.
    if not apps.is_installed("allauth.headless"):
        raise AuthenticationError
    user = import_string(SESSION_READER)(request)
    if user is None:
        raise AuthenticationError
    return user
