"""Rows of official files load byte for byte: read and written back they are the same text."""

from datetime import date
from decimal import Decimal

from cleanclaim.core.codes import Table
from cleanclaim.core.codes.formats.registry import read_files
from cleanclaim.core.codes.formats.source import text_source
from cleanclaim.core.codes.records import Procedure
from cleanclaim.core.codes.tests import official
from cleanclaim.kernel.dates import parse_ccyymmdd


def load(name, text, **options):
    batches = read_files([text_source(name, text)], **options)
    return {batch.table: (batch, list(batch.rows)) for batch in batches}


def test_ptp_edits_are_the_same_lines():
    for name, file, table in (
        ("ptp_prac_hcpcs2.csv", "ncci-2024q3-ccipra-v302r0-f1.TXT", Table.PTP_PRACTITIONER),
        ("ptp_out_hcpcs2.csv", "ncci-2024q3-ccioph-v302r0-f1.TXT", Table.PTP_HOSPITAL),
    ):
        body = "".join(
            "\t".join(
                (
                    row["column_1"],
                    row["column_2"],
                    "",
                    "",
                    "*" if row["deletion_date"] > "9" else row["deletion_date"].replace("-", ""),
                    row["modifier_indicator"],
                    row["rationale"] + "\r\n",
                )
            )
            for row in sample_sorted(name)
        )
        given = load(file, official.PTP_HEADER + body, given=None)
        batch, rows = given[table]
        assert "".join(official.ptp_line(row) for row in rows) == body
        assert batch.span.first == date(1996, 1, 1)


def sample_sorted(name):
    rows = official.sample_rows(f"ncci_2024q3/{name}")
    return sorted(rows, key=lambda row: (row["column_1"], row["column_2"]))


def test_mue_values_are_the_same_lines():
    for name, setting, table in (
        ("mue_prac_hcpcs2.csv", "Practitioner Services", Table.MUE_PRACTITIONER),
        ("mue_out_hcpcs2.csv", "Outpatient Hospital Services", Table.MUE_HOSPITAL),
        ("mue_dme_hcpcs2.csv", "DME Supplier Services", Table.MUE_DME),
    ):
        body = "".join(
            f"{row['hcpcs_code']},{row['mue_units']},{official.MUE_WORDS[row['mue_mai']]},"
            f"{row['mue_rationale']}\r\n"
            for row in official.sample_rows(f"ncci_2024q3/{name}")
        )
        text = official.mue_header(setting) + body
        batch, rows = load("MCR_MUE_X_Eff_07-01-2024.csv", text)[table]
        assert "".join(official.mue_line(row) for row in rows) == body
        assert (batch.span.first, batch.span.last) == (date(2024, 7, 1), date(2024, 9, 30))


def rvu_text():
    lines = official.sample_text("pfs_rvu/pprrvu_2025_oct_hcpcs2.csv").splitlines()[1:]
    cells = (line.split(",") for line in lines)
    body = "".join(",".join([*c[:2], "", *c[2:]]) + "\r\n" for c in cells)
    header = official.sample_text("pfs_rvu/header_as_published.txt").rstrip("\r\n")
    return header + "\r\n", body


def test_relative_values_are_the_same_lines():
    header, body = rvu_text()
    batch, rows = load("PPRRVU2025_Oct.csv", header + body)[Table.PHYSICIAN_FEE]
    assert "".join(official.rvu_line(row) for row in rows) == body
    assert (batch.span.first, batch.span.last) == (date(2025, 10, 1), date(2025, 12, 31))


def test_the_layout_of_2026_has_one_column_more_and_two_factors():
    header, body = rvu_text()
    lines = header.replace("2025 National", "2026 National").splitlines()
    head = "".join(
        line + (",PRIC IND" if n == len(lines) - 1 else ",") + "\r\n"
        for n, line in enumerate(lines)
    )
    plain = "".join(line + ",N\r\n" for line in body.splitlines())
    qpp = plain.replace(",32.3465,", ",33.5675,")
    sources = [
        text_source("PPRRVU2026_Jan_nonQPP.csv", head + plain),
        text_source("PPRRVU2026_Jan_QPP.csv", head + qpp),
    ]
    (batch,) = read_files(sources)
    row = next(iter(batch.rows))
    assert row.conversion_factor == Decimal("32.3465")
    assert row.qpp_conversion_factor == Decimal("33.5675")


def test_hcpcs_records_are_the_same_lines():
    rows = [
        Procedure(
            code=row["code"],
            short=row["short_description"][:28],
            long=" ".join(row["long_description"].split()),
            pricing_code=row["pricing_ind"],
            coverage_code=row["coverage"],
            betos=row["betos"],
            type_of_service=row["tos"][:1],
            added=_day(row["added"]),
            action_date=_day(row["action_eff"]),
            end=_day(row["term"]),
            action_code=row["action"],
        )
        for row in official.sample_rows("hcpcs/hcpcs_level2_2019.csv")
        if row["code"][0] != "D"
    ]
    body = "".join(official.hcpcs_lines(row) for row in rows)
    batch, read = load("HCPC2019_JAN_ANWEB.txt", body)[Table.HCPCS]
    assert len(read) == len(rows) > 6000
    assert "".join(official.hcpcs_lines(row) for row in read) == body
    assert batch.span.last == date(2019, 3, 31)


def _day(text):
    return parse_ccyymmdd(text) if text.strip() else None


def test_plain_lists_keep_codes_texts_and_days():
    pos = load("place_of_service_2024_05.csv", official.sample_text("place_of_service_2024_05.csv"))
    _, rows = pos[Table.PLACE_OF_SERVICE]
    wanted = [
        (r["code"], r["display"].strip())
        for r in official.sample_rows("place_of_service_2024_05.csv")
    ]
    assert [(row.code, row.words) for row in rows] == wanted
    both = load("carc_rarc_codes_2024_06.csv", official.sample_text("carc_rarc_codes_2024_06.csv"))
    assert {table: len(rows) for table, (_, rows) in both.items()} == {
        Table.ADJUSTMENT_GROUP: 5,
        Table.CARC: 405,
        Table.RARC: 1171,
    }
    assert {r.code: r.end for r in both[Table.CARC][1]}["15"] == date(2018, 5, 1)
    for name, table, count in (
        ("revenue_codes.csv", Table.REVENUE, 539),
        ("condition_codes.csv", Table.CONDITION, 1035),
        ("discharge_status_codes.csv", Table.DISCHARGE_STATUS, 100),
    ):
        span = load(name.replace(".csv", "_2026.csv"), official.sample_text(name))
        assert len(span[table][1]) == count


def test_drg_titles_and_code_edits():
    batch, rows = load(
        "msdrg_v40_appendix_A.txt", official.sample_text("msdrg_v40_appendix_A.txt")
    )[Table.DRG]
    assert (len(rows), batch.span.first, batch.span.last) == (
        767,
        date(2022, 10, 1),
        date(2023, 9, 30),
    )
    by_code = {row.code: row for row in rows}
    assert (by_code["020"].mdc, by_code["020"].kind) == ("01", "P")
    assert (by_code["014"].mdc, by_code["014"].kind, by_code["999"].kind) == ("", "M", "")
    name = "MCE_Simple_Code_Edits_v37.txt"
    batch, rows = load(name, official.sample_text(name))[Table.CODE_EDITS]
    edits = {(row.kind, row.code): row for row in rows}
    assert (batch.span.first, edits["D", "A33"].age_low, edits["D", "A33"].age_high) == (
        date(2019, 10, 1),
        0,
        0,
    )


def test_localities_and_anesthesia():
    rows = official.sample_rows("pfs_2024/pfs_gpci.csv")
    body = "".join(
        f"{r['mac']},{r['state']},{r['locality']},{r['locality_name']},"
        + ",".join(f"{float(r[k]):.3f}" for k in ("gpci_work", "gpci_pe", "gpci_mp"))
        + "\r\n"
        for r in rows
        if "," not in r["locality_name"]
    )
    text = (
        "ADDENDUM E. GEOGRAPHIC PRACTICE COST INDICES,,,,,,\r\n,,,,,,\r\n"
        "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
        "2024 PW GPCI (with 1.0 Floor),2024 PE GPCI,2024 MP GPCI\r\n"
        + body
        + "*Payment locality is serviced by two contractors.,,,,,,\r\n"
    )
    _, read = load("GPCI2024.csv", text)[Table.GPCI]
    back = "".join(
        f"{r.mac},{r.state},{r.locality},{r.name},{r.work},{r.practice_expense},{r.malpractice}\r\n"
        for r in read
    )
    assert back == body.replace("*", "")
    rows = [r for r in official.sample_rows("pfs_2024/pfs_anes.csv") if r["locality"]]
    body = "".join(f"{r['mac']},{r['locality']},X,{r['anes_cf']}\r\n" for r in rows)
    head = "Contractor,Locality,Locality Name,2024 Anesthesia Conversion Factor\r\n"
    _, read = load("ANES2024.csv", head + body)[Table.ANESTHESIA]
    assert "".join(f"{r.mac},{r.locality},X,{r.factor}\r\n" for r in read) == body
