"""`cleanclaim bill` on files of other systems: every claim ends somewhere, and nothing is lost."""

import os
from pathlib import Path

import pytest

from cleanclaim.apps.claims.models import Claim, ClaimFinding, ClaimVersion
from cleanclaim.apps.claims.public import claims_make, no_check
from cleanclaim.apps.encounters.models import Encounter
from cleanclaim.apps.exchange.public import inbound_receive
from cleanclaim.apps.ledger.public import balances_prove, journal_totals
from cleanclaim.apps.patients.public import Coverage
from cleanclaim.apps.payers.public import payer_create
from cleanclaim.apps.practices.public import practice_create
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.remittance.public import money_apply
from cleanclaim.apps.submission.public import answers_apply, claims_to_send
from cleanclaim.config import billing_files
from cleanclaim.config.billing_files import ACTOR, bill_file
from cleanclaim.config.tests.foreign import (
    claim,
    decided,
    file_277ca,
    file_835,
    file_837,
    provider,
)
from cleanclaim.core.intake import superbill_template
from cleanclaim.core.posting.state import Policy
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope

SAMPLES = Path(
    os.environ.get("CLEANCLAIM_SAMPLES", Path(__file__).parents[4].parent / "shared" / "samples")
)
NPI = "1234567893"


@pytest.fixture
def clinic(tenant, now):
    with tenant_scope(tenant.id, actor="person:test", at=now):
        practice = practice_create(name="Sample Clinic", npi=NPI, tax_id="001234567")
    grant = work_grant("usmed", tenant.id, (practice.id,), actor=ACTOR, at=now)
    return tenant, practice.id, grant


@pytest.fixture
def bill(clinic, now, tmp_path):
    def given(content, *, is_sent=False, npi="", name="file"):
        path = tmp_path / name
        path.write_bytes(content)
        counts = bill_file(path, clinic[0], npi, lambda: now, is_sent=is_sent)
        told = counts.imported + counts.waiting + counts.already + counts.refused
        assert told == counts.given, counts
        return counts

    return given


def receive(clinic, now, content, name):
    with tenant_scope(clinic[0].id, actor=ACTOR, at=now):
        return inbound_receive(None, name, content, at=now)[0].id


def test_history_is_recorded_as_sent_once_and_answered_under_its_own_number(clinic, bill, now):
    _, practice_id, grant = clinic
    content = file_837(claim("OLD-1"), npi=NPI)
    assert bill(content, is_sent=True).imported == 1
    again = bill(content, is_sent=True)
    assert (again.imported, again.already) == (0, 1)
    with scope(grant, at=now):
        row = Claim.objects.under(grant).get()
        assert (row.stage, row.owner, row.charge_cents) == ("transmitted", "payer", 15000)
        assert (
            row.numbers
            == ["OLD-1"]
            == list(ClaimVersion.objects.under(grant).values_list("number", flat=True))
        )
        assert claims_to_send(grant, practice_id, 10) == []
        assert journal_totals(grant).charged_cents == 15000
    file_id = receive(clinic, now, file_277ca("OLD-1"), "a.277")
    assert answers_apply(grant, file_id, at=now, day=now.date()) >= 1
    with scope(grant, at=now):
        row.refresh_from_db()
        assert (row.stage, row.payer_control_numbers) == ("accepted_payer", ["ICN900"])
    file_id = receive(clinic, now, file_835("OLD-1", npi=NPI), "b.835")
    money_apply(grant, file_id, policy=Policy(post_before_eft_match=True), at=now, day=now.date())
    with scope(grant, at=now):
        row.refresh_from_db()
        money = (row.paid_cents, row.adjusted_cents, row.patient_cents, row.open_cents)
        assert money == (9000, 4000, 2000, 0)
        assert row.stage == "closed"
        totals = journal_totals(grant)
        assert totals.ledger_sum == 0
        assert balances_prove(grant) == []


def test_a_claim_is_either_sent_from_here_or_recorded_as_sent(clinic, bill):
    content = file_837(claim("ONE"), npi=NPI)
    assert bill(content).imported == 1
    assert bill(content).already == 1
    other = bill(content, is_sent=True)
    assert other.refused == 1
    assert "already" in other.findings[0]


def test_a_second_payers_claim_goes_on_where_the_first_payer_left_it(clinic, bill, now):
    _, practice_id, grant = clinic
    counts = bill(file_837(decided("SEC-1"), npi=NPI))
    assert counts.imported == 1, counts.findings
    with scope(grant, at=now):
        claims_make(grant, practice_id, check=no_check(), at=now, day=now.date())
        first, second = Claim.objects.under(grant).order_by("level")
        assert (first.stage, first.paid_cents, first.adjusted_cents) == ("closed", 6000, 7000)
        assert (second.stage, second.open_cents, first.open_cents) == ("scrub_hold", 2000, 0)
        assert ClaimFinding.objects.under(grant).filter(claim=second).exists()
        totals = journal_totals(grant)
        parts = totals.paid_cents + totals.adjusted_cents + totals.open_cents
        assert (totals.charged_cents, parts, totals.ledger_sum) == (15000, 15000, 0)
        assert balances_prove(grant) == []


def test_a_replacement_names_the_claim_that_it_replaces(clinic, bill, now):
    _, practice_id, grant = clinic
    text = claim("REP-1", "REF*F8*ICN123", head="11:B:7")
    assert bill(file_837(text, npi=NPI)).imported == 1
    with scope(grant, at=now):
        claims_make(grant, practice_id, check=no_check(), at=now, day=now.date())
        row = Claim.objects.under(grant).get()
        assert (row.planned, row.payer_control_numbers) == ("replacement", ["ICN123"])


def test_a_command_that_was_cut_short_is_finished_by_the_next(clinic, bill, now, monkeypatch):
    def cut(*_args, **_more):
        raise KeyboardInterrupt

    content = file_837(claim("CUT-1"), claim("CUT-2", level=3), npi=NPI)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(billing_files, "claims_record", cut)
        bill(content, is_sent=True)
    assert bill(content, is_sent=True).already == 2
    with scope(clinic[2], at=now):
        rows = Claim.objects.under(clinic[2]).order_by("number")
        assert [(row.stage, row.charge_cents) for row in rows] == [("transmitted", 15000)] * 2


def test_the_billing_npi_of_each_claim_decides(clinic, bill, now):
    other = "1000000004"
    with tenant_scope(clinic[0].id, actor="person:test", at=now):
        practice_create(name="Other Clinic", npi=other, tax_id="009999999")
    content = file_837(
        claim("A-1"),
        provider(other, 3),
        claim("B-1", level=4),
        claim("B-2", level=5),
        provider("1000000012", 6),
        claim("C-1", level=7),
        npi=NPI,
    )
    counts = bill(content)
    assert (counts.given, counts.imported, counts.refused) == (4, 3, 1)
    assert "--practice" in counts.findings[0]
    assert bill(content, npi=other, name="again").imported == 2


@pytest.mark.parametrize(
    "marks", [(b"~\n", b"~\r\n"), (b"~\n", b"\x1d"), (b"*", b"|"), (b"~\n", b"\n")]
)
def test_delimiters_are_those_of_the_file(bill, marks):
    content = file_837(claim("D-1"), claim("D-2", level=3), npi=NPI).replace(*marks)
    assert bill(content).imported == 2


REFUSED = (
    (claim("V-1", "REF*F8*ICN123", head="11:B:8"), "voids"),
    (claim("V-2", head="11:B:7"), "REF*F8"),
    (claim("V-3", head="11:B:3"), "CLM05-3"),
    (claim("V-4", rank="S"), "SBR01"),
    (claim("V-5").replace("DMG*D8*19800131*F~\n", ""), "birth date"),
    (claim("V-6").replace("DTP*472*D8*20260102", "DTP*473*D8*20260102"), "DTP*472"),
    (claim("V-7").replace("*PI*UNSEEN1", ""), "NM1*PR"),
    (claim("V-8").replace("99213*100", "99213*-100"), "charge"),
)


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_can_not_be_taken_in_says_why_and_leaves_nothing(clinic, bill, now, text, words):
    counts = bill(file_837(text, claim("GOOD", level=3), npi=NPI))
    assert (counts.imported, counts.refused) == (1, 1)
    assert "Claim 1" in counts.findings[0]
    assert words in counts.findings[0]
    with scope(clinic[2], at=now):
        assert Encounter.objects.under(clinic[2]).count() == 1


def test_what_no_claim_of_ours_carries_is_told(clinic, bill):
    counts = bill(file_837(claim("LOST", "REF*9A*77"), npi=NPI))
    assert counts.imported == 1
    assert counts.findings == ["Claim 1 says more than is carried here: references 9A."]


WRONG_FILES = (
    (b"", "empty_file", "is empty"),
    (b" \r\n", "empty_file", "is empty"),
    (b"%PDF-1.7 ...", "unknown_format", "a PDF"),
    (b"PK\x03\x04...", "unknown_format", "Save the sheet as CSV"),
    (bytes(100_000), "unknown_format", "no text"),
    (b"<html>", "unknown_format", "XML or HTML"),
)


@pytest.mark.parametrize(("content", "code", "words"), WRONG_FILES)
def test_what_is_no_source_is_refused_with_the_remedy(bill, content, code, words):
    with pytest.raises(Refusal, match=code) as refused:
        bill(content)
    assert words in refused.value.message


def test_a_folder_and_a_missing_file_are_refused(clinic, now, tmp_path):
    for path, words in ((tmp_path, "name the files in it"), (tmp_path / "no", "can't be read")):
        with pytest.raises(Refusal, match=words):
            bill_file(path, clinic[0], "", lambda: now)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_superbill_is_read_in_every_code_that_spreadsheets_save(bill, encoding):
    head, *_ = [row for row in superbill_template().splitlines() if not row.startswith("#")]
    cells = dict.fromkeys(head.split(","), "") | {
        "encounter_number": "E1",
        "service_date": "2026-01-02",
        "place_of_service": "11",
        "billing_npi": NPI,
        "rendering_npi": NPI,
        "patient_number": "P1",
        "patient_last": "Müller",
        "patient_first": "Ada",
        "patient_birth_date": "1980-01-31",
        "patient_sex": "F",
    }
    text = "\r\n".join([";".join(cells), ";".join(cells.values()), ""])
    counts = bill(text.encode(encoding))
    assert (counts.waiting, counts.findings) == (1, [])


def test_only_an_837p_can_have_been_sent(bill):
    with pytest.raises(Refusal, match="never_sent"):
        bill(superbill_template().encode(), is_sent=True)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_visits_of_charts_wait_for_coding_with_the_payer_that_they_name(clinic, bill, now):
    with tenant_scope(clinic[0].id, actor="person:test", at=now):
        payer = payer_create(payer_id="60001", name="Private", filing_indicator="CI")
    for path in sorted((SAMPLES / "fhir" / "synthea").glob("*-*.json")):
        counts = bill(path.read_bytes(), npi=NPI)
        assert counts.given == counts.waiting > 0
    with scope(clinic[2], at=now):
        visits = Encounter.objects.under(clinic[2])
        assert all(row.state == "waiting_for_coding" and row.coverages for row in visits)
        held = Coverage.objects.under(clinic[2])
        assert held.filter(payer=payer).exists()
        assert not held.filter(payer__payer_id="name:private").exists()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
@pytest.mark.parametrize("is_sent", [False, True])
def test_every_sample_ends_somewhere(clinic, bill, now, is_sent):
    imported = refused = 0
    for path in sorted((SAMPLES / "x12").rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        if b"CLM" not in content or b"ISA" not in content[:300] or len(content) > 100_000:
            continue
        counts = bill(content[content.index(b"ISA") :], is_sent=is_sent, npi=NPI)
        imported += counts.imported
        refused += counts.refused
        assert not counts.refused or counts.findings
    assert imported > 60, (imported, refused)
    with scope(clinic[2], at=now):
        while claims_make(
            clinic[2], clinic[1], check=no_check(), at=now, day=now.date()
        ).encounters:
            assert not is_sent
        totals = journal_totals(clinic[2])
        assert totals.charged_cents > 0
        assert totals.ledger_sum == 0
        assert balances_prove(clinic[2]) == []
