from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="connection",
            name="polled_at",
            field=models.DateTimeField(null=True),
        ),
    ]
