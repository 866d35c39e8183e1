"""Every URL of the site."""

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as cms_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from home import api, media, views

urlpatterns = [
    # First what is asked for most.
    path("api/v1/", include("forum.api.urls")),
    path("", include("forum.urls")),
    path(settings.CMS_PATH.lstrip("/"), include(cms_urls)),
    path("documents/", include(document_urls)),
    path("media/<path:name>", media.media, name="media"),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v2/", api.pages_v2.urls),
    path("api/v3-preview/", api.pages_v3.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("healthz", views.health, name="health"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("", include(wagtail_urls)),
]

handler400 = "home.unsent.too_much"
handler404 = "home.unsent.gone"
