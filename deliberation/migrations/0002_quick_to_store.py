from django.db import migrations

# What is written at every new result: the votes, which hardly get any smaller, as they
# are; the findings by the quick compression, where this PostgreSQL has it.
AS_THEY_ARE = (
    "ALTER TABLE deliberation_packedvotes ALTER COLUMN arrays SET STORAGE EXTERNAL"
)
HAS_LZ4 = (
    "SELECT 'lz4' = ANY(enumvals) FROM pg_settings"
    " WHERE name = 'default_toast_compression'"
)
QUICKLY = "ALTER TABLE deliberation_pollresult ALTER COLUMN findings SET COMPRESSION lz4"


def store_quickly(apps, schema_editor):
    """Spare PostgreSQL the time that its own compression takes."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(AS_THEY_ARE)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(HAS_LZ4)
        if cursor.fetchone() == (True,):
            cursor.execute(QUICKLY)


class Migration(migrations.Migration):

    dependencies = [("deliberation", "0001_initial")]

    operations = [migrations.RunPython(store_quickly, migrations.RunPython.noop)]
