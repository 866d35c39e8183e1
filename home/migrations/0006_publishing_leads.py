"""Make the role that signs for publishing against a rule, and sets the rules."""

from typing import Any

from django.db import migrations

ADMIN = ("wagtailadmin", "admin", "access_admin")
PAGES = ("add_page", "change_page", "publish_page")
RIGHTS = (
    ("forum", "waiver", "sign_waiver"),
    *(
        ("forum", model, f"{verb}_{model}")
        for model in ("publishingpolicy", "barrierreport")
        for verb in ("view", "change")
    ),
    ("forum", "publishingpolicy", "add_publishingpolicy"),
    ("forum", "publishingpolicy", "delete_publishingpolicy"),
)


def make_role(apps: Any, schema_editor: Any) -> None:
    """Give the role its rights: those of an editor, and its own."""
    Group = apps.get_model("auth", "Group")
    group, _made = Group.objects.get_or_create(name="Publishing leads")
    group.permissions.set([_permission(apps, *key) for key in (ADMIN, *RIGHTS)])
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    for codename in PAGES:
        group.page_permissions.get_or_create(
            page=root, permission=_permission(apps, "wagtailcore", "page", codename)
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
        ("home", "0005_roles"),
        ("forum", "0002_publishing_gate"),
    ]

    operations = [migrations.RunPython(make_role, migrations.RunPython.noop)]
