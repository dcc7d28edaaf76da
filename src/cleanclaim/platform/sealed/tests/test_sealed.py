import msgspec
import pytest

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim.platform.sealed.keyset import blind_index, keyset_rotate, sealer
from cleanclaim.platform.sealed.master import master_open, master_seal
from cleanclaim.platform.sealed.models import Keyset
from cleanclaim.platform.sealed.record import SealedModel


class Name(msgspec.Struct):
    last: str


@pytest.fixture
def opened(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1, 2), at=now):
        yield tenant


def test_a_sealed_value_opens_only_where_it_was_put(opened):
    by = sealer(1)
    sealed = by.seal(b"Roe", "patient|sealed|1")
    assert by.open(sealed, "patient|sealed|1") == b"Roe"
    assert b"Roe" not in sealed
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for attempt, place, who in (
        (sealed, "patient|sealed|2", 1),  # another row
        (sealed, "patient|sealed|1", 2),  # another practice
        (changed, "patient|sealed|1", 1),
    ):
        with pytest.raises(Refusal, match=r"^cannot_open"):
            sealer(who).open(attempt, place)


def test_after_a_rotation_old_values_open_and_new_ones_have_a_new_key(opened):
    by = sealer(1)
    old = by.seal(b"Roe", "x")
    keyset_rotate(1)
    new = sealer(1).seal(b"Roe", "x")
    assert sealer(1).open(old, "x") == sealer(1).open(new, "x") == b"Roe"
    assert old[:5] != new[:5]
    assert by.open(new, "x") == b"Roe"  # a process that has not heard of it yet


def test_a_practice_without_its_keyset_is_unreadable(opened):
    sealed = sealer(1).seal(b"Roe", "x")
    Keyset.objects.filter(practice_id=1).delete()
    with pytest.raises(Refusal, match=r"^cannot_open"):
        sealer(1).open(sealed, "x")


def test_keys_stay_in_the_scope_of_their_practice(opened, now):
    with pytest.raises(Refusal, match=r"^no_scope"):
        sealer(3)


def test_blind_indexes_find_equal_texts_within_a_column_and_a_tenant(opened, now):
    one = blind_index("patient.last_name", "roe")
    assert one == blind_index("patient.last_name", "roe")
    assert one != blind_index("patient.first_name", "roe")
    assert len(one) == 16


def test_an_erased_row_says_so():
    class Patient(SealedModel):
        class Meta:
            app_label = "sealed"
            managed = False

    row = Patient(tenant_id=1, practice_id=1, sealed=b"x")
    row.erase(at=None)
    with pytest.raises(Refusal, match=r"^erased"):
        row.unseal(Name)


def test_rows_seal_and_open(opened):
    row = Keyset(practice_id=1, purpose="x", wrapped=b"")
    assert row.tenant_id == opened.id


def test_secrets_of_the_installation_are_bound_to_their_use():
    sealed = master_seal("JBSWY3DP", "mfa")
    assert master_open(sealed, "mfa") == "JBSWY3DP"
    with pytest.raises(Refusal, match=r"^wrong_master_key"):
        master_open(sealed, "other")


def test_a_keyset_is_unreadable_for_the_tenant_alone(opened, now):
    with tenant_scope(opened.id, actor="a", at=now), pytest.raises(Refusal, match=r"^no_scope"):
        sealer(1)
