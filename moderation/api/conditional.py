"""Public reads answer 304 to whoever has them already."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page

from moderation.api.caller import SESSION_HEADER
from moderation.identity import GUEST_HEADER, caller_of

# What one address may answer differently for.
VARY = ("Accept-Language", "Cookie", SESSION_HEADER, GUEST_HEADER)


def conditional(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a GET (by ninja's `decorate_view`): an ETag of the body, and 304.

    Caches must ask each time, so that what is hidden is gone at once; what a known
    caller gets is kept by their own client only.
    """

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        whose = "private" if caller_of(request).is_known else "public"
        patch_cache_control(response, no_cache=True, **{whose: True})
        patch_vary_headers(response, VARY)
        return response

    answer: Callable[..., HttpResponse] = conditional_page(wrapper)
    return answer
