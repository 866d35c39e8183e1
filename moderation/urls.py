"""The pages of moderation."""

from django.urls import path

from moderation import views

app_name = "moderation"

urlpatterns = [
    path("me/", views.profile.me, name="me"),
    path("me/news/", views.news.inbox, name="news"),
    path("me/news/mail/", views.news.choices, name="mail_choices"),
    path("news/no-mail/<str:token>/", views.news.no_mail, name="no_mail"),
    path("me/data/", views.personal_data.page, name="my_data"),
    path("me/data.json", views.personal_data.download, name="my_data_json"),
    path("me/erase/", views.personal_data.erase, name="erase"),
    path("moderation/flag/<slug:kind>/<int:pk>/", views.flags.flag, name="flag"),
    path("moderation/reported/", views.flags.thanks, name="reported"),
    path("moderation/receipts/<slug:receipt>/", views.flags.receipt, name="receipt"),
    path(
        "moderation/decisions/<slug:receipt>/",
        views.decisions.statement,
        name="decision",
    ),
    path(
        "moderation/decisions/<slug:receipt>.json",
        views.decisions.statement_json,
        name="decision_json",
    ),
    path(
        "moderation/decisions/<slug:receipt>/appeal/",
        views.appeals.by_author,
        name="appeal",
    ),
    path(
        "moderation/receipts/<slug:receipt>/appeal/",
        views.appeals.by_reporter,
        name="appeal_of_reporter",
    ),
    path("moderation/report/", views.report.page, name="report"),
    path("moderation/report/<int:year>.csv", views.report.download, name="report_csv"),
    path("moderation/rules/", views.rules.page, name="rules"),
    path("moderation/trust/", views.trust.page, name="trust"),
    path("moderation/register/", views.register.page, name="register"),
    path(
        "moderation/register.json", views.register.download_json, name="register_json"
    ),
    path("moderation/register.csv", views.register.download_csv, name="register_csv"),
    path("moderation/register.atom", views.register.feed, name="register_feed"),
]

# Below the address of the Wagtail admin.
admin_urlpatterns = [
    path("moderation/", views.queue.index, name="queue"),
    path("moderation/appeals/", views.appeal_desk.index, name="appeals"),
    path("moderation/appeals/<int:pk>/", views.appeal_desk.item, name="appeal"),
    path("moderation/items/<slug:kind>/<int:pk>/", views.queue.item, name="item"),
    path("moderation/items/<slug:kind>/<int:pk>/note/", views.desk.note, name="note"),
    path("moderation/policies/<int:pk>/dry-run/", views.dry_run.page, name="dry_run"),
    path("moderation/hide-many/", views.desk.hide_many, name="hide_many"),
]
