import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange', '0001_initial'),
        ('payers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('kind', models.TextField()),
                ('name', models.TextField()),
                ('is_open', models.BooleanField(default=True)),
                ('amount_cents', models.BigIntegerField()),
                ('remittance_id', models.UUIDField(null=True)),
                ('claim_id', models.UUIDField(null=True)),
                ('patient_id', models.UUIDField(null=True)),
                ('payer_id', models.UUIDField(null=True)),
                ('content', models.BinaryField()),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'matter',
                'indexes': [models.Index(condition=models.Q(('is_open', True)), fields=['practice_id', 'kind'], name='matter_open'), models.Index(fields=['practice_id', 'remittance_id'], name='matter_remittance')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'kind', 'name'), name='matter_name')],
            },
        ),
        migrations.CreateModel(
            name='Remittance',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('payer_trace_id', models.TextField()),
                ('trace', models.TextField()),
                ('payee', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('is_held_back', models.BooleanField(default=False)),
                ('amount_cents', models.BigIntegerField()),
                ('method', models.CharField(max_length=3)),
                ('payment_date', models.DateField()),
                ('payer_name', models.TextField(blank=True)),
                ('claim_count', models.PositiveIntegerField(default=0)),
                ('content', models.BinaryField(null=True)),
                ('parked', models.PositiveIntegerField(default=0)),
                ('state', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('posted_at', models.DateTimeField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.inboundfile')),
                ('payer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payers.payer')),
            ],
            options={
                'db_table': 'remittance',
            },
        ),
        migrations.CreateModel(
            name='Adjudication',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('key', models.TextField()),
                ('ordinal', models.PositiveIntegerField()),
                ('claim_id', models.UUIDField()),
                ('number', models.TextField()),
                ('status_code', models.CharField(max_length=2)),
                ('payer_control_number', models.TextField(blank=True)),
                ('charge_cents', models.BigIntegerField()),
                ('paid_cents', models.BigIntegerField()),
                ('patient_cents', models.BigIntegerField()),
                ('content', models.BinaryField()),
                ('entry_keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('reversed_by', models.TextField(blank=True)),
                ('remittance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjudications', to='remittance.remittance')),
            ],
            options={
                'db_table': 'adjudication',
            },
        ),
        migrations.CreateModel(
            name='Deposit',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('payer_trace_id', models.TextField()),
                ('trace', models.TextField()),
                ('amount_cents', models.BigIntegerField()),
                ('deposit_date', models.DateField()),
                ('state', models.TextField()),
                ('received_at', models.DateTimeField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.inboundfile')),
            ],
            options={
                'db_table': 'deposit',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'payer_trace_id', 'trace'), name='deposit_trace')],
            },
        ),
        migrations.AddIndex(
            model_name='remittance',
            index=models.Index(fields=['practice_id', 'state', 'payment_date'], name='remittance_state'),
        ),
        migrations.AddIndex(
            model_name='remittance',
            index=models.Index(fields=['practice_id', 'trace'], name='remittance_trace_search'),
        ),
        migrations.AddConstraint(
            model_name='remittance',
            constraint=models.UniqueConstraint(condition=models.Q(('is_held_back', False)), fields=('practice_id', 'payer_trace_id', 'trace', 'payee'), name='remittance_trace'),
        ),
        migrations.AddIndex(
            model_name='adjudication',
            index=models.Index(fields=['practice_id', 'claim_id'], name='adjudication_claim'),
        ),
        migrations.AddIndex(
            model_name='adjudication',
            index=models.Index(fields=['practice_id', 'remittance', 'ordinal'], name='adjudication_remittance'),
        ),
        migrations.AddConstraint(
            model_name='adjudication',
            constraint=models.UniqueConstraint(fields=('practice_id', 'key'), name='adjudication_key'),
        ),
        practice_guard("remittance"),
        practice_guard("adjudication"),
        practice_guard("matter"),
        practice_guard("deposit"),
    ]
