"""The bytes of an 837P hold the field set of the grant, no note, and nothing that is restricted."""

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings

from cleanclaim.apps.privacy.minimum import claim_for_grant
from cleanclaim.apps.privacy.tests.files import TENANTS
from cleanclaim.apps.privacy.tests.records import leaves
from cleanclaim.apps.privacy.tests.test_minimum import granted
from cleanclaim.core.edi.tests.strategies import claims
from cleanclaim.core.edi.tests.test_837p import read, write

NOTE = "NOTE OF THE VISIT"
MARK = "RESTRICTED"


def examples(count):
    return settings(
        max_examples=count,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.proof
def test_the_wire_of_a_claim_holds_the_field_set_alone(proof):
    count = proof.count(10_000, 40)
    grants = [granted(tenant) for tenant in TENANTS]

    @examples(count)
    @given(claims())
    def check(claim):
        lines = tuple(msgspec.structs.replace(line, note=NOTE) for line in claim.lines)
        claim = msgspec.structs.replace(claim, note=NOTE, lines=lines)
        for grant in grants:
            data = write([claim_for_grant(claim, grant)])
            assert NOTE.encode() not in data
            carried = {path for one in read(data) for path, _ in leaves(one)}
            assert carried <= grant.field_set

    check()
    proof.tell(cases=count)


@pytest.mark.proof
def test_no_byte_of_a_restricted_line_is_on_the_wire(proof):
    count = proof.count(2_000, 40)
    grants = [granted(tenant) for tenant in TENANTS]

    @examples(count)
    @given(claims(), claims())
    def check(claim, other):
        hidden = tuple(
            msgspec.structs.replace(
                line,
                line_number=f"{MARK}{number}",
                description=f"{MARK} {number}",
                procedure_code="Z9999",
                charge_cents=98_765_400 + number,
                diagnosis_pointers=(len(claim.diagnoses) + 1,),
                adjudications=(),
                plan_disclosure_restricted=True,
            )
            for number, line in enumerate(other.lines[:5])
        )
        assume(len(claim.diagnoses) < 12)
        secret = msgspec.structs.replace(claim.diagnoses[0], code="Z9998")
        mixed = msgspec.structs.replace(
            claim, lines=(*claim.lines, *hidden), diagnoses=(*claim.diagnoses, secret)
        )
        for grant in grants:
            data = write([claim_for_grant(mixed, grant)])
            for mark in (MARK, "Z9999", "Z9998", "987654"):
                assert mark.encode() not in data
            kept = read(data)[0].lines
            assert len(kept) == len(claim.lines)

    check()
    proof.tell(cases=count)


@settings(max_examples=3, derandomize=True, deadline=None, database=None)
@given(claims())
def test_without_the_cut_the_note_would_leave(claim):
    noted = msgspec.structs.replace(claim, note=NOTE)
    assert NOTE.encode() in write([noted])
