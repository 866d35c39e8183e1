"""Every page of the three apps that is not a Wagtail page, in one line for a site."""

from django.urls import URLPattern, URLResolver, include, path

from forum.views import calendar, feeds, live, ready, sheets

own = [
    path("calendar/<int:page_id>.ics", calendar.calendar, name="calendar"),
    path("rules/", sheets.summary, name="rules"),
    path("rules/pages/<int:page_id>/", sheets.sheet, name="sheet"),
    path("rules/pages/<int:page_id>.json", sheets.sheet_json, name="sheet_json"),
    path("rules/pages/<int:page_id>.txt", sheets.badge, name="badge"),
    path("accessibility/", sheets.statement, name="accessibility"),
    path("feeds/consultations.rss", feeds.NewestFeed(), name="rss"),
    path("feeds/consultations.atom", feeds.NewestAtomFeed(), name="atom"),
]

# Below the address of the Wagtail admin.
admin_urlpatterns = [
    path("publishing/", ready.overview, name="publishing"),
    path("publishing/<int:page_id>/", ready.ready, name="ready"),
    path("publishing/<int:page_id>/live/", live.live, name="live"),
    path(
        "publishing/new/<slug:app>/<slug:model>/<int:parent_id>/live/",
        live.live_new,
        name="live_new",
    ),
    path("publishing/<int:page_id>/dismiss/", ready.dismiss, name="dismiss"),
    path(
        "publishing/<int:page_id>/waivers/<int:pk>/withdraw/",
        ready.withdraw,
        name="withdraw",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("deliberation.urls")),
    path("", include((own, "forum"))),
    path("", include("moderation.urls")),
]
