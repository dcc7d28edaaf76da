import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('clia_number', models.CharField(max_length=10)),
                ('level', models.TextField()),
                ('start_date', models.DateField()),
                ('end_date', models.DateField()),
            ],
            options={
                'db_table': 'certificate',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'clia_number', 'start_date'), name='certificate_span')],
            },
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('provider_npi', models.CharField(max_length=10)),
                ('payer_id', models.TextField()),
                ('status', models.TextField()),
                ('effective_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
            ],
            options={
                'db_table': 'credential',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'provider_npi', 'payer_id', 'effective_date'), name='credential_span')],
            },
        ),
        migrations.CreateModel(
            name='Enrollment',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('payer_id', models.TextField()),
                ('transaction', models.CharField(max_length=4)),
                ('status', models.TextField()),
                ('effective_date', models.DateField()),
            ],
            options={
                'db_table': 'enrollment',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'payer_id', 'transaction', 'effective_date'), name='enrollment_since')],
            },
        ),
        practice_guard("credential"),
        practice_guard("enrollment"),
        practice_guard("certificate"),
    ]
