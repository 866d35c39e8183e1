"""Every page of the three apps that is not a Wagtail page, in one line for a site."""

from django.urls import URLPattern, URLResolver, include, path

from forum.views import calendar, feeds

own = [
    path("calendar/<int:page_id>.ics", calendar.calendar, name="calendar"),
    path("feeds/consultations.rss", feeds.NewestFeed(), name="rss"),
    path("feeds/consultations.atom", feeds.NewestAtomFeed(), name="atom"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "forum"))),
    path("", include("deliberation.urls")),
    path("", include("moderation.urls")),
]
