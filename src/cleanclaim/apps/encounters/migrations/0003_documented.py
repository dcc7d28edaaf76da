import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import practice_guard


class Migration(migrations.Migration):

    dependencies = [
        ('encounters', '0002_sent_elsewhere'),
    ]

    operations = [
        migrations.CreateModel(
            name='Documented',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('ordinal', models.SmallIntegerField(default=0)),
                ('content', models.JSONField()),
                ('encounter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documented', to='encounters.encounter')),
            ],
            options={
                'db_table': 'documented',
                'constraints': [models.UniqueConstraint(fields=('practice_id', 'encounter', 'ordinal'), name='documented_once')],
            },
        ),
        practice_guard("documented"),
    ]
