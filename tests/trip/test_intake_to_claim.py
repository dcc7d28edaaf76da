"""From a superbill to claims with charges: every row and every cent is accounted for."""

from datetime import date

import pytest

from cleanclaim.apps.claims.models import Claim, ClaimFinding
from cleanclaim.apps.claims.public import Checked, claims_make, unconfirmed_findings
from cleanclaim.apps.encounters.public import encounters_take
from cleanclaim.apps.exchange.public import connection_create, interchanges_send
from cleanclaim.apps.ledger.public import balances_prove, journal_totals
from cleanclaim.apps.patients.public import Arrival, patients_take
from cleanclaim.apps.payers.public import payer_create
from cleanclaim.apps.practices.public import practice_create, provider_create
from cleanclaim.apps.privacy.public import BAA, agreement_record, disclosure_grant
from cleanclaim.apps.privacy.tests.records import leaves
from cleanclaim.apps.submission.public import Submitter, batches_follow, claims_seal, claims_to_send
from cleanclaim.core import claim as core
from cleanclaim.core.edi.claim_from_837p import claim_from_837p
from cleanclaim.core.intake import read_superbill
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim.sandbox.superbills import write_superbill
from cleanclaim.sandbox.world import PAYERS, make_patients, make_practices
from cleanclaim_x12 import check as x12_check
from cleanclaim_x12.typed.t837p import stream_837p

DAY = date(2026, 11, 22)
ADDRESS = {"line_1": "1 Test Way", "city": "Salem", "state": "OR", "zip_code": "973010001"}


@pytest.fixture
def office(tenant, grant_for, now):
    """A practice with its providers and payers, and a scope over it."""
    world = make_practices(5, 0)[0]
    with tenant_scope(tenant.id, actor="person:test", at=now):
        practice = practice_create(
            name=world.name,
            npi=world.npi,
            tax_id=world.tax_id,
            taxonomy_code="207Q00000X",
            clia_number=world.clia_number,
            address={
                "line_1": "1 Test Way",
                "city": "Salem",
                "state": "OR",
                "zip_code": "973010001",
            },
        )
        for payer in PAYERS:
            payer_create(
                payer_id=payer.payer_id,
                name=payer.name,
                filing_indicator=payer.filing_indicator,
                trace_originator=payer.trace_originator,
            )
    grant = grant_for(tenant.id, practice.id, categories=("phi", "biz"))
    with scope(grant, at=now):
        for person in world.providers:
            provider_create(
                grant,
                practice.id,
                core.Provider(
                    npi=person.npi,
                    name=person.last,
                    first=person.first,
                    taxonomy_code=person.taxonomy_code,
                ),
            )
        yield grant, practice.id, world


def check(_grant, _practice_id, items):
    assert all(item.claim.charge_cents for item in items)
    return [Checked(unconfirmed_findings(item.encounter.drafts)) for item in items]


def test_every_row_and_cent_is_accounted_for(office, now):
    grant, practice_id, world = office
    patients = make_patients(5, world.npi, 40, DAY)
    intake = read_superbill(write_superbill(5, world, patients, DAY, 60))
    known = [draft for draft in intake.drafts if int(draft.patient_number[1:]) < 30]
    arrivals = [
        Arrival(number=one.patient_number, patient=one.patient, coverages=one.coverages)
        for one in known
    ]
    patients_take(grant, practice_id, arrivals, at=now, is_confirmed=True)
    counts = encounters_take(grant, practice_id, intake.drafts, at=now)
    told = counts.imported + counts.waiting + counts.already + counts.refused
    assert told + intake.refused_rows == intake.given

    again = encounters_take(grant, practice_id, intake.drafts, at=now)
    assert (again.imported, again.waiting, again.refused) == (0, 0, 0)
    assert again.already == told

    made = claims_make(grant, practice_id, check=check, at=now, day=DAY)
    assert made.encounters == sum(draft.is_coded for draft in intake.drafts)
    totals = journal_totals(grant)
    assert totals.charged_cents == totals.open_cents == made.charged_cents > 0
    assert totals.ledger_sum == 0
    assert balances_prove(grant) == []

    claims = Claim.objects.under(grant)
    assert sum(claims.values_list("open_cents", flat=True)) == totals.open_cents
    held = claims.filter(stage="scrub_hold")
    assert held.count() == made.held > 0
    codes = set(ClaimFinding.objects.under(grant).values_list("code", flat=True))
    assert "CLAIM-UNCONFIRMED-PATIENT" in codes
    assert claims_make(grant, practice_id, check=check, at=now, day=DAY).encounters == 0


def test_claims_are_sealed_sent_and_read_back_clean(office, now, tmp_path):
    grant, practice_id, world = office
    patients = make_patients(5, world.npi, 30, DAY)
    intake = read_superbill(write_superbill(5, world, patients, DAY, 30))
    arrivals = [
        Arrival(number=one.patient_number, patient=one.patient, coverages=one.coverages)
        for one in intake.drafts
    ]
    patients_take(grant, practice_id, arrivals, at=now, is_confirmed=True)
    encounters_take(grant, practice_id, intake.drafts, at=now)
    claims_make(grant, practice_id, check=check, at=now, day=DAY)
    (tmp_path / "to").mkdir()
    (tmp_path / "from").mkdir()
    connection = connection_create(
        name="SANDBOX CLEARINGHOUSE",
        transport="folder",
        settings={"to": str(tmp_path / "to"), "from": str(tmp_path / "from")},
        sender_id="CCTEST01",
        receiver_id="SANDBOX",
    )
    ids = claims_to_send(grant, practice_id, 100)
    party = f"connection:{connection.id}"
    agreement_record(kind=BAA, party=party, start_date=DAY)
    leave = disclosure_grant(
        "usmed", grant.tenant_id, (practice_id,), recipient_id=party, actor="job:test", at=now
    )
    sealed = claims_seal(
        grant,
        practice_id,
        ids,
        leave=leave,
        connection=connection,
        submitter=Submitter(name="TEST BILLING", contact="EDI DESK", phone="5555550100"),
        at=now,
        day=DAY,
    )
    assert sealed.claims == len(ids) > 10
    assert not sealed.refused
    assert interchanges_send(grant, practice_id, leave=leave, at=now) == 1
    assert interchanges_send(grant, practice_id, leave=leave, at=now) == 0
    assert batches_follow(grant, practice_id, at=now) == len(ids)
    (path,) = (tmp_path / "to").iterdir()
    content = path.read_bytes()
    assert [finding.code for finding in x12_check(content) if finding.severity == "error"] == []
    sent = list(stream_837p(content))
    assert len(sent) == len(ids)
    carried = {path for one in sent for path, _ in leaves(claim_from_837p(one))}
    assert carried <= leave.field_set
    assert sum(claim.charge_cents for claim in sent) == sum(
        Claim.objects.under(grant)
        .filter(stage="transmitted")
        .values_list("charge_cents", flat=True)
    )
