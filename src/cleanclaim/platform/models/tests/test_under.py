"""A grant opens its practices, its kinds of data, until its end; every other use is refused."""

import threading
from datetime import timedelta
from random import Random

import pytest
from django.apps import apps
from django.db import connection, connections

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.bases import PracticeModel
from cleanclaim.platform.models.scope import scope, scope_or_none, tenant_scope

HOUR = timedelta(hours=1)


@pytest.fixture
def model():
    """Any table of a practice that says what its rows hold."""
    found = [
        one for one in apps.get_models() if issubclass(one, PracticeModel) and one.data_categories
    ]
    return found[0]


def test_the_filter_stands_in_the_query(tenant, now, grant_for, model):
    grant = grant_for(tenant.id, 1, 2, categories=model.data_categories)
    with scope(grant, at=now):
        assert '"practice_id" IN (1, 2)' in str(model.objects.under(grant).query)
        assert '"practice_id" = 2' in str(model.objects.under(grant, practice_id=2).query)
        assert model.objects.under(grant).count() == 0


ATTEMPTS = {
    "another practice": ({"practice_id": 3}, {}, "grant_wrong_practice"),
    "another kind of data": ({}, {"categories": ("elsewhere",)}, "grant_wrong_data"),
    "after its end": ({}, {"not_after": HOUR}, "grant_expired"),
    "another tenant": ({}, {"tenant": 1}, "grant_wrong_tenant"),
    "a practice outside the scope": ({}, {"practices": (1, 2)}, "grant_wrong_practice"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_use_beyond_the_grant_is_refused_and_recorded(tenant, now, grant_for, model, attempt):
    arguments, changes, code = ATTEMPTS[attempt]
    opened = grant_for(tenant.id, 1, categories=model.data_categories, not_after=now + 3 * HOUR)
    used = grant_for(
        tenant.id + changes.get("tenant", 0),
        *changes.get("practices", (1,)),
        categories=changes.get("categories", model.data_categories),
        not_after=now + changes.get("not_after", 3 * HOUR),
    )
    with pytest.raises(Refusal, match=f"^{code}"), scope(opened, at=now + 2 * HOUR):
        model.objects.under(used, **arguments)
    with tenant_scope(tenant.id, actor="a", at=now):
        event = AuditEvent.objects.get(action="refuse")
        assert (event.outcome, event.detail["code"]) == ("refused", code)


def test_a_new_row_takes_its_practice_from_the_scope(tenant, now, grant_for, model):
    with scope(grant_for(tenant.id, 1, 2), at=now), pytest.raises(Refusal, match="which_practice"):
        model()
    with tenant_scope(tenant.id, actor="a", at=now), pytest.raises(Refusal, match="no_practice"):
        model.objects.count()
    with scope(grant_for(tenant.id, 2), at=now):
        assert (model().tenant_id, model().practice_id) == (tenant.id, 2)


def test_threads_and_aborts_never_cross(own_database, now):
    """Two tenants on the connections of four threads, every third piece of work aborted."""
    crossed, done = [], []

    def work(seed):
        chance = Random(seed)  # noqa: S311  a test's dice
        try:
            for _ in range(40):
                tenant_id = chance.choice((11, 22))
                try:
                    with tenant_scope(tenant_id, actor=f"person:{tenant_id}", at=now):
                        audit_record(action="read", resource_type="claim")
                        seen = set(AuditEvent.objects.values_list("tenant_id", flat=True))
                        crossed.extend(seen - {tenant_id})
                        if chance.random() < 1 / 3:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
                with connection.cursor() as cursor:
                    cursor.execute("SELECT count(*) FROM audit_auditevent")
                    crossed.extend(["left open"] * cursor.fetchone()[0])
                assert scope_or_none() is None
            done.append(seed)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[seed]) for seed in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (crossed, sorted(done)) == ([], [0, 1, 2, 3])
