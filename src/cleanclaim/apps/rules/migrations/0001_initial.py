import django.db.models.deletion
import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.platform.models.guards import append_only, mixed_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='RuleVersion',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(editable=False, null=True)),
                ('payer_id', models.TextField(blank=True)),
                ('rule_id', models.CharField(max_length=30)),
                ('version', models.PositiveIntegerField()),
                ('when', models.TextField()),
                ('message', models.TextField()),
                ('severity', models.TextField()),
                ('field', models.TextField(blank=True)),
                ('fix', models.TextField(blank=True)),
                ('source', models.TextField(blank=True)),
                ('effective_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
                ('made_at', models.DateTimeField()),
                ('actor', models.TextField()),
            ],
            options={
                'db_table': 'rule_version',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'practice_id', 'rule_id', 'version'), name='rule_version_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='RuleStep',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(editable=False, null=True)),
                ('kind', models.TextField(choices=[('tested', 'Tested'), ('activated', 'Activated'), ('ended', 'Ended')])),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('detail', models.JSONField(default=dict)),
                ('rule_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='rules.ruleversion')),
            ],
            options={
                'db_table': 'rule_step',
                'indexes': [models.Index(fields=['rule_version', 'at'], name='rule_step_version')],
            },
        ),
        mixed_guard("rule_version"),
        append_only("rule_version"),
        mixed_guard("rule_step"),
        append_only("rule_step"),
    ]
