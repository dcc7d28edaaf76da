import pytest
from django.db import DatabaseError, transaction

from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert, rows_update
from cleanclaim.platform.models.scope import scope
from cleanclaim.platform.sealed.models import Keyset

KEY = ("tenant_id", "practice_id", "purpose")
BYTES = b"\0\xff\\"


def rows(tenant_id, practice_id, purposes):
    return [
        {
            "id": new_id(),
            "tenant_id": tenant_id,
            "practice_id": practice_id,
            "purpose": purpose,
            "wrapped": BYTES,
        }
        for purpose in purposes
    ]


def test_rows_go_in_and_same_keys_are_left_out(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1, 2), at=now):
        assert rows_insert(Keyset, rows(tenant.id, 1, "ab")) == 2
        assert rows_insert(Keyset, rows(tenant.id, 1, "bc"), skip_same_key=KEY) == 1
        assert rows_insert(Keyset, []) == 0
        stored = Keyset.objects.order_by("purpose").values_list("purpose", "wrapped")
        assert [(purpose, bytes(wrapped)) for purpose, wrapped in stored] == [
            (purpose, BYTES) for purpose in "abc"
        ]


@pytest.mark.parametrize("text", ["", "%s", 'a"b', "it's", "\\n", "\n\t", "{}", "é\U0001f600"])
def test_text_comes_back_as_it_went_in(tenant, now, grant_for, text):
    with scope(grant_for(tenant.id, 1), at=now):
        rows_insert(Keyset, rows(tenant.id, 1, [text]))
        assert Keyset.objects.get().purpose == text


def test_rows_with_other_columns_are_a_bug(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1), at=now):
        one, two = rows(tenant.id, 1, "ab")
        del two["wrapped"]
        with pytest.raises(AssertionError):
            rows_insert(Keyset, [one, two])
        assert Keyset.objects.count() == 0


def test_rows_are_changed_where_the_key_finds_them(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1), at=now):
        rows_insert(Keyset, rows(tenant.id, 1, "ab"))
        change = {"practice_id": 1, "purpose": "b", "wrapped": b"new"}
        other = change | {"purpose": "c"}
        assert rows_update(Keyset, ("practice_id", "purpose"), [change, other]) == 1
        assert rows_update(Keyset, ("practice_id", "purpose"), []) == 0
        stored = Keyset.objects.order_by("purpose").values_list("wrapped", flat=True)
        assert [bytes(one) for one in stored] == [BYTES, b"new"]


def test_some_columns_are_added_to(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1), at=now):
        rows_insert(Keyset, rows(tenant.id, 1, "a"))
        row = Keyset.objects.get()
        change = {"id": row.id, "tenant_id": 0, "purpose": "z"}
        assert rows_update(Keyset, ("id",), [change], added=("tenant_id",)) == 1
        found = Keyset.objects.get()
        assert (found.tenant_id, found.purpose) == (tenant.id, "z")


@pytest.mark.parametrize("wrong", ["tenant", "practice"])
def test_rows_of_others_are_refused_whole(tenant, now, grant_for, wrong):
    with scope(grant_for(tenant.id, 1), at=now):
        tenant_id, practice_id = (tenant.id + 1, 1) if wrong == "tenant" else (tenant.id, 2)
        with pytest.raises(DatabaseError), transaction.atomic():
            given = rows(tenant.id, 1, "a") + rows(tenant_id, practice_id, "b")
            rows_insert(Keyset, given)
        assert Keyset.objects.count() == 0
