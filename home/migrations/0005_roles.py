"""Make the three roles: editors publish, moderators review, leads oversee."""

from typing import Any

from django.db import migrations

ADMIN = ("wagtailadmin", "admin", "access_admin")
PAGES = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
FILES = {
    "wagtailimages": ("image", ("add", "change", "choose")),
    "wagtaildocs": ("document", ("add", "change", "choose")),
}
REVIEW = ("moderation", "decision", "review_content")
LEAD = (
    REVIEW,
    ("moderation", "decision", "lead_review"),
    ("moderation", "policy", "add_policy"),
    ("moderation", "policy", "change_policy"),
    ("moderation", "policy", "view_policy"),
    ("moderation", "houserule", "add_houserule"),
    ("moderation", "houserule", "change_houserule"),
    ("moderation", "houserule", "view_houserule"),
    ("moderation", "participant", "change_participant"),
    ("moderation", "participant", "view_participant"),
)


def make_roles(apps: Any, schema_editor: Any) -> None:
    """Turn Wagtail's two groups into our three, without rights left over."""
    Group = apps.get_model("auth", "Group")
    for name in ("Editors", "Moderators", "Lead moderators"):
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set([_permission(apps, *ADMIN)])
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()
    Group.objects.get(name="Moderators").permissions.add(_permission(apps, *REVIEW))
    Group.objects.get(name="Lead moderators").permissions.add(
        *(_permission(apps, *key) for key in LEAD)
    )
    _let_edit(apps, Group.objects.get(name="Editors"))


def _let_edit(apps: Any, group: Any) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    files = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for codename in PAGES:
        group.page_permissions.create(
            page=root, permission=_permission(apps, "wagtailcore", "page", codename)
        )
    for app_label, (model, verbs) in FILES.items():
        for verb in verbs:
            codename = f"{verb}_{model}"
            group.collection_permissions.create(
                collection=files,
                permission=_permission(apps, app_label, model, codename),
            )


def _permission(apps: Any, app_label: str, model: str, codename: str) -> Any:
    """Return a permission; Django itself makes most only after all migrations."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    kind, _made = ContentType.objects.get_or_create(app_label=app_label, model=model)
    permission, _made = Permission.objects.get_or_create(
        content_type=kind,
        codename=codename,
        defaults={"name": codename.replace("_", " ").capitalize()},
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0004_first_pages"),
        ("moderation", "0001_initial"),
        ("wagtailadmin", "0003_admin_managed"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
