"""Make the roles: editors publish, moderators review, leads oversee and sign."""

from typing import Any

from django.db import migrations

ADMIN = ("wagtailadmin", "admin", "access_admin")
REVIEW = ("moderation", "decision", "review_content")
EVERY_VERB = ("add", "change", "delete", "view")


def _rights(app_label: str, model: str, *verbs: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((app_label, model, f"{verb}_{model}") for verb in verbs)


BARRIERS = _rights("forum", "barrierreport", "view", "change")
FILES = (
    *_rights("wagtailimages", "image", "add", "change", "choose"),
    *_rights("wagtaildocs", "document", "add", "change", "choose"),
)
# What each role may do beside opening the admin.
ROLES = {
    "Editors": (),
    "Moderators": (REVIEW, *BARRIERS),
    "Lead moderators": (
        REVIEW,
        ("moderation", "decision", "lead_review"),
        *_rights("moderation", "policy", "add", "change", "view"),
        *_rights("moderation", "houserule", "add", "change", "view"),
        *_rights("moderation", "participant", "change", "view"),
        *_rights("moderation", "assignment", *EVERY_VERB),
        *_rights("moderation", "savedreply", *EVERY_VERB),
        *BARRIERS,
    ),
    "Publishing leads": (
        ("forum", "waiver", "sign_waiver"),
        *_rights("forum", "publishingpolicy", *EVERY_VERB),
        *BARRIERS,
    ),
}
PAGES = {
    "Editors": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    "Publishing leads": ("add_page", "change_page", "publish_page"),
}


def make_roles(apps: Any, schema_editor: Any) -> None:
    """Turn Wagtail's two groups into our four, without rights left over."""
    Group = apps.get_model("auth", "Group")
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    files = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for name, rights in ROLES.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.set(_permission(apps, *right) for right in (ADMIN, *rights))
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()
        for codename in PAGES.get(name, ()):
            group.page_permissions.create(
                page=root, permission=_permission(apps, "wagtailcore", "page", codename)
            )
    editors = Group.objects.get(name="Editors")
    for right in FILES:
        editors.collection_permissions.create(
            collection=files, permission=_permission(apps, *right)
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
        ("home", "0003_first_pages"),
        ("moderation", "0001_initial"),
        ("wagtailadmin", "0003_admin_managed"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
