"""Wagtail's own page APIs: v2 to read, v3 to read and write."""

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as pages_v3
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from forum.api import refused

pages_v2 = WagtailAPIRouter("pages_v2")
pages_v2.register_endpoint("pages", PagesAPIViewSet)
pages_v2.register_endpoint("images", ImagesAPIViewSet)
pages_v2.register_endpoint("documents", DocumentsAPIViewSet)

refused.install(pages_v3)

__all__ = ["pages_v2", "pages_v3"]
