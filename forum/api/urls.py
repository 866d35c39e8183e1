"""One line for a site's URLs: `path("api/v1/", include("forum.api.urls"))`."""

from .site import api

# Ninja looks its own pages up in the namespace of the API.
urlpatterns, _ninja, app_name = api.urls
