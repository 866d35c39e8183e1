from django.db import migrations


def store_as_they_are(apps, schema_editor):
    """Spare PostgreSQL the attempt to compress what is written at every new result."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE deliberation_packedvotes"
            " ALTER COLUMN arrays SET STORAGE EXTERNAL"
        )


class Migration(migrations.Migration):

    dependencies = [("deliberation", "0001_initial")]

    operations = [migrations.RunPython(store_as_they_are, migrations.RunPython.noop)]
