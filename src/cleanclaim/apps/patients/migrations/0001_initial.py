import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('payers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Patient',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('sealed', models.BinaryField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('number_key', models.BinaryField(max_length=16)),
                ('name_key', models.BinaryField(max_length=16)),
                ('phone_key', models.BinaryField(max_length=16, null=True)),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed'), ('merged', 'Merged')], default='draft')),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'patient',
                'indexes': [models.Index(fields=['practice_id', 'name_key'], name='patient_name')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'number_key'), name='patient_number')],
            },
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('sealed', models.BinaryField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('rank', models.SmallIntegerField()),
                ('relationship_code', models.CharField(default='18', max_length=2)),
                ('member_key', models.BinaryField(max_length=16)),
                ('start_date', models.DateField(null=True)),
                ('end_date', models.DateField(null=True)),
                ('state', models.TextField(choices=[('draft', 'Draft'), ('confirmed', 'Confirmed')], default='draft')),
                ('made_at', models.DateTimeField()),
                ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payers.payer')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coverages', to='patients.patient')),
            ],
            options={
                'db_table': 'coverage',
                'indexes': [models.Index(fields=['practice_id', 'member_key'], name='coverage_member_key')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'patient', 'payer', 'member_key'), name='coverage_member')],
            },
        ),
        practice_guard("patient"),
        practice_guard("coverage"),
    ]
