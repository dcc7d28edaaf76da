"""Lists of terms: read whole or refused with row and column, never a value of theirs."""

from datetime import date
from decimal import Decimal

import pytest

from cleanclaim.core.intake import terms
from cleanclaim.core.intake.sheet import read_sheet, sheet_template

FEES = "contract,code,amount,start_date\nA,99213,92.50,2026-01-01\n"
KINDS = [
    kind for name, kind in vars(terms).items() if name.endswith("Row") and isinstance(kind, type)
]


def test_a_list_is_read():
    sheet = read_sheet(FEES + "A,99214,130,2026-01-01\n\n", terms.FeeRow)
    assert [row.amount_cents for row in sheet.rows] == [9250, 13000]
    assert sheet.rows[0].start_date == date(2026, 1, 1)
    assert sheet.findings == ()


def test_several_values_flags_and_empty_cells():
    text = (
        "contract,payer_id,start_date,percent,provider_npis,lesser_of_charge,plan\n"
        "A,60054,2026-01-01,112.5,1234567893,N,\n"
    )
    (row,) = read_sheet(text, terms.ContractRow).rows
    assert (row.percent, row.provider_npis, row.lesser_of_charge) == (
        Decimal("112.5"),
        ("1234567893",),
        False,
    )


REFUSED = [
    ("code,amount\n99213,1\n", terms.FeeRow, "missing: start_date"),
    (FEES.replace("code", "colour"), terms.FeeRow, "unknown: colour"),
    (FEES.replace("contract", "code"), terms.FeeRow, "twice: code"),
    (
        FEES.replace("92.50", "92.505"),
        terms.FeeRow,
        "Row 2, column amount: expected an amount such as 125.00.",
    ),
    (FEES.replace("92.50", "-1"), terms.FeeRow, "Row 2, column amount"),
    (FEES.replace("99213", "9921"), terms.FeeRow, "Row 2, column code"),
    (
        FEES.replace("2026-01-01", "2026-02-30"),
        terms.FeeRow,
        "column start_date: expected a day such as 2026-01-31.",
    ),
    (FEES + "A,99213\n", terms.FeeRow, "Row 3: Expected 4 cells, got 2"),
    (FEES + "A,99213,1,2026-01-01\n", terms.FeeRow, "Row 3 says again what row 2 says"),
    (
        "provider_npi,payer_id,effective_date\n1234567890,A,2026-01-01\n",
        terms.CredentialRow,
        "an NPI has a wrong check digit",
    ),
    (
        "provider_npi,payer_id,effective_date,end_date\n1234567893,A,2026-01-02,2026-01-01\n",
        terms.CredentialRow,
        "the last day lies before the first",
    ),
    (
        "contract,payer_id,start_date,method\nA,B,2026-01-01,medicare\n",
        terms.ContractRow,
        "needs the locality",
    ),
    (
        "contract,payer_id,start_date,percent\nA,B,2026-01-01,0\n",
        terms.ContractRow,
        "a percent is above 0",
    ),
]


@pytest.mark.parametrize(("text", "kind", "words"), REFUSED)
def test_a_list_that_does_not_fit_is_refused_whole(text, kind, words):
    sheet = read_sheet(text, kind)
    assert sheet.rows == ()
    assert words in sheet.findings[0].message


def test_a_finding_repeats_no_value():
    text = (
        "patient_number,payer_id,number,start_date,end_date\nMRN-SECRET,A,AUTH-SECRET,2026,2027\n"
    )
    sheet = read_sheet(text, terms.AuthorizationRow)
    assert sheet.findings
    assert not any("SECRET" in str(one) for one in sheet.findings)


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_has_a_template_whose_key_columns_exist(kind):
    head = sheet_template(kind).strip().split(",")
    assert set(kind.key) <= set(head)


@pytest.mark.parametrize("kind", KINDS)
def test_no_refusal_shows_a_pattern(kind):
    head = sheet_template(kind)
    wrong = ",".join("?!" for _ in head.split(","))
    (finding,) = read_sheet(head + wrong + "\n", kind).findings
    assert "regex" not in finding.message
