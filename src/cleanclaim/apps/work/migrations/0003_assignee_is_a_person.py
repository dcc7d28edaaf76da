from django.db import migrations, models


class Migration(migrations.Migration):
    """People have opaque ids; nobody was given an item before."""

    dependencies = [
        ('work', '0002_note_and_run'),
    ]

    operations = [
        migrations.RemoveField(model_name='workitem', name='assignee_id'),
        migrations.AddField(
            model_name='workitem',
            name='assignee_id',
            field=models.UUIDField(null=True),
        ),
    ]
