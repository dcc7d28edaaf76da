"""The made-up world is the same for the same seed, and belongs to nobody."""

from datetime import date

from cleanclaim.kernel import npi
from cleanclaim.sandbox.superbills import write_superbill
from cleanclaim.sandbox.world import make_patients, make_practices

DAY = date(2026, 11, 22)


def bill(seed: int) -> str:
    practice = make_practices(seed, 0)[0]
    return write_superbill(seed, practice, make_patients(seed, practice.npi, 50, DAY), DAY, 80)


def test_the_same_seed_gives_the_same_bytes():
    assert bill(7) == bill(7)
    assert bill(7) != bill(8)


def test_every_identifier_is_of_a_range_that_belongs_to_nobody():
    for tenant in range(2):
        for practice in make_practices(3, tenant):
            for number in (practice.npi, *(person.npi for person in practice.providers)):
                assert number.startswith("2")
                assert npi.is_valid(number)
            assert practice.tax_id.startswith("99")
            for patient in make_patients(3, practice.npi, 40, DAY):
                assert all(member.startswith("TS") for _, member in patient.coverages)


def test_tenants_share_no_practice_and_no_provider():
    numbers = [
        number
        for tenant in range(2)
        for practice in make_practices(1, tenant)
        for number in (practice.npi, *(person.npi for person in practice.providers))
    ]
    assert len(numbers) == len(set(numbers))
