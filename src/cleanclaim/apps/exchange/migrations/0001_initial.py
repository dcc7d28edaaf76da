import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import append_only, practice_guard, tenant_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Connection',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('name', models.TextField()),
                ('transport', models.TextField()),
                ('settings', models.JSONField(default=dict)),
                ('sender_id', models.CharField(max_length=15)),
                ('receiver_id', models.CharField(max_length=15)),
                ('is_test', models.BooleanField(default=False)),
            ],
            options={
                'db_table': 'connection',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'name'), name='connection_name')],
            },
        ),
        migrations.CreateModel(
            name='ControlNumber',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('number', models.BigIntegerField()),
                ('practice_id', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.connection')),
            ],
            options={
                'db_table': 'control_number',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'connection', 'number'), name='control_number_once')],
            },
        ),
        migrations.CreateModel(
            name='InboundFile',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(null=True)),
                ('kind', models.TextField(blank=True)),
                ('state', models.TextField(choices=[('received', 'Received'), ('applied', 'Applied'), ('parked', 'Parked'), ('refused', 'Refused')], default='received')),
                ('reason', models.TextField(blank=True)),
                ('times_received', models.PositiveIntegerField(default=1)),
                ('received_at', models.DateTimeField()),
                ('applied_at', models.DateTimeField(null=True)),
                ('connection', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.connection')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'db_table': 'inbound_file',
                'indexes': [models.Index(condition=models.Q(('state', 'received')), fields=['tenant_id', 'received_at'], name='inbound_file_waiting')],
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'file'), name='inbound_file_once')],
            },
        ),
        migrations.CreateModel(
            name='Interchange',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('control_number', models.BigIntegerField()),
                ('name', models.TextField()),
                ('state', models.TextField(choices=[('sealed', 'Sealed'), ('sending', 'Sending'), ('unknown', 'Unknown'), ('sent', 'Sent'), ('accepted', 'Accepted'), ('rejected', 'Rejected')], default='sealed')),
                ('made_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('proof', models.TextField(blank=True)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.connection')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'db_table': 'interchange',
                'indexes': [models.Index(condition=models.Q(('state__in', ['accepted', 'rejected']), _negated=True), fields=['practice_id', 'state'], name='interchange_open')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'connection', 'control_number'), name='interchange_control_number')],
            },
        ),
        tenant_guard("connection"),
        tenant_guard("control_number"),
        append_only("control_number"),
        practice_guard("interchange"),
        tenant_guard("inbound_file"),
    ]
