import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('kind', models.TextField()),
                ('subject_id', models.TextField()),
                ('what', models.TextField(blank=True)),
                ('is_active', models.BooleanField(default=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'hold',
                'indexes': [models.Index(condition=models.Q(('is_active', True)), fields=['practice_id', 'subject_id'], name='hold_active')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'kind', 'subject_id', 'what'), name='hold_once')],
            },
        ),
        migrations.CreateModel(
            name='Timer',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('kind', models.TextField()),
                ('claim_id', models.UUIDField()),
                ('due_date', models.DateField()),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'db_table': 'timer',
                'indexes': [models.Index(condition=models.Q(('is_active', True)), fields=['practice_id', 'due_date'], name='timer_due')],
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'kind', 'claim_id'), name='timer_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkItem',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('kind', models.TextField()),
                ('subject_kind', models.TextField()),
                ('subject_id', models.TextField()),
                ('claim_id', models.UUIDField(null=True)),
                ('owner', models.TextField()),
                ('state', models.TextField(choices=[('open', 'Open'), ('pended', 'Pended'), ('done', 'Done')], default='open')),
                ('words', models.TextField(blank=True)),
                ('requested_by', models.TextField(blank=True)),
                ('stake_cents', models.BigIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('due_date', models.DateField(null=True)),
                ('pended_until', models.DateField(null=True)),
                ('assignee_id', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'work_item',
                'indexes': [models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['practice_id', 'kind', 'opened_at'], name='work_item_queue'), models.Index(fields=['practice_id', 'subject_id'], name='work_item_subject'), models.Index(fields=['practice_id', 'claim_id'], name='work_item_claim')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'done'), _negated=True), fields=('practice_id', 'kind', 'subject_id'), name='work_item_open_once')],
            },
        ),
        practice_guard("work_item"),
        practice_guard("hold"),
        practice_guard("timer"),
    ]
