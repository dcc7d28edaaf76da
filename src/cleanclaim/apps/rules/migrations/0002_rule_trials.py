import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import mixed_guard


class Migration(migrations.Migration):

    dependencies = [
        ('rules', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleTrial',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(editable=False, null=True)),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting')),
                ('total', models.PositiveIntegerField(default=0)),
                ('looked', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('rule_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trials', to='rules.ruleversion')),
            ],
            options={
                'db_table': 'rule_trial',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('rule_version',), name='rule_trial_one_at_a_time')],
            },
        ),
        mixed_guard("rule_trial"),
    ]
