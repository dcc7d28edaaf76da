import pytest
from django.db import DatabaseError, transaction

from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert
from cleanclaim.platform.models.scope import scope
from cleanclaim.platform.sealed.models import Keyset

COLUMNS = ("id", "tenant_id", "practice_id", "purpose", "wrapped")
KEY = ("tenant_id", "practice_id", "purpose")


def rows(tenant_id, practice_id, purposes):
    return [(new_id(), tenant_id, practice_id, purpose, b"\0\xff\\") for purpose in purposes]


def test_rows_go_in_and_same_keys_are_left_out(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1, 2), at=now):
        assert rows_insert(Keyset, COLUMNS, rows(tenant.id, 1, "ab")) == 2
        count = rows_insert(Keyset, COLUMNS, rows(tenant.id, 1, "bc"), skip_same_key=KEY)
        assert count == 1
        assert rows_insert(Keyset, COLUMNS, []) == 0
        stored = Keyset.objects.order_by("purpose").values_list("purpose", "wrapped")
        assert [(purpose, bytes(wrapped)) for purpose, wrapped in stored] == [
            (purpose, b"\0\xff\\") for purpose in "abc"
        ]


@pytest.mark.parametrize("wrong", ["tenant", "practice"])
def test_rows_of_others_are_refused_whole(tenant, now, grant_for, wrong):
    with scope(grant_for(tenant.id, 1), at=now):
        tenant_id, practice_id = (tenant.id + 1, 1) if wrong == "tenant" else (tenant.id, 2)
        with pytest.raises(DatabaseError), transaction.atomic():
            given = rows(tenant.id, 1, "a") + rows(tenant_id, practice_id, "b")
            rows_insert(Keyset, COLUMNS, given)
        assert Keyset.objects.count() == 0
