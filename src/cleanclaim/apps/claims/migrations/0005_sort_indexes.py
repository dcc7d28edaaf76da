from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_covering_indexes'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['practice_id', 'service_date', 'id'], name='claim_by_service'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['practice_id', 'charge_cents', 'id'], name='claim_by_charge'),
        ),
    ]
