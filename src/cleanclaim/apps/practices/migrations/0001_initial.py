import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard, tenant_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('npi', models.CharField(max_length=10)),
                ('tax_id', models.CharField(max_length=9)),
                ('taxonomy_code', models.CharField(blank=True, max_length=10)),
                ('clia_number', models.CharField(blank=True, max_length=10)),
                ('address', models.JSONField(default=dict)),
                ('phone', models.TextField(blank=True)),
                ('timezone', models.TextField(default='America/New_York')),
                ('state', models.TextField(choices=[('onboarding', 'Onboarding'), ('live', 'Live'), ('offboarding', 'Offboarding'), ('closed', 'Closed')], default='onboarding')),
                ('policies', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'practice',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'npi'), name='practice_npi')],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('npi', models.CharField(max_length=10)),
                ('last', models.TextField()),
                ('first', models.TextField(blank=True)),
                ('taxonomy_code', models.CharField(blank=True, max_length=10)),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft')),
            ],
            options={
                'db_table': 'provider',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'npi'), name='provider_npi')],
            },
        ),
        tenant_guard("practice"),
        practice_guard("provider"),
    ]
