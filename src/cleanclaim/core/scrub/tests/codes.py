"""The code tables of the tests: real code numbers, made-up rows, no descriptions of others."""

from datetime import date
from decimal import Decimal
from functools import cache

from cleanclaim.core.codes.fees import PhysicianFee
from cleanclaim.core.codes.memory import MemoryTables
from cleanclaim.core.codes.records import (
    AddOn,
    AddOnPrimary,
    ArticleCode,
    ArticleDiagnosis,
    CodeEdits,
    Diagnosis,
    Listed,
    Mue,
    Note,
    NppesProvider,
    Procedure,
    PtpEdit,
)
from cleanclaim.core.codes.release import Table

SEVENTH = (("A", "initial"), ("D", "subsequent"), ("S", "sequela"))


def dx(code: str, **fields: object) -> Diagnosis:
    return Diagnosis(code=code, description=fields.pop("words", "test"), is_billable=True, **fields)


def header(code: str, *children: str, **fields: object) -> Diagnosis:
    return Diagnosis(code=code, description="test", children=children, **fields)


def fee(code: str, days: str = "000", **fields: object) -> PhysicianFee:
    return PhysicianFee(code=code, status="A", global_days=days, **fields)


def ptp(one: str, two: str, indicator: str, start: date, end: date | None = None) -> PtpEdit:
    return PtpEdit(column_1=one, column_2=two, modifier_indicator=indicator, start=start, end=end)


JAN = date(2026, 1, 1)
DIAGNOSES = [
    dx("Z0000"),
    dx("Z0001"),
    dx("Z1231"),
    dx("Z7982"),
    dx("Z3490", is_unspecified=True, words="unspecified trimester"),
    dx("E119"),
    dx("J069", is_unspecified=True),
    header("E11", "E119"),
    header("E10", "E109", excludes_1=(Note("other type", ("E11",)),)),
    dx("E109", parent="E10"),
    dx("I10"),
    dx("I2510"),
    header("I25", "I2510", "I252"),
    dx("H25011", side="R"),
    dx("H25012", side="L"),
    dx("H25013", side="B"),
    dx("H25019", side="U"),
    dx("H42", is_manifestation=True, code_first=(Note("cause", ("E70-E89",)),)),
    dx("E7801"),
    dx("M9901"),
    header("S5250", "S52501", seventh=SEVENTH),
    header("S52501", seventh=SEVENTH),
    dx("S52501A"),
    dx("S52502A", side="L"),
    dx("W1830XA"),
    dx("B9620"),
    dx("U071", start=date(2020, 4, 1)),
    dx("U099", start=date(2021, 10, 1), end=date(2026, 2, 28)),
    header("J09", "J09X1"),
    dx("J09X1"),
    dx("O0900"),
    dx("N400"),
    dx("P220"),
]
FEES = [
    fee("99213", "XXX", multiple="0", nonfacility_total=Decimal(3)),
    fee("10060", "010", multiple="2", bilateral="0", nonfacility_total=Decimal(4)),
    fee("11102", "000", multiple="2", nonfacility_total=Decimal(3)),
    fee(
        "27447",
        "090",
        multiple="2",
        bilateral="1",
        assistant="2",
        facility_total=Decimal(37),
        nonfacility_total=Decimal(37),
        co_surgeon="2",
        team="0",
    ),
    fee(
        "27130",
        "090",
        multiple="2",
        bilateral="1",
        assistant="0",
        co_surgeon="0",
        team="9",
        nonfacility_total=Decimal(36),
    ),
    fee(
        "58150",
        "090",
        multiple="2",
        bilateral="2",
        assistant="1",
        co_surgeon="9",
        team="2",
        nonfacility_total=Decimal(30),
    ),
    fee("20610", "000", multiple="2", bilateral="1", assistant="9", nonfacility_total=Decimal(2)),
    fee("72148", "XXX", multiple="4", nonfacility_total=Decimal(6)),
    fee("72146", "XXX", multiple="4", nonfacility_total=Decimal(5)),
    fee("97110", "XXX", multiple="5", nonfacility_total=Decimal(1)),
    fee("97140", "XXX", multiple="5", nonfacility_total=Decimal("0.9")),
    fee("11103", "ZZZ", multiple="0"),
    fee("17003", "ZZZ", multiple="0"),
    fee("20931", "ZZZ", multiple="0"),
]
MODIFIERS = (
    *("22", "24", "25", "26", "27", "33", "50", "51", "52", "54", "55", "57", "58", "59", "62"),
    *("66", "76", "77", "78", "79", "80", "81", "82", "90", "91", "93", "95", "99", "AA", "AD"),
    *("AS", "AT", "F1", "FQ", "FS", "GA", "GC", "GE", "GN", "GO", "GP", "GQ", "GT", "GV", "GW"),
    *("GY", "GZ", "JW", "JZ", "KH", "KX", "LT", "NU", "PT", "Q5", "Q6", "QK", "QW", "QX", "QY"),
    *("QZ", "RH", "RR", "RT", "TC", "XE", "XP", "XS", "XU"),
)
PLACES = ("02", "10", "11", "12", "19", "20", "21", "22", "23", "24", "31", "32", "41", "81")
HCPCS = (
    *("A0425", "A0428", "E0100", "E0601", "G0008", "G0101", "G0103", "G0105", "G0121", "G0316"),
    *("G0317", "G0402", "G0438", "G0439", "G2211", "G2212", "J1100", "K0001", "Q0091", "J3490"),
)
ROWS = {
    Table.PTP_PRACTITIONER: [
        ptp("27447", "20610", "0", JAN),
        ptp("10060", "11102", "1", JAN, date(2026, 3, 31)),
        ptp("10060", "99213", "1", JAN),
        ptp("11102", "20610", "9", JAN),
        ptp("80053", "82565", "1", JAN),
    ],
    Table.PTP_HOSPITAL: [ptp("72148", "72146", "1", JAN)],
    Table.MUE_PRACTITIONER: [
        Mue(code="99213", units=2, adjudication_indicator="3"),
        Mue(code="97110", units=6, adjudication_indicator="3"),
        Mue(code="11102", units=1, adjudication_indicator="2"),
        Mue(code="J1100", units=10, adjudication_indicator="1"),
        Mue(code="00840", units=1, adjudication_indicator="1"),
    ],
    Table.MUE_HOSPITAL: [Mue(code="J1100", units=20, adjudication_indicator="1")],
    Table.MUE_DME: [Mue(code="E0100", units=1, adjudication_indicator="1")],
    Table.ADD_ON: [
        AddOn(
            code="11103",
            kind="1",
            primaries=(
                AddOnPrimary(code="11102"),
                AddOnPrimary(code="11104", end=date(2025, 12, 31)),
            ),
        ),
        AddOn(code="17003", kind="3", primaries=(AddOnPrimary(code="17000"),)),
        AddOn(code="99292", kind="1", primaries=(AddOnPrimary(code="99291"),)),
        AddOn(code="99100", kind="2"),
    ],
    Table.PHYSICIAN_FEE: FEES,
    Table.DIAGNOSIS: DIAGNOSES,
    Table.POA_EXEMPT: [Listed(code="Z7982"), Listed(code="Z0000")],
    Table.CODE_EDITS: [
        CodeEdits(code="O0900", kind="D", age_low=9, age_high=64, sex="F"),
        CodeEdits(code="N400", kind="D", age_low=15, age_high=124, sex="M"),
        CodeEdits(code="P220", kind="D", age_low=0, age_high=0),
        CodeEdits(code="E109", kind="D", flags=("Principal_Unacceptable",)),
    ],
    Table.HCPCS: [
        *(Procedure(code=code) for code in HCPCS),
        Procedure(code="G0102", end=date(2026, 2, 28)),
    ],
    Table.MODIFIER: [Listed(code=code) for code in MODIFIERS],
    Table.PLACE_OF_SERVICE: [Listed(code=code) for code in PLACES],
    Table.TAXONOMY: [Listed(code="207Q00000X"), Listed(code="332B00000X")],
    Table.REVENUE: [
        Listed(code="0450"),
        Listed(code="0250"),
        Listed(code="0636"),
        Listed(code="0120"),
    ],
    Table.TELEHEALTH: [Listed(code="99213"), Listed(code="90837")],
    Table.CLIA_WAIVED: [Listed(code="87880"), Listed(code="80053")],
    Table.COVERAGE: [
        ArticleCode(
            code="72148", article_id="A1", diagnosis_groups=("covered",), contractors=("01",)
        ),
        ArticleCode(code="72146", article_id="A2", diagnosis_groups=("noncovered",)),
        ArticleCode(code="97110", article_id="A3"),
    ],
    Table.COVERAGE_DIAGNOSIS: [
        ArticleDiagnosis(article_id="A1", code="M9901", is_covered=True),
        ArticleDiagnosis(article_id="A2", code="I10", is_covered=False),
    ],
    Table.PROVIDER: [
        NppesProvider(npi="1999999984", entity_type="1"),
        NppesProvider(npi="1234567893", entity_type="2"),
        NppesProvider(npi="1999999992", entity_type="1", end=date(2026, 2, 28)),
    ],
}
TABLES = MemoryTables(ROWS)


@cache
def tables_without(names: str) -> MemoryTables:
    """Give the tables with some of them not loaded, by names with commas between."""
    left_out = names.split(",")
    return MemoryTables({table: rows for table, rows in ROWS.items() if table not in left_out})
