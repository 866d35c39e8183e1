"""What a page is sent with: a content security policy, and a language it is in."""

from contextlib import suppress
from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)
from wagtail.models import Locale

from home.settings.languages import SOURCE

# Wagtail's editor needs inline scripts and styles (not eval) and previews in frames.
EDITOR_POLICY = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}


class ContentSecurityPolicy(CSPMiddleware):
    """Send the strict policy everywhere but under the editors' address.

    It is written out once, as no page of ours asks for another.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        asks = any(name.startswith("_csp") for name in vars(response))
        if asks or settings.DEBUG:
            return super().process_response(request, response)
        response.setdefault(HEADER, _policy(for_editors=_is_for_editors(request)))
        return response

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002  # as in the base class
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if _is_for_editors(request):
            parts.replace = EDITOR_POLICY
        return parts


@cache
def _policy(*, for_editors: bool) -> str:
    return build_policy(replace=EDITOR_POLICY if for_editors else None)


def _is_for_editors(request: HttpRequest) -> bool:
    return bool(request.path.startswith(settings.CMS_PATH))


class InterfaceLanguage(LocaleMiddleware):
    """Answer in the first wanted language that the site has, in words or in pages.

    More languages are known than that: posts are written in all of `LANGUAGES`.
    """

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(self._language_for(request))
        request.LANGUAGE_CODE = translation.get_language()

    def _language_for(self, request: HttpRequest) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        header = request.headers.get("Accept-Language", "")
        accepted = [code for code, _weight in parse_accept_lang_header(header)]
        for wanted in (chosen, *accepted, settings.LANGUAGE_CODE):
            with suppress(LookupError):
                code = str(get_supported_language_variant(wanted))
                if code in dict(settings.INTERFACE_LANGUAGES) or has_pages(code):
                    return code
        return SOURCE


def has_pages(code: str) -> bool:
    """Return whether editors write pages in this language, whatever the rest is in."""
    return bool(Locale.objects.filter(language_code=code).exists())
