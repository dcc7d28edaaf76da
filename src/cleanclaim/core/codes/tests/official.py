"""Official files made of sample rows, and records written back as the official lines."""

import csv
import os
from pathlib import Path

import pytest

from cleanclaim.core.codes.fees import PhysicianFee
from cleanclaim.core.codes.records import Mue, Procedure, PtpEdit

ROOT = Path(__file__).parents[5]
SAMPLES = Path(os.environ.get("CLEANCLAIM_SAMPLES", ROOT.parent / "shared" / "samples"))
CODE_SETS = SAMPLES / "code_sets"
PTP_HEADER = (
    "CPT codes and descriptions only are copyright of their publisher.\r\n"
    + "\r\n" * 5
    + "\t\t*=in existence\tEffective\tDeletion\tModifier\t\r\n"
    + "Column 1\tColumn 2\tprior to 1996\tDate\tDate *=no data\t"
    + "0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n"
)
MUE_WORDS = {
    "1": "1 Line Edit",
    "2": "2 Date of Service Edit: Policy",
    "3": "3 Date of Service Edit: Clinical",
}


def need_samples():
    if not CODE_SETS.is_dir():
        pytest.skip(f"no samples in {CODE_SETS}")


def sample_rows(name):
    need_samples()
    with (CODE_SETS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample_text(name):
    need_samples()
    return (CODE_SETS / name).read_bytes().decode("utf-8")


def mue_header(setting):
    return (
        '"CPT codes and descriptions only are copyright of their publisher.\nAll rights '
        'reserved.",,,\r\n'
        f'"HCPCS/\nCPT Code","{setting} MUE Values",'
        '"MUE Adjudication Indicator","MUE Rationale"\r\n'
    )


def day(value):
    return value.strftime("%Y%m%d") if value else ""


def ptp_line(edit: PtpEdit) -> str:
    mark = "*" if edit.existed_before_1996 else ""
    return "\t".join(
        (
            edit.column_1,
            edit.column_2,
            mark,
            day(edit.start),
            day(edit.end) or "*",
            edit.modifier_indicator,
            edit.rationale + "\r\n",
        )
    )


def mue_line(row: Mue) -> str:
    return f"{row.code},{row.units},{row.adjudication},{row.rationale}\r\n"


def rvu_line(row: PhysicianFee) -> str:
    return (
        ",".join(
            str(cell)
            for cell in (
                row.code,
                row.modifier,
                "",
                row.status,
                "+" if row.not_used_for_medicare else "",
                row.work_rvu,
                row.nonfacility_pe_rvu,
                "NA" if row.nonfacility_not_paid else "",
                row.facility_pe_rvu,
                "NA" if row.facility_not_paid else "",
                row.malpractice_rvu,
                row.nonfacility_total,
                row.facility_total,
                row.pc_tc,
                row.global_days,
                row.pre_percent,
                row.intra_percent,
                row.post_percent,
                row.multiple,
                row.bilateral,
                row.assistant,
                row.co_surgeon,
                row.team,
                row.endoscopic_base,
                row.conversion_factor,
                row.supervision,
                row.calculation_flag,
                row.imaging_family,
                row.opps_nonfacility_pe,
                row.opps_facility_pe,
                row.opps_malpractice,
            )
        )
        + "\r\n"
    )


def hcpcs_lines(row: Procedure, sequence: int = 100) -> str:
    """Write a code as its 320-character records: the first and the continuations."""
    words = row.long
    parts = [words[:80]]
    while words := words[80:]:
        parts.append(words[:80])
    out = ""
    for index, part in enumerate(parts):
        line = [" "] * 320

        def put(at, text, line=line):
            line[at : at + len(text)] = text

        put(0, row.code)
        put(5, f"{sequence + index:05d}")
        put(10, "4" if index else "3")
        put(11, part)
        if not index:
            put(91, row.short)
            put(119, row.pricing_code)
            put(229, row.coverage_code)
            put(256, row.betos)
            put(260, row.type_of_service)
            put(268, day(row.added))
            put(276, day(row.action_date))
            put(284, day(row.end))
            put(292, row.action_code)
        out += "".join(line) + "\r\n"
    return out
