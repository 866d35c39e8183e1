"""Every page of the three apps that is not a Wagtail page, in one line for a site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("deliberation.urls")),
    path("", include("moderation.urls")),
]
