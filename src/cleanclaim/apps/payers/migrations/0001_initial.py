import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.platform.models.guards import tenant_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Payer',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('payer_id', models.TextField()),
                ('name', models.TextField()),
                ('filing_indicator', models.CharField(max_length=2)),
                ('trace_originator', models.TextField(blank=True)),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft')),
                ('takes_replacements', models.BooleanField(default=True)),
                ('timely_filing_days', models.PositiveSmallIntegerField(null=True)),
                ('crossover_wait_days', models.PositiveSmallIntegerField(default=30)),
                ('profile', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'payer',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'payer_id'), name='payer_id_in_exchange')],
            },
        ),
        tenant_guard("payer"),
    ]
