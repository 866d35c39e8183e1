"""Let moderators see and answer what people report as barriers."""

from typing import Any

from django.db import migrations

GROUPS = ("Moderators", "Lead moderators")


def let_answer(apps: Any, schema_editor: Any) -> None:
    """Give both groups of moderators the cases that the accessibility form opens."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    kind, _made = ContentType.objects.get_or_create(
        app_label="forum", model="barrierreport"
    )
    for verb in ("view", "change"):
        permission, _made = Permission.objects.get_or_create(
            content_type=kind,
            codename=f"{verb}_barrierreport",
            defaults={"name": f"Can {verb} reported barrier"},
        )
        for group in Group.objects.filter(name__in=GROUPS):
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("home", "0006_publishing_leads")]

    operations = [migrations.RunPython(let_answer, migrations.RunPython.noop)]
