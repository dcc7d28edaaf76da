import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
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
                ('content', models.JSONField(default=dict)),
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
            name='RemittanceClaim',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('ordinal', models.PositiveIntegerField()),
                ('number', models.TextField()),
                ('status_code', models.CharField(max_length=2)),
                ('payer_control_number', models.TextField(blank=True)),
                ('charge_cents', models.BigIntegerField()),
                ('paid_cents', models.BigIntegerField()),
                ('patient_cents', models.BigIntegerField()),
                ('claim_id', models.UUIDField(null=True)),
                ('matched_by', models.TextField(blank=True)),
                ('state', models.TextField(default='received')),
                ('content', models.JSONField(default=dict)),
                ('remittance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='remittance.remittance')),
            ],
            options={
                'db_table': 'remittance_claim',
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
                ('state', models.TextField(default='seen')),
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
            model_name='remittanceclaim',
            index=models.Index(fields=['practice_id', 'claim_id'], name='remittance_claim_claim'),
        ),
        migrations.AddIndex(
            model_name='remittanceclaim',
            index=models.Index(fields=['practice_id', 'number'], name='remittance_claim_number'),
        ),
        migrations.AddConstraint(
            model_name='remittanceclaim',
            constraint=models.UniqueConstraint(fields=('practice_id', 'remittance', 'ordinal'), name='remittance_claim_once'),
        ),
        practice_guard("remittance"),
        practice_guard("remittance_claim"),
        practice_guard("deposit"),
    ]
