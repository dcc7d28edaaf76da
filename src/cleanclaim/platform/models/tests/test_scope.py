from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cleanclaim.apps.tenancy.models import Person, Tenant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import directory_scope, owner_scope, scope, tenant_scope


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}:")


@pytest.fixture
def other(tenant, now):
    with directory_scope():
        return Tenant.objects.create(name="Other", slug="other", policy="umbs", created_at=now)


def test_outside_a_scope_the_manager_refuses_and_the_database_shows_nothing(tenant, now):
    with tenant_scope(tenant.id, actor="a", at=now):
        audit_record(action="read", resource_type="claim", resource_ids=[1])
    with refused("no_scope"):
        AuditEvent.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_auditevent")
        assert cursor.fetchone() == (0,)
    assert Tenant.objects.count() == Person.objects.count() == 0


def test_a_tenant_sees_its_own_rows_only_and_writes_no_others(tenant, other, now):
    with tenant_scope(tenant.id, actor="a", at=now):
        audit_record(action="read", resource_type="claim")
        assert list(Tenant.objects.values_list("id", flat=True)) == [tenant.id]
    with tenant_scope(other.id, actor="a", at=now):
        assert AuditEvent.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            AuditEvent.objects.create(tenant_id=tenant.id, at=now, actor="a", action="x")


def test_the_app_role_cannot_use_the_scope_of_the_owner(tenant, now):
    with tenant_scope(tenant.id, actor="a", at=now):
        audit_record(action="read", resource_type="claim")
    with owner_scope():
        assert AuditEvent.objects.count() == 0


def test_scopes_nest_inside_one_tenant_and_give_back_what_was(tenant, other, now, grant_for):
    outer = grant_for(tenant.id, 1, 2)
    with scope(outer, at=now):
        with scope(grant_for(tenant.id, 1), at=now):
            assert _practices() == "{1}"
        assert _practices() == "{1,2}"
        with refused("scope_of_other_tenant"), tenant_scope(other.id, actor="a", at=now):
            pass


def test_an_ended_grant_opens_nothing_and_the_refusal_is_recorded(tenant, now, grant_for):
    ended = grant_for(tenant.id, 1, not_after=now)
    with refused("grant_expired"), scope(ended, at=now + timedelta(seconds=1)):
        pass
    with tenant_scope(tenant.id, actor="a", at=now):
        event = AuditEvent.objects.get()
    assert (event.outcome, event.detail["code"], event.practice_id) == (
        "refused",
        "grant_expired",
        1,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET actor = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent CASCADE",
        "ALTER TABLE audit_auditevent DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER append_only ON audit_auditevent",
    ],
)
def test_the_app_role_cannot_change_what_is_written(tenant, now, statement):
    with (
        tenant_scope(tenant.id, actor="a", at=now),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def _practices():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.practice_ids')")
        return cursor.fetchone()[0]
