"""Prices by table: rates, Medicare's shares and reductions, contracts, sequestration."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from cleanclaim.core.claim import Claim
from cleanclaim.core.codes.fees import AnesthesiaFactor, Gpci, PhysicianFee, Price
from cleanclaim.core.codes.memory import MemoryTables
from cleanclaim.core.codes.records import Procedure
from cleanclaim.core.codes.release import Table
from cleanclaim.core.pricing import (
    Contract,
    FeeLine,
    Rate,
    RateBook,
    RateQuestion,
    expected_lines,
    medicare_prices,
    sequestration_cents,
)

D = Decimal
EVEN = Gpci(mac="01", locality="00", work=D(1), practice_expense=D(1), malpractice=D(1))
DAY = date(2026, 3, 2)


def fee(code="99213", modifier="", **fields):
    values = {
        "status": "A",
        "work_rvu": D("1.30"),
        "nonfacility_pe_rvu": D("1.40"),
        "facility_pe_rvu": D("0.60"),
        "malpractice_rvu": D("0.10"),
        "conversion_factor": D("32.3465"),
        "multiple": "0",
    }
    return PhysicianFee(code=code, modifier=modifier, **(values | fields))


def plain(dollars, **fields):
    """Give a fee of so many dollars, all of it work."""
    zero = {"nonfacility_pe_rvu": D(0), "facility_pe_rvu": D(0), "malpractice_rvu": D(0)}
    return fee(**({"work_rvu": D(dollars), "conversion_factor": D(1)} | zero | fields))


def cents(*lines):
    return [price.allowed_cents for price in medicare_prices(lines)]


def test_relative_values_times_geography():
    gpci = Gpci(
        mac="02", locality="01", work=D("1.5"), practice_expense=D("1.081"), malpractice=D("0.592")
    )
    # (1.30 * 1.5 + 1.40 * 1.081 + 0.10 * 0.592) * 32.3465 = 113.9450...
    assert cents(FeeLine(fee=fee(), gpci=gpci)) == [11394]
    assert cents(FeeLine(fee=fee(), gpci=gpci, place="22")) == [8597]
    assert cents(FeeLine(fee=fee(), gpci=EVEN, place="02")) == [6469]
    assert cents(FeeLine(fee=fee(), gpci=EVEN, place="10")) == [9057]


@pytest.mark.parametrize(
    ("modifiers", "fields", "expected"),
    [
        ((), {}, 10000),
        (("50",), {"bilateral": "1"}, 15000),
        (("50",), {"bilateral": "3"}, 20000),
        (("50",), {"bilateral": "2"}, 10000),
        (("50",), {"bilateral": "0"}, 10000),
        (("80",), {}, 1600),
        (("82",), {}, 1600),
        (("AS",), {}, 1360),
        (("62",), {}, 6250),
        (("54",), {"pre_percent": D("0.10"), "intra_percent": D("0.69")}, 7900),
        (("55",), {"post_percent": D("0.21")}, 2100),
        (("56",), {"pre_percent": D("0.10")}, 1000),
        (("78",), {"intra_percent": D("0.69")}, 6900),
        (("78",), {}, 10000),
        (("50", "80"), {"bilateral": "1"}, 2400),
    ],
)
def test_shares_of_modifiers(modifiers, fields, expected):
    line = FeeLine(fee=plain(100, **fields), gpci=EVEN, modifiers=modifiers)
    assert cents(line) == [expected]


def test_other_practitioners_and_not_participating():
    assert cents(FeeLine(fee=plain(100), gpci=EVEN, practitioner="np")) == [8500]
    assert cents(FeeLine(fee=plain(100), gpci=EVEN, is_participating=False)) == [9500]
    assistant = FeeLine(fee=plain(100), gpci=EVEN, modifiers=("AS",), practitioner="pa")
    assert cents(assistant) == [1360]


def surgery(dollars, **fields):
    return FeeLine(fee=plain(dollars, multiple="2"), gpci=EVEN, **fields)


def scope(code, dollars, base_dollars=40):
    base = plain(base_dollars, code="B1", multiple="3", endoscopic_base="B1")
    row = plain(dollars, code=code, multiple="3", endoscopic_base="B1")
    return FeeLine(fee=row, gpci=EVEN, base=base)


def test_several_surgeries():
    assert cents(surgery(60), surgery(100), surgery(80)) == [3000, 10000, 4000]
    assert cents(surgery(60), surgery(60)) == [6000, 3000]
    assert cents(surgery(60, day="1"), surgery(100, day="2")) == [6000, 10000]
    assert cents(surgery(60), FeeLine(fee=plain(100), gpci=EVEN)) == [6000, 10000]
    assert medicare_prices([surgery(100), surgery(60)])[1].share == D("0.5")


def test_endoscopies_of_a_family():
    assert cents(scope("E1", 100), scope("E2", 70)) == [10000, 3000]
    assert cents(scope("E1", 100), scope("B1", 40)) == [10000, 0]
    assert cents(scope("E2", 70)) == [7000]
    # A family of 130 against a surgery of 200: the family is halved, 100 and 30 to 50 and 15.
    assert cents(scope("E1", 100), scope("E2", 70), surgery(200)) == [5000, 1500, 20000]
    assert cents(scope("E1", 100), surgery(90)) == [10000, 4500]
    unknown = msgspec.structs.replace(scope("E2", 70), base=None)
    assert cents(scope("E1", 100), unknown) == [10000, 7000]


def test_imaging_cardiology_and_eyes():
    def line(kind, dollars, technical, modifiers=()):
        row = plain(dollars, multiple=kind)
        return FeeLine(fee=row, gpci=EVEN, technical=plain(technical), modifiers=modifiers)

    assert cents(line("4", 100, 60), line("4", 80, 50)) == [10000, 2500 + 2850]
    assert cents(line("4", 100, 60), line("4", 30, 50, ("26",))) == [10000, 2850]
    assert cents(line("4", 100, 60), line("4", 50, 50, ("TC",))) == [10000, 2500]
    assert cents(line("6", 100, 60), line("6", 80, 40)) == [10000, 3000 + 4000]
    assert cents(line("7", 100, 60), line("7", 80, 40)) == [10000, 3200 + 4000]
    assert cents(line("4", 100, 60), line("6", 80, 40)) == [10000, 8000]


def test_therapy_pays_one_practice_expense_of_the_day_in_full():
    def line(work, expense, units=1):
        values = {"work_rvu": D(work), "nonfacility_pe_rvu": D(expense), "malpractice_rvu": D(0)}
        row = fee(conversion_factor=D(1), multiple="5", **values)
        return FeeLine(fee=row, gpci=EVEN, units=D(units))

    assert cents(line(10, 20)) == [3000]
    assert medicare_prices([line(10, 20)])[0].reason == ""
    assert cents(line(10, 20, 2)) == [3000 + 2000]
    assert cents(line(10, 20), line(10, 30)) == [2000, 4000]
    assert cents(line(30, 20), line(10, 30)) == [4000, 4000]


@pytest.mark.parametrize(
    ("payment", "cut"), [(0, 0), (24, 0), (25, 1), (75, 2), (9280, 186), (12000, 240), (-125, -3)]
)
def test_sequestration_is_half_up_two_percent(payment, cut):
    assert sequestration_cents(payment) == cut


def rates():
    return RateBook(
        [
            Rate(code="99213", amount_cents=100, end=date(2025, 12, 31)),
            Rate(code="99213", amount_cents=110, start=date(2026, 1, 1)),
            Rate(code="99213", amount_cents=120, payer_id="P1"),
            Rate(code="99213", amount_cents=130, payer_id="P1", plan="Gold"),
            Rate(code="99213", amount_cents=140, payer_id="P1", npi="N1"),
            Rate(code="99213", amount_cents=150, payer_id="P1", modifier="95"),
            Rate(code="99213", amount_cents=160, payer_id="P1", place="22"),
            Rate(code="71046", amount_cents=300),
            Rate(code="71046", amount_cents=90, modifier="26"),
        ]
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"day": date(2025, 12, 31)}, 100),
        ({"day": date(2026, 1, 1)}, 110),
        ({"payer_id": "P2"}, 110),
        ({"payer_id": "P1"}, 120),
        ({"payer_id": "P1", "plan": "Gold"}, 130),
        ({"payer_id": "P1", "plan": "Tin"}, 120),
        ({"payer_id": "P1", "npi": "N1"}, 140),
        ({"payer_id": "P1", "modifiers": ("95",)}, 150),
        ({"payer_id": "P1", "modifiers": ("25",)}, 120),
        ({"payer_id": "P1", "place": "22"}, 160),
        ({"payer_id": "P1", "plan": "Gold", "npi": "N1", "place": "22"}, 130),
        ({"code": "71046"}, 300),
        ({"code": "71046", "modifiers": ("26",)}, 90),
        ({"code": "71046", "modifiers": ("TC",)}, None),
        ({"code": "00000"}, None),
    ],
)
def test_the_most_exact_rate_wins(fields, expected):
    found = rates().find(RateQuestion(**({"code": "99213", "day": DAY} | fields)))
    assert (found.amount_cents if found else None) == expected


def claim(*lines, payer="P1", plan=""):
    person = {"last": "Testowski", "first": "Tess"}
    subscriber = {"name": person, "member_id": "TEST"}
    payer_fields = {"payer_id": payer, "name": "Payer", "filing_indicator": "CI"}
    raw = {
        "claim_number": "C1",
        "coverages": [
            {"rank": 1, "payer": payer_fields, "subscriber": subscriber, "plan_name": plan}
        ],
        "patient": {"name": person, "birth_date": "1980-01-01", "sex": "F"},
        "billing": {"npi": "1234567893", "name": "Group"},
        "place_of_service": "11",
        "diagnoses": [],
        "lines": [
            {"line_number": str(n), "charge_cents": 50000, "service_date": str(DAY)} | line
            for n, line in enumerate(lines, 1)
        ],
    }
    return msgspec.convert(raw, Claim, strict=False)


TABLES = MemoryTables(
    {
        Table.GPCI: [Gpci(mac="00001", locality="01", work=D(1), practice_expense=D(1))],
        Table.PHYSICIAN_FEE: [
            plain(100, code="27447", multiple="2"),
            plain(60, code="10060", multiple="2"),
            plain(60, code="A4550", status="B"),
            plain(100, code="71046", multiple="4"),
            plain(40, code="71046", modifier="26", multiple="4"),
            plain(60, code="71046", modifier="TC", multiple="4"),
            plain(90, code="71048", multiple="4"),
            plain(80, code="71048", modifier="TC", multiple="4"),
            fee(conversion_factor=D(1), malpractice_rvu=D(0)),
            plain(70, code="45380", multiple="3", endoscopic_base="45378"),
            plain(100, code="45385", multiple="3", endoscopic_base="45378"),
            plain(40, code="45378", multiple="3"),
        ],
        Table.ANESTHESIA: [AnesthesiaFactor(mac="00001", locality="01", factor=D("20.00"))],
        Table.CPT: [Procedure(code="00840", base_units=6)],
        Table.LAB_FEE: [Price(code="80053", amount=D("10.56"))],
        Table.DRUG_PRICE: [Price(code="J1100", amount=D("0.125"))],
    }
)


def allowed(contract, *codes, **fields):
    lines = [{"procedure_code": code} if isinstance(code, str) else code for code in codes]
    found = expected_lines(claim(*lines, **fields), [contract], TABLES)
    return [line.allowed_cents for line in found]


def medicare(**fields):
    return Contract(contract_id="K", payer_id="P1", method="medicare", locality="0000101", **fields)


def test_expected_by_the_physician_fee_schedule():
    assert allowed(medicare(), "10060", "27447") == [3000, 10000]
    assert allowed(medicare(percent=D(120)), "10060", "27447") == [3600, 12000]
    assert allowed(medicare(), "A4550", "99999") == [None, None]
    assert allowed(medicare(), {"procedure_code": "80053"}) == [1056]
    assert allowed(medicare(), {"procedure_code": "J1100", "units": "5"}) == [63]
    minutes = {"procedure_code": "00840", "units": "60", "unit_code": "MJ", "modifiers": ["AA"]}
    assert allowed(medicare(), minutes) == [20000]


@pytest.mark.parametrize(
    ("modifier", "units", "expected"),
    [
        ("AA", "62", 20200),
        ("QZ", "62", 20200),
        ("QK", "62", 10100),
        ("QX", "62", 10100),
        ("QY", "62", 10100),
        ("AD", "300", 6000),
    ],
)
def test_anesthesia_by_who_did_it(modifier, units, expected):
    fields = {"units": units, "unit_code": "MJ", "modifiers": [modifier]}
    assert allowed(medicare(), {"procedure_code": "00840", **fields}) == [expected]
    elsewhere = msgspec.structs.replace(medicare(), locality="0000102")
    assert allowed(elsewhere, {"procedure_code": "00840", **fields}) == [None]
    assert allowed(medicare(), {"procedure_code": "00842", **fields}) == [None]


def test_components_places_and_families_come_from_the_tables():
    assert allowed(medicare(), "71046") == [10000]
    assert allowed(medicare(), {"procedure_code": "71046", "modifiers": ["26"]}) == [4000]
    assert allowed(medicare(), {"procedure_code": "71046", "modifiers": ["LT", "TC"]}) == [6000]
    assert allowed(medicare(), "71046", "71048") == [10000, 4000 + 950]
    assert allowed(medicare(), {"procedure_code": "99213", "place_of_service": "22"}) == [190]
    assert allowed(medicare(), "99213") == [270]
    assert allowed(medicare(), "45380", "45385") == [3000, 10000]
    assert allowed(medicare(), "45378", "45385") == [0, 10000]


def test_rates_know_the_place():
    book = RateBook([Rate(code="99213", amount_cents=100, place="11")])
    contract = Contract(contract_id="K", payer_id="P1", rates=book)
    away = {"procedure_code": "99213", "place_of_service": "22"}
    assert allowed(contract, "99213", away) == [100, None]


def test_a_negotiated_rate_goes_before_the_schedule():
    book = RateBook([Rate(code="10060", amount_cents=7777)])
    assert allowed(medicare(rates=book), "10060", "27447") == [7777, 10000]


def test_expected_by_rates_and_by_charge():
    book = RateBook([Rate(code="99213", amount_cents=9999)])
    contract = Contract(contract_id="K", payer_id="P1", rates=book, percent=D(50))
    assert allowed(contract, {"procedure_code": "99213", "units": "3"}, "99214") == [14999, None]
    charge = Contract(contract_id="K", payer_id="P1", method="charge", percent=D(80))
    assert allowed(charge, "99213") == [40000]


def test_never_more_than_the_charge():
    book = RateBook([Rate(code="99213", amount_cents=60000)])
    contract = Contract(contract_id="K", payer_id="P1", rates=book)
    assert allowed(contract, "99213") == [50000]
    even = RateBook([Rate(code="99213", amount_cents=50000)])
    contract_even = msgspec.structs.replace(contract, rates=even)
    price = expected_lines(claim({"procedure_code": "99213"}), [contract_even], TABLES)[0]
    assert (price.allowed_cents, price.reason) == (50000, "")
    free = msgspec.structs.replace(contract, lesser_of_charge=False)
    assert allowed(free, "99213") == [60000]


@pytest.mark.parametrize(
    ("contracts", "expected"),
    [
        ([{}], "K0"),
        ([{}, {"plan": "Gold"}], "K1"),
        ([{"plan": "Tin"}, {}], "K1"),
        ([{"npis": frozenset({"1234567893"})}, {}], "K0"),
        ([{"npis": frozenset({"9"})}], ""),
        ([{"end": DAY}], "K0"),
        ([{"end": date(2026, 3, 1)}], ""),
        ([{"start": DAY}], "K0"),
        ([{"start": date(2026, 3, 3)}], ""),
        ([{"payer_id": "P2"}], ""),
    ],
)
def test_the_contract_in_force(contracts, expected):
    book = RateBook([Rate(code="99213", amount_cents=1)])
    made = [
        Contract(**({"contract_id": f"K{n}", "payer_id": "P1", "rates": book} | fields))
        for n, fields in enumerate(contracts)
    ]
    found = expected_lines(claim({"procedure_code": "99213"}, plan="Gold"), made, TABLES)
    assert found[0].contract_id == expected
