import pytest
from django.db import connection

from cleanclaim.apps.tenancy.models import Tenant
from cleanclaim.apps.tenancy.tasks import audit_link
from cleanclaim.platform.audit.chain import (
    Head,
    anchor_append,
    anchors_read,
    chain_extend,
    chain_head,
    chain_verify,
)
from cleanclaim.platform.audit.models import AuditEvent, AuditLink
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import directory_scope, tenant_scope


@pytest.fixture
def tenant_id(own_database, now):
    with directory_scope():
        return Tenant.objects.create(name="T", slug="t", policy="usmed", created_at=now).id


def record(tenant_id, now, count):
    for number in range(count):
        with tenant_scope(tenant_id, actor="person:1", at=now):
            audit_record(action="read", resource_type="claim", resource_ids=[number])


def verdict(tenant_id, now, anchors=()):
    with tenant_scope(tenant_id, actor="person:1", at=now):
        return chain_verify(anchors)


def test_events_are_linked_once_in_their_order_and_hold(tenant_id, now):
    record(tenant_id, now, 5)
    with tenant_scope(tenant_id, actor="a", at=now):
        audit_record(action="read", resource_type="claim")
        assert chain_extend(limit=3) == 3  # not the one of this open transaction
        assert chain_extend() == 2
        assert chain_extend() == 0
    with tenant_scope(tenant_id, actor="a", at=now):
        assert chain_extend() == 1
        numbers = AuditLink.objects.order_by("number").values_list("number", flat=True)
        assert list(numbers) == [1, 2, 3, 4, 5, 6]
    found = verdict(tenant_id, now)
    assert (found.faults, found.unnumbered, found.head.number) == ((), 0, 6)


ATTACKS = {
    "edit": "UPDATE audit_auditevent SET actor = 'x' WHERE resource_ids = '{2}'",
    "remove in the middle": "DELETE FROM audit_auditlink WHERE number = 3",
    "reorder": "UPDATE audit_auditlink SET number = number + 2 WHERE number = 4",
    "cut the tail": "DELETE FROM audit_auditlink WHERE number > 3",
    "remove all": "DELETE FROM audit_auditlink",
    "replace": "UPDATE audit_auditlink SET digest = sha256(digest) WHERE number = 5",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_whoever_owns_the_tables_cannot_rewrite_unseen(tenant_id, now, attack, own_superuser):
    record(tenant_id, now, 5)
    with tenant_scope(tenant_id, actor="a", at=now):
        chain_extend()
        head = chain_head()
    own_superuser(
        "ALTER TABLE audit_auditevent DISABLE TRIGGER ALL; "
        "ALTER TABLE audit_auditlink DISABLE TRIGGER ALL; " + ATTACKS[attack]
    )
    assert verdict(tenant_id, now, [head]).faults


def test_a_chain_made_anew_is_seen_by_its_anchor(tenant_id, now, own_superuser):
    record(tenant_id, now, 3)
    with tenant_scope(tenant_id, actor="a", at=now):
        chain_extend()
        head = chain_head()
    own_superuser(
        "ALTER TABLE audit_auditlink DISABLE TRIGGER ALL; DELETE FROM audit_auditlink;"
        " ALTER TABLE audit_auditevent DISABLE TRIGGER ALL;"
        " UPDATE audit_auditevent SET actor = 'x' WHERE resource_ids = '{0}'"
    )
    with tenant_scope(tenant_id, actor="a", at=now):
        assert chain_extend(catch_up=True) == 3
    assert verdict(tenant_id, now).faults == ()
    assert verdict(tenant_id, now, [head]).faults == ("link 3 differs from its anchor",)


def test_the_sequencer_of_the_clock_links_and_anchors(tenant_id, now, tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    record(tenant_id, now, 2)
    assert audit_link(tenant_id, at=now) == 2
    assert audit_link(tenant_id, at=now) == 0
    (head,) = anchors_read(tmp_path / "anchors", tenant_id)
    assert head.number == 2
    assert verdict(tenant_id, now, [head]).faults == ()
    anchor_append(Head(tenant_id, 9, "00"), tmp_path / "anchors", now)
    assert verdict(tenant_id, now, anchors_read(tmp_path / "anchors", tenant_id)).faults


def test_after_the_commit_nothing_can_be_changed(tenant_id, now):
    record(tenant_id, now, 1)
    with tenant_scope(tenant_id, actor="a", at=now):
        assert AuditEvent.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('audit_auditevent', 'TRUNCATE')")
        assert cursor.fetchone() == (False,)
