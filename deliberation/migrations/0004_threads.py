from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deliberation', '0003_polls'),
    ]

    operations = [
        migrations.AddField(
            model_name='commentversion',
            name='was_public',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('status', 'published')), fields=['discussion', 'created_at', 'id'], name='comment_public_by_time'),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(condition=models.Q(('root__isnull', False), ('status', 'published')), fields=['root'], name='comment_public_by_root'),
        ),
    ]
