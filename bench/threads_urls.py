"""The site's addresses, a floor, and the peer's page of the same discussion."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path

from deliberation.models import Comment, Discussion

ROWS = 50
FLOOR = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Floor</title></head><body><ol>
{% for row in rows %}<li id="c{{ row.pk }}"><b>{{ row.author.pseudonym }}</b>
<time>{{ row.created_at|date:"SHORT_DATETIME_FORMAT" }}</time>
<div>{{ row.html|safe }}</div></li>{% endfor %}
</ol></body></html>"""
PEER = """{% load comments comments_xtd %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Peer</title></head><body>
{% render_xtdcomment_tree for discussion %}
{% render_comment_form for discussion %}
</body></html>"""


def floor(request: HttpRequest, pk: int) -> HttpResponse:
    """Show fifty rows, found by one index, and nothing else."""
    public = Comment.objects.public().filter(discussion=pk).select_related("author")
    page = engines["django"].from_string(FLOOR) if not _kept else _kept[0]
    _kept[:] = [page]
    return HttpResponse(page.render({"rows": public.newest_first()[:ROWS]}, request))


def peer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a discussion as the peer's documentation does."""
    page = engines["django"].from_string(PEER)
    found = get_object_or_404(Discussion, pk=pk)
    return HttpResponse(page.render({"discussion": found}, request))


_kept: list = []

urlpatterns = [
    path("floor/<int:pk>/", floor),
    path("", include("home.urls")),
]
if apps.is_installed("django_comments_xtd"):
    urlpatterns[:0] = [
        path("peer/<int:pk>/", peer),
        path("peer-comments/", include("django_comments_xtd.urls")),
    ]
