from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="flag",
            name="language",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=20
            ),
        ),
    ]
