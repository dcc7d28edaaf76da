import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.apps.ledger.guards import zero_sum
from cleanclaim.platform.models.guards import append_only, practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('pk', models.CompositePrimaryKey('practice_id', 'account', 'detail', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account', models.CharField(max_length=4)),
                ('detail', models.TextField()),
                ('cents', models.BigIntegerField()),
            ],
            options={
                'db_table': 'ledger_balance',
            },
        ),
        migrations.CreateModel(
            name='ClosedPeriod',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('period', models.CharField(max_length=7)),
                ('closed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'ledger_closed_period',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'period'), name='closed_period_once')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('key', models.TextField()),
                ('event', models.TextField()),
                ('day', models.DateField()),
                ('period', models.CharField(max_length=7)),
                ('reverses', models.TextField(blank=True)),
                ('back_period', models.CharField(blank=True, max_length=7)),
                ('actor', models.TextField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'ledger_entry',
                'indexes': [models.Index(fields=['practice_id', 'day'], name='ledger_entry_day')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'key'), name='ledger_entry_key')],
            },
        ),
        migrations.CreateModel(
            name='JournalLine',
            fields=[
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('pk', models.CompositePrimaryKey('practice_id', 'entry_id', 'ordinal', blank=True, editable=False, primary_key=True, serialize=False)),
                ('entry_id', models.UUIDField()),
                ('ordinal', models.SmallIntegerField()),
                ('account', models.CharField(max_length=4)),
                ('amount_cents', models.BigIntegerField()),
                ('day', models.DateField()),
                ('payer_id', models.UUIDField(null=True)),
                ('rank', models.SmallIntegerField(default=0)),
                ('claim_id', models.UUIDField(null=True)),
                ('line_id', models.UUIDField(null=True)),
                ('patient_id', models.UUIDField(null=True)),
                ('provider_id', models.UUIDField(null=True)),
                ('trace', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True)),
                ('plb', models.TextField(blank=True)),
                ('suspense', models.TextField(blank=True)),
                ('month', models.CharField(blank=True, max_length=7)),
                ('remittance', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'ledger_line',
                'indexes': [models.Index(fields=['practice_id', 'claim_id'], name='ledger_line_claim'), models.Index(fields=['practice_id', 'day', 'account'], name='ledger_line_day')],
            },
        ),
        practice_guard("ledger_entry"),
        append_only("ledger_entry"),
        practice_guard("ledger_line"),
        append_only("ledger_line"),
        practice_guard("ledger_balance"),
        practice_guard("ledger_closed_period"),
        zero_sum(),
    ]
