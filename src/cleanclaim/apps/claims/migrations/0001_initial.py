import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import append_only, practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('encounters', '0001_initial'),
        ('patients', '0001_initial'),
        ('payers', '0001_initial'),
        ('practices', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('number', models.CharField(max_length=17)),
                ('level', models.SmallIntegerField()),
                ('kind', models.CharField(default='P', max_length=1)),
                ('stage', models.TextField()),
                ('outcome', models.TextField(default='none')),
                ('owner', models.TextField(default='us')),
                ('holds', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('version', models.SmallIntegerField(default=0)),
                ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('payer_control_numbers', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('planned', models.TextField(blank=True)),
                ('in_flight', models.TextField(blank=True)),
                ('next_claim_id', models.UUIDField(null=True)),
                ('forwarded_until', models.DateField(null=True)),
                ('first_adjudicated', models.DateField(null=True)),
                ('bars_patient', models.BooleanField(default=False)),
                ('service_date', models.DateField()),
                ('charge_cents', models.BigIntegerField(default=0)),
                ('allowed_cents', models.BigIntegerField(default=0)),
                ('paid_cents', models.BigIntegerField(default=0)),
                ('adjusted_cents', models.BigIntegerField(default=0)),
                ('patient_cents', models.BigIntegerField(default=0)),
                ('open_cents', models.BigIntegerField(default=0)),
                ('next_date', models.DateField(null=True)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('coverage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.coverage')),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='encounters.encounter')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.patient')),
                ('payer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payers.payer')),
                ('provider', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.provider')),
            ],
            options={
                'db_table': 'claim',
            },
        ),
        migrations.CreateModel(
            name='ClaimEvent',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('event', models.TextField()),
                ('stage', models.TextField(blank=True)),
                ('proof', models.TextField(blank=True)),
                ('detail', models.JSONField(default=dict)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='claims.claim')),
            ],
            options={
                'db_table': 'claim_event',
            },
        ),
        migrations.CreateModel(
            name='ClaimFinding',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('code', models.TextField()),
                ('severity', models.TextField()),
                ('place', models.TextField(blank=True)),
                ('content', models.JSONField(default=dict)),
                ('overridden_by', models.TextField(blank=True)),
                ('found_at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='claims.claim')),
            ],
            options={
                'db_table': 'claim_finding',
            },
        ),
        migrations.CreateModel(
            name='ClaimLine',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('ordinal', models.SmallIntegerField()),
                ('outcome', models.TextField(default='none')),
                ('expected_cents', models.BigIntegerField(null=True)),
                ('open_cents', models.BigIntegerField(default=0)),
                ('patient_cents', models.BigIntegerField(default=0)),
                ('charge_key', models.TextField(blank=True)),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='encounters.charge')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='claims.claim')),
            ],
            options={
                'db_table': 'claim_line',
            },
        ),
        migrations.CreateModel(
            name='ClaimVersion',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('version', models.SmallIntegerField()),
                ('number', models.CharField(max_length=20)),
                ('kind', models.TextField()),
                ('frequency_code', models.CharField(max_length=1)),
                ('content', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('releases', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list)),
                ('made_at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='claims.claim')),
            ],
            options={
                'db_table': 'claim_version',
            },
        ),
        migrations.CreateModel(
            name='ClaimPerson',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('sealed', models.BinaryField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='person', to='claims.claimversion')),
            ],
            options={
                'db_table': 'claim_person',
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['practice_id', 'stage', 'id'], name='claim_stage'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['practice_id', 'patient'], name='claim_patient'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['payer_control_numbers'], name='claim_icn'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('open_cents', 0), _negated=True), fields=['practice_id', 'payer', 'provider', 'service_date'], include=('open_cents',), name='claim_open'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('practice_id', 'number'), name='claim_number'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(fields=('practice_id', 'encounter', 'level'), name='claim_level_once'),
        ),
        migrations.AddIndex(
            model_name='claimevent',
            index=models.Index(fields=['practice_id', 'claim', 'at'], name='claim_event_timeline'),
        ),
        migrations.AddIndex(
            model_name='claimfinding',
            index=models.Index(fields=['practice_id', 'code', 'claim'], name='claim_finding_code'),
        ),
        migrations.AddConstraint(
            model_name='claimline',
            constraint=models.UniqueConstraint(fields=('practice_id', 'claim', 'charge'), name='claim_charge'),
        ),
        migrations.AddConstraint(
            model_name='claimversion',
            constraint=models.UniqueConstraint(fields=('practice_id', 'number'), name='claim_version_number'),
        ),
        migrations.AddConstraint(
            model_name='claimversion',
            constraint=models.UniqueConstraint(fields=('practice_id', 'claim', 'version'), name='claim_version_once'),
        ),
        practice_guard("claim"),
        practice_guard("claim_line"),
        practice_guard("claim_version"),
        append_only("claim_version"),
        practice_guard("claim_person"),
        practice_guard("claim_finding"),
        practice_guard("claim_event"),
        append_only("claim_event"),
        migrations.RunSQL("CREATE SEQUENCE claim_number_given START 100001", "DROP SEQUENCE claim_number_given"),
    ]
