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
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('kind', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('given', models.PositiveIntegerField()),
                ('imported', models.PositiveIntegerField(default=0)),
                ('waiting', models.PositiveIntegerField(default=0)),
                ('already', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('findings', models.JSONField(default=list)),
                ('taken_at', models.DateTimeField()),
                ('actor', models.TextField()),
            ],
            options={
                'db_table': 'intake',
            },
        ),
        migrations.CreateModel(
            name='Encounter',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('sealed', models.BinaryField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('number', models.TextField()),
                ('content_key', models.BinaryField(max_length=16)),
                ('service_date', models.DateField()),
                ('place_of_service', models.CharField(blank=True, max_length=2)),
                ('diagnoses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list)),
                ('state', models.TextField(choices=[('waiting_for_coding', 'Waiting For Coding'), ('charge_ready', 'Charge Ready'), ('billed', 'Billed'), ('cancelled', 'Cancelled')])),
                ('coverages', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
                ('drafts', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('foreign_control_number', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient')),
                ('rendering', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.provider')),
                ('intake', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.intake')),
            ],
            options={
                'db_table': 'encounter',
            },
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('line_number', models.TextField()),
                ('ordinal', models.SmallIntegerField()),
                ('procedure_code', models.CharField(max_length=5)),
                ('modifiers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), default=list)),
                ('units', models.DecimalField(decimal_places=3, max_digits=11)),
                ('unit_code', models.CharField(default='UN', max_length=2)),
                ('charge_cents', models.BigIntegerField()),
                ('service_date', models.DateField()),
                ('diagnosis_pointers', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), default=list)),
                ('drug', models.JSONField(null=True)),
                ('is_restricted', models.BooleanField(default=False)),
                ('is_self_pay', models.BooleanField(default=False)),
                ('voided_at', models.DateTimeField(null=True)),
                ('replaces_id', models.UUIDField(null=True)),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='encounters.encounter')),
            ],
            options={
                'db_table': 'charge',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'encounter', 'line_number'), name='charge_line_number')],
            },
        ),
        migrations.AddIndex(
            model_name='encounter',
            index=models.Index(condition=models.Q(('state__in', ['waiting_for_coding', 'charge_ready'])), fields=['practice_id', 'state', 'id'], name='encounter_to_do'),
        ),
        migrations.AddConstraint(
            model_name='encounter',
            constraint=models.UniqueConstraint(fields=('practice_id', 'number'), name='encounter_number'),
        ),
        practice_guard("intake"),
        practice_guard("encounter"),
        practice_guard("charge"),
    ]
