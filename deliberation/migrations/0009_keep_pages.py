from django.conf import settings
from django.db import migrations, models

from deliberation.models.window import keep_what_people_said


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0008_bridging")]

    operations = [
        migrations.AlterField(
            model_name="discussion",
            name="page",
            field=models.ForeignKey(
                on_delete=keep_what_people_said,
                related_name="%(class)ss",
                to=settings.WAGTAIL_PAGE_MODEL,
                verbose_name="page",
            ),
        ),
        migrations.AlterField(
            model_name="poll",
            name="page",
            field=models.ForeignKey(
                on_delete=keep_what_people_said,
                related_name="%(class)ss",
                to=settings.WAGTAIL_PAGE_MODEL,
                verbose_name="page",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="page",
            field=models.ForeignKey(
                on_delete=keep_what_people_said,
                related_name="%(class)ss",
                to=settings.WAGTAIL_PAGE_MODEL,
                verbose_name="page",
            ),
        ),
    ]
