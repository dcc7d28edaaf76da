"""Files in, files out: what the sandbox answers adds up, is clean, and is said once."""

import re
from datetime import UTC, datetime

import pytest

from cleanclaim.sandbox.clearing import Clearing
from cleanclaim.sandbox.serving import FolderDesk, turn
from cleanclaim.sandbox.state import State
from cleanclaim_x12 import check
from cleanclaim_x12.typed.claims import BillingProvider, Subscriber
from cleanclaim_x12.typed.files import Envelope
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import Contact, DatePeriod, HealthCareCode, Procedure, Reference
from cleanclaim_x12.typed.t837p import (
    ProfessionalBatch,
    ProfessionalClaim,
    ProfessionalLine,
    write_837p,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = NOW.date()
CONTACT = Contact("IC", "DESK", "TE", "5555550100")


def party(code: str, name: str, qualifier: str, identifier: str, **rest) -> Party:
    return Party(
        entity_code=code,
        entity_type=rest.pop("kind", "2"),
        last_name=name,
        id_qualifier=qualifier,
        id=identifier,
        **rest,
    )


BILLING = BillingProvider(
    provider=party(
        "85",
        "CLINIC",
        "XX",
        "2000000101",
        street="1 TEST WAY",
        city="SALEM",
        state="OR",
        postal_code="973010001",
        references=(Reference("EI", "990000101"),),
    )
)
HOME = {"street": "9 SAMPLE ST", "city": "SALEM", "state": "OR", "postal_code": "97301"}
HEAD = ProfessionalBatch(
    reference="B1",
    created_date=DAY,
    created_time="0930",
    submitter=party("41", "US", "46", "CC1", contacts=(CONTACT,)),
    receiver=party("40", "SANDBOX", "46", "SANDBOX"),
)


def claim_of(number: int, charge: int) -> ProfessionalClaim:
    person = party("IL", "ALDER", "MI", f"TST{number}", kind="1", first_name="RUTH", **HOME)
    person.birth_date, person.gender = DAY.replace(year=1980), "F"
    line = ProfessionalLine(
        number="1",
        procedure=Procedure("HC", "99213"),
        charge_cents=charge,
        unit_code="UN",
        quantity=1,
        diagnosis_pointers=(1,),
        dates=(DatePeriod("472", DAY.replace(day=20)),),
        references=(Reference("6R", "1"),),
    )
    return ProfessionalClaim(
        billing=BILLING,
        subscriber=Subscriber(
            rank="P",
            relationship_code="18",
            filing_indicator="CI",
            payer=party("PR", "ALPHA TEST HEALTH", "PI", "99901"),
            person=person,
        ),
        control_number=f"C{number:05d}A",
        charge_cents=charge,
        facility_code="11",
        facility_qualifier="B",
        frequency_code="1",
        provider_signature="Y",
        assignment_code="A",
        benefits_assignment="Y",
        release_code="Y",
        codes=(HealthCareCode("ABK", "E119"),),
        lines=[line],
    )


def file_of(count: int, control: int = 1, charge: int = 15640) -> bytes:
    envelope = Envelope(
        sender_id="CC1",
        receiver_id="SANDBOX",
        date=DAY,
        time="0930",
        interchange_control_number=control,
    )
    claims = [claim_of(number, charge) for number in range(count)]
    return write_837p(HEAD, envelope, claims=claims).data


@pytest.fixture
def desk(tmp_path):
    state = State(tmp_path / "state.db")
    yield FolderDesk(tmp_path / "to", tmp_path / "out", tmp_path / "kept"), Clearing(state, 4)
    state.close()


def test_every_answer_is_clean_and_the_money_adds_up(desk):
    folders, clearing = desk
    (folders.to / "one.837").write_bytes(file_of(300))
    turn(folders, clearing, NOW, "CC1")
    kinds = {path.suffix for path in folders.out.iterdir()}
    assert kinds == {".999", ".277", ".835", ".ach"}
    for path in folders.out.glob("*.[0-9]*"):
        errors = [one for one in check(path.read_bytes()) if one.severity == "error"]
        assert errors == [], path.name
    report = clearing.state.report()
    assert report["claims"] == 300
    assert report["claims_twice"] == 0


def test_the_same_bytes_again_are_not_taken_twice(desk):
    folders, clearing = desk
    assert clearing.receive("one.837", file_of(3), NOW) == "new"
    assert clearing.receive("one.837", file_of(3), NOW) == "same"
    assert clearing.receive("two.837", file_of(3, charge=1), NOW) == "other"
    assert clearing.receive("bad.837", b"not X12", NOW) == "unreadable"
    assert clearing.state.report()["claims"] == 3
    assert folders.waiting() == []


def test_what_was_laid_out_halfway_is_laid_out_again_the_same(desk):
    folders, clearing = desk
    clearing.receive("one.837", file_of(5), NOW)
    turn(folders, clearing, NOW, "CC1")
    before = {path.name: path.read_bytes() for path in folders.out.iterdir()}
    assert turn(folders, clearing, NOW, "CC1") == 0
    assert {path.name: path.read_bytes() for path in folders.out.iterdir()} == before


def levels_of(folders, code: str) -> list[int]:
    """List the provider-level amounts of a code in all payments, in cents."""
    texts = [path.read_text() for path in sorted(folders.out.glob("*.835"))]
    found = re.findall(rf"[*]{code}:[^*~]*[*](-?[0-9.]+)", "".join(texts))
    return [round(float(one) * 100) for one in found]


@pytest.mark.parametrize(
    ("mishap", "back", "acknowledged", "carried"),
    [
        # Of 156.40 are allowed 96.97 (62 %); 25.00 are the copay, 71.97 paid, a tenth taken back.
        ("taken_back_later", 719, [], [-719]),
        ("refund_acknowledged", 719, [-719], []),
    ],
)
def test_payers_take_back_without_lines(desk, monkeypatch, mishap, back, acknowledged, carried):
    monkeypatch.setattr("cleanclaim.sandbox.adjudicate.MISHAPS", {mishap: 1000})
    folders, clearing = desk
    content = file_of(1).replace(b"*99901~", b"*99902~")
    (folders.to / "one.837").write_bytes(content)
    turn(folders, clearing, NOW, "CC1")
    assert levels_of(folders, "WO") == [back]
    assert levels_of(folders, "72") == acknowledged
    assert levels_of(folders, "FB") == carried
    for path in folders.out.glob("*.835"):
        assert [one for one in check(path.read_bytes()) if one.severity == "error"] == []


@pytest.mark.parametrize("every", [0, 1])
def test_payments_do_not_add_up_on_order_alone(tmp_path, every):
    state = State(tmp_path / "state.db")
    folders = FolderDesk(tmp_path / "to", tmp_path / "out", tmp_path / "kept")
    (folders.to / "one.837").write_bytes(file_of(40))
    turn(folders, Clearing(state, 4, unbalanced_every=every), NOW, "CC1")
    state.close()
    first = min(folders.out.glob("*.835"))
    found = {one.code for one in check(first.read_bytes()) if one.severity == "error"}
    assert any(code.startswith("X12-BAL") for code in found) == bool(every), found
