"""Medicare prices: physician fee schedule, localities, anesthesia, laboratory, drugs, OPPS.

Source: CMS, the files named in each reader; columns are found by their stacked headers.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from cleanclaim.core.codes import shapes
from cleanclaim.core.codes.fees import AnesthesiaFactor, Gpci, PhysicianFee, Price
from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.columns import header_of, read_columns, titles_of
from cleanclaim.core.codes.formats.source import (
    Batch,
    Source,
    Span,
    quarter_of,
    refuse,
    span_of,
    year_from,
)
from cleanclaim.core.codes.release import Table

RVU_COLUMNS: Final = {
    "code": ("HCPCS",),
    "modifier": ("MOD",),
    "status": ("STATUS CODE",),
    "not_used": ("NOT USED FOR MEDICARE PAYMENT",),
    "work": ("WORK RVU",),
    "nonfacility_pe": ("NON-FAC PE RVU", "NON-FACILITY PE RVU"),
    "nonfacility_na": ("NON-FAC NA INDICATOR", "NON-FACILITY NA INDICATOR"),
    "facility_pe": ("FACILITY PE RVU",),
    "facility_na": ("FACILITY NA INDICATOR",),
    "malpractice": ("MP RVU",),
    "nonfacility_total": ("NON-FACILITY TOTAL",),
    "facility_total": ("FACILITY TOTAL",),
    "pc_tc": ("PCTC IND",),
    "global_days": ("GLOB DAYS",),
    "pre": ("PRE OP",),
    "intra": ("INTRA OP",),
    "post": ("POST OP",),
    "multiple": ("MULT PROC",),
    "bilateral": ("BILAT SURG",),
    "assistant": ("ASST SURG",),
    "co_surgeon": ("CO- SURG",),
    "team": ("TEAM SURG",),
    "endoscopic_base": ("ENDO BASE",),
    "factor": ("CONV FACTOR",),
    "supervision": ("PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES",),
    "calculation": ("CALCULATION FLAG",),
    "imaging": ("DIAGNOSTIC IMAGING FAMILY INDICATOR",),
    "opps_nonfacility?": ("NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT",),
    "opps_facility?": ("FACILITY PE USED FOR OPPS PAYMENT AMOUNT",),
    "opps_malpractice?": ("MP USED FOR OPPS PAYMENT AMOUNT",),
}
_GLOBAL = "000 010 090 MMM XXX YYY ZZZ"
_STATUS = "A B C D E F G H I J M N P Q R T X"


def read_rvu(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read the relative value file (PPRRVU): one file, or since 2026 one for each factor.

    Raises:
        Refusal: Another layout, a year in the title other than in the name, two files of which
            none is for qualifying participants, two files that disagree on a code.
    """
    titles = [t for s in sources for t in titles_of(s, r"20\d\d National Physician Fee")]
    span = span_of(sources, titles, year_from, given)
    qpp = [s for s in sources if "qpp" in s.name.lower() and "nonqpp" not in s.name.lower()]
    plain = [s for s in sources if s not in qpp]
    if len(plain) != 1 or len(qpp) > 1:
        raise refuse(
            sources[0], "a release is one file, or one nonQPP and one QPP file of the same month."
        )
    factors = {row.key: row.conversion_factor for row in _fees(qpp[0])} if qpp else {}
    rows = [_with_factor(row, factors, plain[0]) for row in _fees(plain[0])]
    if qpp and len(factors) != len(rows):
        raise refuse(qpp[0], f"it holds {len(factors)} codes, {plain[0].name} {len(rows)}.")
    title = f"Medicare physician fee schedule from {span.first}"
    return [Batch(table=Table.PHYSICIAN_FEE, rows=rows, span=span, title=title)]


def _fees(source: Source) -> list[PhysicianFee]:
    rows, last = [], ""
    for row in read_columns(source, RVU_COLUMNS, _fee, ","):
        if row.key <= last and row.code < last[:5]:
            raise refuse(source, f"{row.code} stands after {last[:5]}: not in order.")
        last = row.key
        rows.append(row)
    return rows


def _with_factor(row: PhysicianFee, factors: dict[str, Decimal], source: Source) -> PhysicianFee:
    if not factors:
        return row
    if row.key not in factors:
        raise refuse(source, f"{row.code} {row.modifier} is missing from the QPP file.")
    fields = {name: getattr(row, name) for name in row.__struct_fields__}
    return PhysicianFee(**fields | {"qpp_conversion_factor": factors[row.key]})


def _fee(cells: dict[str, str]) -> PhysicianFee | None:
    code = cells["code"].upper()
    if not shapes.is_procedure(code) and not any(
        cells[name] for name in ("work", "status", "global_days")
    ):
        return None
    number = {name: values.decimal(cells.get(name, "")) for name in _RVU_NUMBERS}
    return PhysicianFee(
        code=values.procedure_code(code),
        modifier=values.modifier_or_empty(cells["modifier"]),
        status=values.one_of(cells["status"] or "?", _STATUS, "status code"),
        not_used_for_medicare=bool(values.one_of(cells["not_used"], "+", "mark")),
        work_rvu=number["work"],
        nonfacility_pe_rvu=number["nonfacility_pe"],
        facility_pe_rvu=number["facility_pe"],
        malpractice_rvu=number["malpractice"],
        nonfacility_total=number["nonfacility_total"],
        facility_total=number["facility_total"],
        nonfacility_not_paid=cells["nonfacility_na"] == "NA",
        facility_not_paid=cells["facility_na"] == "NA",
        pc_tc=values.one_of(cells["pc_tc"], "0 1 2 3 4 5 6 7 8 9", "PC/TC indicator"),
        global_days=values.one_of(cells["global_days"], _GLOBAL, "global period"),
        pre_percent=number["pre"],
        intra_percent=number["intra"],
        post_percent=number["post"],
        multiple=values.one_of(cells["multiple"], "0 1 2 3 4 5 6 7 9", "multiple indicator"),
        bilateral=values.one_of(cells["bilateral"], "0 1 2 3 9", "bilateral indicator"),
        assistant=values.one_of(cells["assistant"], "0 1 2 9", "assistant indicator"),
        co_surgeon=values.one_of(cells["co_surgeon"], "0 1 2 9", "co-surgeon indicator"),
        team=values.one_of(cells["team"], "0 1 2 9", "team indicator"),
        endoscopic_base=cells["endoscopic_base"],
        conversion_factor=number["factor"],
        supervision=cells["supervision"],
        calculation_flag=cells["calculation"],
        imaging_family=cells["imaging"],
        opps_nonfacility_pe=number["opps_nonfacility"],
        opps_facility_pe=number["opps_facility"],
        opps_malpractice=number["opps_malpractice"],
    )


_RVU_NUMBERS = [
    "work",
    "nonfacility_pe",
    "facility_pe",
    "malpractice",
    "nonfacility_total",
    "facility_total",
    "pre",
    "intra",
    "post",
    "factor",
    "opps_nonfacility",
    "opps_facility",
    "opps_malpractice",
]


GPCI_COLUMNS: Final = {
    "mac": ("MEDICARE ADMINISTRATIVE CONTRACTOR (MAC)", "MEDICARE ADMINISTRATIVE CONTRACTOR*"),
    "state": ("STATE",),
    "locality": ("LOCALITY NUMBER",),
    "name": ("LOCALITY NAME",),
    "work": ("*PW GPCI (WITH 1.0 FLOOR)", "*PW GPCI"),
    "practice_expense": ("*PE GPCI",),
    "malpractice": ("*MP GPCI",),
}


def read_gpci(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read geographic factors; where the work factor stands with and without floor, with it."""
    titles = titles_of(sources[0], r"20\d\d PW GPCI")
    span = span_of(sources, titles, year_from, given)
    rows = read_columns(sources[0], GPCI_COLUMNS, _gpci, ",")
    title = f"GPCI from {span.first}"
    return [Batch(table=Table.GPCI, rows=rows, span=span, title=title)]


def _gpci(cells: dict[str, str]) -> Gpci | None:
    if not cells["locality"]:
        return None
    return Gpci(
        mac=values.digits(cells["mac"], 5, "contractor"),
        locality=values.digits(cells["locality"].zfill(2), 2, "locality"),
        state=cells["state"],
        name=cells["name"].rstrip("*"),
        work=values.decimal(cells["work"]),
        practice_expense=values.decimal(cells["practice_expense"]),
        malpractice=values.decimal(cells["malpractice"]),
    )


ANESTHESIA_COLUMNS: Final = {
    "mac": ("CONTRACTOR", "CARRIER", "MEDICARE ADMINISTRATIVE CONTRACTOR*"),
    "locality": ("LOCALITY", "LOCALITY NUMBER"),
    "name?": ("LOCALITY NAME",),
    "factor": ("NON-QUALIFYING APM*", "NATIONAL ANES CF*", "*CONVERSION FACTOR"),
    "qpp_factor?": ("QUALIFYING APM*",),
}


def read_anesthesia(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read anesthesia conversion factors by locality."""
    titles = titles_of(sources[0], r"20\d\d [A-Za-z -]*Anesthesia")
    span = span_of(sources, titles, year_from, given)
    rows = read_columns(sources[0], ANESTHESIA_COLUMNS, _anesthesia)
    title = f"Anesthesia factors from {span.first}"
    return [Batch(table=Table.ANESTHESIA, rows=rows, span=span, title=title)]


def _anesthesia(cells: dict[str, str]) -> AnesthesiaFactor | None:
    if not cells["locality"]:
        return None
    return AnesthesiaFactor(
        mac=values.digits(cells["mac"].zfill(5), 5, "contractor"),
        locality=values.digits(cells["locality"].zfill(2), 2, "locality"),
        name=cells.get("name", ""),
        factor=values.decimal(cells["factor"]),
        qpp_factor=values.decimal(cells.get("qpp_factor", "")),
    )


LAB_COLUMNS: Final = {
    "year": ("YEAR",),
    "code": ("HCPCS",),
    "modifier": ("MOD",),
    "start": ("EFF_DATE",),
    "status": ("INDICATOR",),
    "amount": ("RATE",),
    "words": ("SHORTDESC",),
}


def read_lab(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read the clinical laboratory schedule; every row says its year."""
    span = span_of(sources, (), quarter_of, given)
    rows = read_columns(sources[0], LAB_COLUMNS, partial(_lab, span), ",")
    title = f"Clinical laboratory fee schedule from {span.first}"
    return [Batch(table=Table.LAB_FEE, rows=rows, span=span, title=title)]


def _lab(span: Span, cells: dict[str, str]) -> Price | None:
    if not cells["year"]:
        return None
    if cells["year"] != str(span.first.year):
        msg = f"years are mixed: {cells['year']} in a file of {span.first.year}"
        raise ValueError(msg)
    return Price(
        code=values.procedure_code(cells["code"]),
        modifier=values.modifier_or_empty(cells["modifier"]),
        amount=values.decimal_or_none(cells["amount"]),
        status=cells["status"],
        words=cells["words"],
        start=_not_after(values.day_or_none(cells["start"]), span),
    )


def _not_after(day: date | None, span: Span) -> date | None:
    if day is not None and day > span.last:
        msg = f"years are mixed: {day} is after the release ends on {span.last}"
        raise ValueError(msg)
    return day


DRUG_COLUMNS: Final = {
    "code": ("HCPCS CODE",),
    "words": ("SHORT DESCRIPTION",),
    "dosage": ("HCPCS CODE DOSAGE",),
    "amount": ("PAYMENT LIMIT",),
}


def read_drugs(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read payment limits of drugs (ASP)."""
    titles = titles_of(sources[0], r"Effective [A-Z][a-z]+ \d+, 20\d\d")
    span = span_of(sources, titles, quarter_of, given)
    rows = read_columns(sources[0], DRUG_COLUMNS, _price)
    title = f"Drug payment limits (ASP) from {span.first}"
    return [Batch(table=Table.DRUG_PRICE, rows=rows, span=span, title=title)]


OPPS_COLUMNS: Final = {
    "code": ("HCPCS CODE",),
    "words": ("SHORT DESCRIPTOR",),
    "status": ("SI",),
    "group": ("APC",),
    "weight": ("RELATIVE WEIGHT",),
    "amount": ("PAYMENT RATE",),
}


def read_opps(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read OPPS Addendum B."""
    header_of(sources[0], OPPS_COLUMNS)
    titles = titles_of(sources[0], r"(?:CY|Effective|for)\s+[A-Za-z]*\s*(?:\d+, )?20\d\d")
    span = span_of(sources, titles, quarter_of, given)
    rows = read_columns(sources[0], OPPS_COLUMNS, _price)
    title = f"OPPS Addendum B from {span.first}"
    return [Batch(table=Table.OPPS, rows=rows, span=span, title=title)]


def _price(cells: dict[str, str]) -> Price | None:
    code = cells["code"].upper()
    if not shapes.is_procedure(code) and not cells["amount"]:
        return None
    return Price(
        code=values.procedure_code(code),
        amount=values.decimal_or_none(cells["amount"]),
        dosage=cells.get("dosage", ""),
        status=cells.get("status", ""),
        group=cells.get("group", ""),
        weight=values.decimal_or_none(cells.get("weight", "")),
        words=cells["words"],
    )
