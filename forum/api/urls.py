"""One line for a site's URLs: `path("api/v1/", include("forum.api.urls"))`."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from moderation.api import problem

from .site import api


@csrf_exempt
def no_such_address(request: HttpRequest, *args: str) -> HttpResponse:
    """Answer as the API does, where Wagtail would look for a page."""
    return problem.response(404, _("There is no such address in this API."))


# Ninja looks its own pages up in the namespace of the API.
_endpoints, _ninja, app_name = api.urls
urlpatterns = [*_endpoints, re_path("", no_such_address)]
