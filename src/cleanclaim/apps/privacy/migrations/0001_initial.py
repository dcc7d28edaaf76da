import cleanclaim.platform.ids
import cleanclaim.platform.models.bases
from django.db import migrations, models

from cleanclaim.platform.models.guards import tenant_guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=cleanclaim.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant_id', models.BigIntegerField(default=cleanclaim.platform.models.bases.tenant_in_scope, editable=False)),
                ('kind', models.TextField()),
                ('party', models.TextField()),
                ('start_date', models.DateField()),
                ('end_date', models.DateField(null=True)),
                ('reference', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'agreement',
                'constraints': [models.UniqueConstraint(fields=('tenant_id', 'kind', 'party', 'start_date'), name='agreement_once')],
            },
        ),
        tenant_guard("agreement"),
    ]
