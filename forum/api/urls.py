"""One line for a site's URLs: `path("api/v1/", include("forum.api.urls"))`."""

from .site import api

urlpatterns, app_name, _namespace = api.urls
