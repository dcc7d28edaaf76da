import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
import django.db.models.deletion
from django.db import migrations, models

from cleanclaim.platform.models.guards import append_only, practice_guard


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimCheck',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('practice_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.practice_in_scope, editable=False)),
                ('at', models.DateTimeField()),
                ('actor', models.TextField()),
                ('code_set', models.CharField(max_length=12)),
                ('rule_set', models.CharField(max_length=12)),
                ('blocking', models.SmallIntegerField()),
                ('findings', models.SmallIntegerField()),
                ('expected', models.JSONField(default=list)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='claims.claim')),
            ],
            options={
                'db_table': 'claim_check',
                'indexes': [models.Index(fields=['practice_id', 'claim', 'at'], name='claim_check_at')],
            },
        ),
        practice_guard("claim_check"),
        append_only("claim_check"),
    ]
