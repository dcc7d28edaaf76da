import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('patients', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Authorization',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('sealed', models.BinaryField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('number_key', models.BinaryField(max_length=16)),
                ('payer_id', models.TextField()),
                ('kind', models.TextField()),
                ('status', models.TextField()),
                ('start_date', models.DateField()),
                ('end_date', models.DateField()),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=11), default=list)),
                ('provider_npis', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list)),
                ('units', models.DecimalField(decimal_places=3, max_digits=9, null=True)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient')),
            ],
            options={
                'db_table': 'authorization',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'patient', 'payer_id', 'number_key'), name='authorization_number')],
            },
        ),
        migrations.CreateModel(
            name='EligibilityAnswer',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('payer_id', models.TextField()),
                ('checked_date', models.DateField()),
                ('status', models.TextField()),
                ('start_date', models.DateField()),
                ('end_date', models.DateField()),
                ('requires_referral', models.BooleanField(default=False)),
                ('overlays', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient')),
            ],
            options={
                'db_table': 'eligibility_answer',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'patient', 'payer_id', 'checked_date', 'start_date'), name='eligibility_answer_once')],
            },
        ),
        practice_guard("authorization"),
        practice_guard("eligibility_answer"),
    ]
