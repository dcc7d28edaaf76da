"""Superbill rows: one row of the table per attempt, what is refused last."""

import pytest

from cleanclaim.core.intake import read_superbill, superbill_template

GOOD = {
    "encounter_number": "E1",
    "service_date": "2026-03-02",
    "place_of_service": "11",
    "billing_npi": "2000000101",
    "rendering_npi": "2000000200",
    "patient_number": "P1",
    "patient_last": "Alder",
    "patient_first": "Ruth",
    "patient_birth_date": "1980-02-14",
    "patient_sex": "F",
    "primary_payer_id": "99901",
    "primary_member_id": "TST1",
    "diagnoses": "E11.9 I10",
    "procedure_code": "99214",
    "modifiers": "25",
    "charge": "215.45",
    "diagnosis_pointers": "A B",
}


def superbill(*rows: dict[str, str]) -> str:
    names = list(dict.fromkeys(name for row in rows for name in row))
    body = [",".join(row.get(name, "") for name in names) for row in rows]
    return "\n".join([",".join(names), *body])


def test_rows_of_one_number_are_one_encounter():
    intake = read_superbill(superbill(GOOD, GOOD | {"procedure_code": "83036", "charge": "47.85"}))
    (draft,) = intake.drafts
    assert [line.procedure_code for line in draft.lines] == ["99214", "83036"]
    assert [line.charge_cents for line in draft.lines] == [21545, 4785]
    assert [line.line_number for line in draft.lines] == ["1", "2"]
    assert draft.lines[0].diagnosis_pointers == (1, 2)
    assert [item.code for item in draft.diagnoses] == ["E119", "I10"]
    assert draft.places == (2, 3)
    assert draft.coverages[0].subscriber.member_id == "TST1"
    assert intake.given == 2
    assert not intake.refused


def test_the_template_reads_as_an_empty_superbill():
    intake = read_superbill(superbill_template())
    assert (intake.given, intake.drafts) == (0, ())
    assert "no row" in intake.refused[0].message


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"encounter_number": ""}, "row 2, encounter_number"),
        ({"service_date": "2026-02-30"}, "row 2, service_date"),
        ({"place_of_service": "office"}, "row 2, place_of_service"),
        ({"billing_npi": "2000000102"}, "row 2, billing_npi"),
        ({"patient_last": ""}, "row 2, patient_last"),
        ({"patient_sex": "female"}, "row 2, patient_sex"),
        ({"primary_member_id": ""}, "row 2, primary_member_id"),
        ({"diagnoses": "E11.9;I10"}, "row 2, diagnoses"),
        ({"procedure_code": "9921"}, "row 2, procedure_code"),
        ({"charge": "215.455"}, "row 2, charge"),
        ({"charge": "-1"}, "row 2, charge"),
        ({"units": "0"}, "row 2, units"),
        ({"units": "NaN"}, "row 2, units"),
        ({"modifiers": "25 59 XS GT 95"}, "row 2, modifiers"),
        ({"diagnosis_pointers": "C"}, "row 2, diagnosis_pointers"),
        ({"diagnosis_pointers": "1A"}, "row 2, diagnosis_pointers"),
        ({"self_pay_restricted": "yes"}, "row 2, self_pay_restricted"),
        ({"primary_relationship": "19"}, "row 2, primary_subscriber_last"),
        ({"patient_address": "9 Sample St"}, "row 2, patient_city"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_names_it(change, place):
    intake = read_superbill(superbill(GOOD | change, GOOD | {"encounter_number": "E2"}))
    assert [finding.place for finding in intake.refused] == [place]
    assert [draft.number for draft in intake.drafts] == ["E2"]
    assert (intake.given, intake.refused_rows) == (2, 1)


def test_a_bad_line_holds_back_its_whole_encounter():
    intake = read_superbill(superbill(GOOD, GOOD | {"charge": "x"}))
    assert not intake.drafts
    assert intake.refused_rows == intake.given == 2


def test_a_row_that_disagrees_with_its_encounter_is_refused():
    intake = read_superbill(superbill(GOOD, GOOD | {"patient_last": "Birch"}))
    assert [finding.place for finding in intake.refused] == ["row 3, patient_last"]


def test_no_value_of_a_person_stands_in_a_finding():
    intake = read_superbill(superbill(GOOD | {"patient_birth_date": "14 Feb 1980"}))
    assert "1980" not in intake.refused[0].message


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("encounter_number", "missing: service_date"),
        (superbill(GOOD).splitlines()[0] + ",colour", "unknown: colour"),
        (superbill(GOOD).splitlines()[0] + ",charge", "twice: charge"),
        ("", "missing: encounter_number"),
    ],
)
def test_another_layout_refuses_the_file(head, words):
    intake = read_superbill(head + "\nx")
    assert intake.refused[0].code == "INTAKE-COLUMNS"
    assert words in intake.refused[0].message
    assert not intake.drafts


def test_uncoded_rows_wait_for_coding():
    intake = read_superbill(superbill(GOOD | {"procedure_code": "", "charge": "", "diagnoses": ""}))
    assert not intake.drafts[0].is_coded


def test_what_spreadsheets_add_does_no_harm():
    plain = superbill(GOOD, GOOD | {"procedure_code": "85025"})
    head, *rows = plain.splitlines()
    excel = "\r\n".join(["sep=,", head + ",,", *(row + ",," for row in rows), ",,,", ""])
    assert read_superbill(excel).drafts[0].lines == read_superbill(plain).drafts[0].lines
    assert [draft.places for draft in read_superbill(excel).drafts] == [(3, 4)]


def test_a_line_break_in_a_cell_ends_no_row():
    text = superbill(GOOD | {"patient_middle": "QQ"}).replace("QQ", '"X\nY"')
    assert read_superbill(text).drafts[0].patient.name.middle == "X Y"


def test_a_row_twice_is_refused_with_its_encounter():
    intake = read_superbill(superbill(GOOD, GOOD, GOOD | {"encounter_number": "E2"}))
    assert [finding.place for finding in intake.refused] == ["row 3, the row"]
    assert [draft.number for draft in intake.drafts] == ["E2"]
    assert (intake.given, intake.refused_rows) == (3, 2)


def test_rows_that_wait_for_coding_may_be_alike():
    blank = GOOD | {"procedure_code": "", "charge": "", "diagnoses": "", "diagnosis_pointers": ""}
    assert not read_superbill(superbill(blank, blank)).refused


def test_an_open_quote_refuses_the_file_and_swallows_nothing():
    intake = read_superbill(superbill(GOOD, GOOD).replace(",", ',"', 60))
    assert [finding.code for finding in intake.refused] in (["INTAKE-FILE"], ["INTAKE-COLUMNS"])
    assert not intake.drafts
