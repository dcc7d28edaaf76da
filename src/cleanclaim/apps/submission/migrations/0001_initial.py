import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import append_only, practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('claims', '0001_initial'),
        ('exchange', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('group_control_number', models.BigIntegerField()),
                ('transaction_control_number', models.TextField()),
                ('reference', models.TextField()),
                ('claim_count', models.PositiveIntegerField()),
                ('charge_cents', models.BigIntegerField()),
                ('state', models.TextField(choices=[('sealed', 'Sealed'), ('sent', 'Sent'), ('accepted_file', 'Accepted'), ('partially_accepted', 'Partial'), ('rejected_file', 'Rejected')], default='sealed')),
                ('interchange', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='exchange.interchange')),
            ],
            options={
                'db_table': 'batch',
            },
        ),
        migrations.CreateModel(
            name='BatchClaim',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('number', models.CharField(max_length=20)),
                ('ordinal', models.PositiveIntegerField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='submission.batch')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claimversion')),
            ],
            options={
                'db_table': 'batch_claim',
            },
        ),
        migrations.CreateModel(
            name='Acknowledgement',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('ordinal', models.PositiveIntegerField()),
                ('kind', models.TextField()),
                ('interchange_id', models.UUIDField(null=True)),
                ('claim_id', models.UUIDField(null=True)),
                ('number', models.TextField(blank=True)),
                ('verdict', models.TextField()),
                ('content', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.inboundfile')),
            ],
            options={
                'db_table': 'acknowledgement',
                'indexes': [models.Index(fields=['practice_id', 'claim_id'], name='acknowledgement_claim')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'file', 'ordinal'), name='acknowledgement_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(fields=('practice_id', 'interchange', 'transaction_control_number'), name='batch_control_number'),
        ),
        migrations.AddIndex(
            model_name='batchclaim',
            index=models.Index(fields=['practice_id', 'number'], name='batch_claim_number'),
        ),
        migrations.AddConstraint(
            model_name='batchclaim',
            constraint=models.UniqueConstraint(fields=('practice_id', 'version'), name='batch_version_once'),
        ),
        practice_guard("batch"),
        practice_guard("batch_claim"),
        practice_guard("acknowledgement"),
        append_only("acknowledgement"),
    ]
