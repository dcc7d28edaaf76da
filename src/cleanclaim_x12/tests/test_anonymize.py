import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleanclaim_x12
from cleanclaim_x12.anonymize import _Cipher, _luhn, anonymize
from cleanclaim_x12.checking import check
from cleanclaim_x12.typed.t835 import read_835
from cleanclaim_x12.typed.t837p import read_837p

GOLDEN = Path(cleanclaim_x12.__path__[0]) / "typed" / "tests" / "golden"
FILES = sorted((Path(cleanclaim_x12.__path__[0]) / "tests" / "data").glob("*.x12"))
KEEP = r"[^A-Za-z0-9]"


def hidden(name, key=b"k"):
    return b"".join(anonymize((GOLDEN / name).read_bytes(), key))


@pytest.mark.parametrize("name", ["837p.x12", "835.x12", "277ca.x12", "999.x12"])
def test_lengths_and_structure_stay(name):
    before, after = (GOLDEN / name).read_text(), hidden(name).decode()
    assert len(after) == len(before)
    assert [line.split("*")[0] for line in after.split("\n")] == [
        line.split("*")[0] for line in before.split("\n")
    ]
    assert re.findall(KEEP, after) == re.findall(KEEP, before)


def test_nothing_of_a_person_is_left():
    text = hidden("837p.x12").decode()
    for word in ("DOE", "JANE", "OAK", "W123456789", "ENC1001A", "19800214", "CLINIC", "SUBMIT01"):
        assert word not in text


def test_equal_values_stay_equal_over_files():
    claim = read_837p(hidden("837p.x12"))
    remittance = read_835(hidden("835.x12"))
    (batch,), (payment,) = claim, remittance
    assert batch.claims[0].billing.provider.id == payment.payee.id
    assert batch.claims[0].other_payers[0].person.id == payment.claims[0].patient.id


def test_dates_of_a_person_move_together():
    (before,), (after,) = (
        read_837p((GOLDEN / "837p.x12").read_bytes()),
        read_837p(hidden("837p.x12")),
    )
    one, other = before.claims[0], after.claims[0]
    shift = one.lines[0].service.start - other.lines[0].service.start
    assert shift.days % 7 == 0
    assert 7 <= shift.days <= 364
    assert one.subscriber.person.birth_date - other.subscriber.person.birth_date == shift
    paid = [each.lines[0].adjudications[0].dates[0].start for each in (one, other)]
    assert paid[0] - paid[1] == shift


def test_check_digits_stay_right():
    (payment,) = read_835(hidden("835.x12"))
    assert payment.payee.id[9] == _luhn(payment.payee.id[:9])
    digits = [int(each) for each in payment.sender_routing]
    assert sum(a * b for a, b in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(st.text("ab01-", max_size=4), unique=True, max_size=30))
def test_different_values_stay_different(values):
    cipher = _Cipher(b"k")
    made = [cipher.shape(value) for value in values]
    assert len(set(made)) == len(values)
    for value, other in zip(values, made, strict=True):
        assert len(value) == len(other)
        assert [c.isdigit() for c in value] == [c.isdigit() for c in other]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_clean_file_stays_clean_and_as_long(path):
    data = path.read_bytes()
    made = b"".join(anonymize(data, b"key"))
    assert [len(text) for text in made.split(b"~")] == [len(text) for text in data.split(b"~")]
    assert list(check(made)) == []
    assert b"".join(anonymize(data, b"key")) == made
    assert not [name for name in (b"JANE", b"DOE*", b"W123456789", b"5 OAK AVE") if name in made]
