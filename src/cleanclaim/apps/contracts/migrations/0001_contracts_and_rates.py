import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.contrib.postgres.fields
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('contract', models.TextField()),
                ('payer_id', models.TextField()),
                ('plan', models.TextField(blank=True)),
                ('provider_npis', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list)),
                ('method', models.TextField()),
                ('percent', models.DecimalField(decimal_places=3, max_digits=7)),
                ('locality', models.TextField(blank=True)),
                ('lesser_of_charge', models.BooleanField(default=True)),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
            ],
            options={
                'db_table': 'contract',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'contract', 'start_date'), name='contract_since')],
            },
        ),
        migrations.CreateModel(
            name='Rate',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('contract', models.TextField(blank=True)),
                ('code', models.CharField(max_length=5)),
                ('modifier', models.CharField(blank=True, max_length=2)),
                ('place', models.CharField(blank=True, max_length=2)),
                ('provider_npi', models.CharField(blank=True, max_length=10)),
                ('payer_id', models.TextField(blank=True)),
                ('plan', models.TextField(blank=True)),
                ('amount_cents', models.BigIntegerField()),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
            ],
            options={
                'db_table': 'rate',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'code', 'contract', 'modifier', 'place', 'provider_npi', 'payer_id', 'plan', 'start_date'), name='rate_since')],
            },
        ),
        practice_guard("contract"),
        practice_guard("rate"),
    ]
