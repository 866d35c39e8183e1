"""Lead moderators say who moderates what, and keep the saved replies."""

from typing import Any

from django.db import migrations

MODELS = ("assignment", "savedreply")
VERBS = ("add", "change", "delete", "view")


def let_lead(apps: Any, schema_editor: Any) -> None:
    """Give lead moderators what the desk gained; Django makes the rest later."""
    group = apps.get_model("auth", "Group").objects.filter(name="Lead moderators")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    for lead in group:
        for model in MODELS:
            kind, _made = ContentType.objects.get_or_create(
                app_label="moderation", model=model
            )
            for verb in VERBS:
                permission, _made = Permission.objects.get_or_create(
                    content_type=kind,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"{verb.capitalize()} {model}"},
                )
                lead.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0007_barriers_for_moderators"),
        ("moderation", "0009_desk_acts"),
    ]

    operations = [migrations.RunPython(let_lead, migrations.RunPython.noop)]
