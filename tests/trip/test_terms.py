"""Lists of terms: kept whole, seen by the scrubber, and what they make of a claim."""

from datetime import date, timedelta

import pytest

from cleanclaim.apps.authorization.public import answers_keep, authorizations_keep, stays_keep
from cleanclaim.apps.claims.models import Claim, ClaimCheck, ClaimFinding, ClaimLine
from cleanclaim.apps.claims.public import (
    claim_correction_accept,
    claims_assemble,
    claims_make,
    claims_recheck,
    correction_reach,
    practice_recheck,
    scrub_check,
)
from cleanclaim.apps.contracts.models import Rate
from cleanclaim.apps.contracts.public import contracts_keep, contracts_of, fees_replace
from cleanclaim.apps.encounters.public import documents_keep, encounters_take
from cleanclaim.apps.patients.public import Arrival, patients_take
from cleanclaim.apps.payers.public import payer_create, payer_profiles_keep
from cleanclaim.apps.practices.public import (
    Practice,
    certificates_keep,
    credentials_keep,
    enrollments_keep,
    practice_create,
    practice_facts_keep,
    provider_create,
)
from cleanclaim.core import claim as core
from cleanclaim.core.intake import read_superbill, terms
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope

DAY = date(2026, 11, 22)
SERVED = DAY - timedelta(days=3)
GROUP, DOCTOR = "1234567893", "1999999984"
HEAD = (
    "encounter_number,service_date,place_of_service,billing_npi,rendering_npi,patient_number,"
    "patient_last,patient_first,patient_birth_date,patient_sex,primary_payer_id,primary_member_id,"
    "diagnoses,procedure_code,charge"
)


class Office:
    """One practice with one patient and one payer, P1; `visit` bills lines, `codes` reads them."""

    def __init__(self, grant, practice_id, now):
        self.grant, self.practice_id, self.now = grant, practice_id, now
        self.count = 0

    def visit(self, *lines, day=SERVED):
        self.count += 1
        rows = [
            f"E{self.count},{day},11,{GROUP},{DOCTOR},N1,Testowski,Tess,1980-01-01,F,P1,"
            f"TESTMEMBER1,I10,{code},{charge}"
            for code, charge in lines
        ]
        intake = read_superbill("\n".join([HEAD, *rows]))
        assert not intake.refused
        arrivals = [
            Arrival(number=one.patient_number, patient=one.patient, coverages=one.coverages)
            for one in intake.drafts
        ]
        patients_take(self.grant, self.practice_id, arrivals, at=self.now, is_confirmed=True)
        encounters_take(self.grant, self.practice_id, intake.drafts, at=self.now)
        claims_make(self.grant, self.practice_id, check=scrub_check(DAY), at=self.now, day=DAY)
        return Claim.objects.under(self.grant).order_by("-id").first()

    def codes(self, claim):
        rows = ClaimFinding.objects.under(self.grant).filter(claim=claim)
        return {code.removeprefix("SCRUB-") for code in rows.values_list("code", flat=True)}

    def again(self, claim):
        check = scrub_check(DAY)
        claims_recheck(self.grant, self.practice_id, [claim.id], check=check, at=self.now)
        return self.codes(claim)

    def keep(self, service, *rows):
        return service(self.grant, self.practice_id, rows)


@pytest.fixture
def office(tenant, grant_for, now):
    with tenant_scope(tenant.id, actor="person:test", at=now):
        practice = practice_create(
            name="Group", npi=GROUP, tax_id="123456789", taxonomy_code="207Q00000X"
        )
        payer_create(payer_id="P1", name="Payer", filing_indicator="CI")
    grant = grant_for(tenant.id, practice.id, categories=("phi", "biz", "phi.billing.payments"))
    with scope(grant, at=now):
        provider = core.Provider(npi=DOCTOR, name="Doc", first="Dora", taxonomy_code="207Q00000X")
        provider_create(grant, practice.id, provider)
        yield Office(grant, practice.id, now)


def test_what_nobody_entered_stays_unspoken(office):
    claim = office.visit(("99213", "120"))
    silent = {"PRV-001", "PRV-005", "ELG-001", "ELG-002", "AUTH-001", "CHG-002", "REF-001"}
    assert not office.codes(claim) & silent


@pytest.mark.parametrize(
    ("start", "end", "status", "is_held"),
    [
        (SERVED, None, "effective", False),
        (SERVED + timedelta(1), None, "effective", True),
        (date(2020, 1, 1), SERVED, "effective", False),
        (date(2020, 1, 1), SERVED - timedelta(1), "effective", True),
        (date(2020, 1, 1), None, "pending", True),
    ],
)
def test_the_credentials_of_the_rendering_provider(office, start, end, status, is_held):
    row = terms.CredentialRow(
        provider_npi=DOCTOR, payer_id="P1", effective_date=start, end_date=end, status=status
    )
    office.keep(credentials_keep, row)
    claim = office.visit(("99213", "120"))
    assert ("PRV-001" in office.codes(claim)) is is_held


def test_credentials_with_another_payer_say_nothing(office):
    row = terms.CredentialRow(provider_npi=DOCTOR, payer_id="P2", effective_date=DAY)
    office.keep(credentials_keep, row)
    assert "PRV-001" not in office.codes(office.visit(("99213", "120")))


@pytest.mark.parametrize(
    ("since", "status", "is_held"),
    [
        (DAY, "active", False),
        (DAY + timedelta(1), "active", True),
        (DAY, "pending", True),
    ],
)
def test_enrollments(office, since, status, is_held):
    row = terms.EnrollmentRow(payer_id="P1", effective_date=since, status=status)
    office.keep(enrollments_keep, row)
    claim = office.visit(("99213", "120"))
    assert ("PRV-005" in office.codes(claim)) is is_held
    office.keep(
        enrollments_keep, terms.EnrollmentRow(payer_id="P1", effective_date=since, status="active")
    )
    assert ("PRV-005" in office.again(claim)) is (since > DAY)


@pytest.mark.parametrize(
    ("level", "last", "is_held"),
    [
        ("accreditation", SERVED, False),
        ("accreditation", SERVED - timedelta(1), True),
        ("waiver", SERVED, True),
    ],
)
def test_the_laboratory_s_certificate(office, level, last, is_held):
    claim = office.visit(("80053", "50"))
    assert "CLIA-001" in office.codes(claim)
    row = terms.CertificateRow(
        clia_number="05D1234567", level=level, start_date=date(2024, 1, 1), end_date=last
    )
    office.keep(certificates_keep, row)
    assert ("CLIA-001" in office.again(claim)) is is_held


def test_authorizations_and_their_units(office):
    payer_profiles_keep([terms.PayerRow(payer_id="P1", authorization_codes=("97110-97140",))])
    claim = office.visit(("97110", "50"))
    assert "AUTH-001" in office.codes(claim)
    row = terms.AuthorizationRow(
        patient_number="N1",
        payer_id="P1",
        number="A-1",
        start_date=SERVED,
        end_date=SERVED,
        codes=("97110",),
    )
    office.keep(authorizations_keep, row)
    office.again(claim)
    rows = ClaimFinding.objects.under(office.grant).filter(claim=claim, code="SCRUB-AUTH-001")
    finding = rows.get()
    assert "A-1" not in str(finding.content)
    check = scrub_check(DAY)
    claim_correction_accept(office.grant, finding.id, check=check, at=office.now, day=DAY)
    assert not rows.all().exists()
    item = claims_assemble(office.grant, office.practice_id, [claim.encounter])[0]
    assert item.claim.prior_authorization_number == "A-1"


def test_a_correction_that_the_visit_does_not_hold_says_why(office):
    claim = office.visit(("80053", "50"))
    row = terms.CertificateRow(
        clia_number="05D1234567", level="waiver", start_date=SERVED, end_date=DAY
    )
    office.keep(certificates_keep, row)
    Practice.objects.update(clia_number="")
    office.again(claim)
    rows = ClaimFinding.objects.under(office.grant).filter(claim=claim)
    proposed = [one for one in rows if (one.content.get("correction") or {}).get("field")]
    reach = {one.content["correction"]["field"]: one.id for one in proposed}
    for field, finding_id in reach.items():
        if correction_reach(field):
            with pytest.raises(Refusal, match="by hand"):
                claim_correction_accept(
                    office.grant, finding_id, check=scrub_check(DAY), at=office.now, day=DAY
                )
    assert correction_reach("clia_number").startswith("Enter the laboratory's certificate")


def test_an_authorization_of_a_stranger_is_refused_whole(office):
    office.visit(("99213", "120"))
    row = terms.AuthorizationRow(
        patient_number="N2", payer_id="P1", number="A", start_date=DAY, end_date=DAY
    )
    with pytest.raises(Refusal, match="Row 2"):
        office.keep(authorizations_keep, row)


@pytest.mark.parametrize(
    ("first", "last", "status", "found"),
    [
        (SERVED, SERVED, "inactive", {"ELG-001"}),
        (SERVED, SERVED, "active", set()),
        (SERVED + timedelta(1), DAY, "inactive", {"ELG-002"}),
        (date(2026, 1, 1), SERVED - timedelta(1), "inactive", {"ELG-002"}),
    ],
)
def test_the_answer_that_speaks_of_the_day_counts(office, first, last, status, found):
    claim = office.visit(("99213", "120"))
    row = terms.EligibilityRow(
        patient_number="N1",
        payer_id="P1",
        checked_date=SERVED,
        status=status,
        start_date=first,
        end_date=last,
    )
    office.keep(answers_keep, row)
    assert office.again(claim) & {"ELG-001", "ELG-002"} == found


def test_what_each_line_should_be_allowed_is_kept_with_the_check(office):
    contract = terms.ContractRow(contract="C", payer_id="P1", start_date=date(2026, 1, 1))
    office.keep(contracts_keep, contract)
    fees = [
        terms.FeeRow(contract="C", code="99213", amount="92.50", start_date=date(2026, 1, 1)),
        terms.FeeRow(contract="C", code="80053", amount="14.00", start_date=SERVED + timedelta(1)),
    ]
    office.keep(fees_replace, *fees)
    claim = office.visit(("99213", "120"), ("80053", "30"))
    lines = ClaimLine.objects.under(office.grant).filter(claim=claim).order_by("ordinal")
    assert [line.expected_cents for line in lines] == [9250, None]
    check = ClaimCheck.objects.under(office.grant).get(claim=claim)
    assert [(one["cents"], one["contract"]) for one in check.expected] == [(9250, "C"), (None, "")]
    assert len(check.code_set) == len(check.rule_set) == 12
    low = office.visit(("99213", "80"))
    assert "CHG-002" in office.codes(low)


def test_a_charge_that_is_not_the_charge_master_s_and_the_key_that_mends_it(office):
    prices = [
        terms.FeeRow(code="99213", amount="125", start_date=date(2026, 1, 1), end_date=SERVED),
        terms.FeeRow(code="99214", amount="180", start_date=SERVED + timedelta(1)),
    ]
    office.keep(fees_replace, *prices)
    claim = office.visit(("99213", "120"), ("99214", "120"))
    rows = ClaimFinding.objects.under(office.grant).filter(claim=claim, code="SCRUB-CHG-004")
    (finding,) = rows
    assert finding.place == "lines[0].charge_cents"
    check = scrub_check(DAY)
    claim_correction_accept(office.grant, finding.id, check=check, at=office.now, day=DAY)
    claim.refresh_from_db()
    assert (claim.charge_cents, rows.all().count()) == (24500, 0)


def test_a_fee_schedule_is_replaced_whole_and_only_for_its_contract(office):
    start = date(2026, 1, 1)
    for name in ("A", "B"):
        office.keep(
            contracts_keep, terms.ContractRow(contract=name, payer_id="P1", start_date=start)
        )
        office.keep(
            fees_replace,
            *(
                terms.FeeRow(contract=name, code=code, amount="1", start_date=start)
                for code in ("99213", "99214")
            ),
        )
    office.keep(
        fees_replace, terms.FeeRow(contract="A", code="99213", amount="2", start_date=start)
    )
    rows = Rate.objects.filter(practice_id=office.practice_id)
    held = sorted(rows.values_list("contract", "code", "amount_cents"))
    assert held == [("A", "99213", 200), ("B", "99213", 100), ("B", "99214", 100)]
    with pytest.raises(Refusal, match="no contract C"):
        office.keep(
            fees_replace, terms.FeeRow(contract="C", code="99213", amount="2", start_date=start)
        )
    assert len(contracts_of(office.grant, office.practice_id)) == 2


def test_the_documentation_of_a_visit(office):
    claim = office.visit(("90834", "150"), ("99213", "120"))
    assert not office.codes(claim) & {"MH-001", "EM-001", "TCH-001", "P2-001"}
    rows = [
        terms.VisitRow(encounter_number="E1", line=1, minutes=37),
        terms.VisitRow(encounter_number="E1", line=2, level=1),
        terms.VisitRow(encounter_number="E1", resident_involved=True, substance_use_record=True),
    ]
    office.keep(documents_keep, *rows)
    assert office.again(claim) >= {"MH-001", "TCH-001", "P2-001", "EM-001"}
    office.keep(documents_keep, terms.VisitRow(encounter_number="E1", line=1, minutes=38))
    assert "MH-001" not in office.again(claim)
    with pytest.raises(Refusal, match="Row 2"):
        office.keep(documents_keep, terms.VisitRow(encounter_number="E9", line=1, minutes=1))


@pytest.mark.parametrize(
    ("first", "last", "is_told"),
    [
        (SERVED - timedelta(1), SERVED + timedelta(1), True),
        (SERVED - timedelta(1), None, True),
        (SERVED + timedelta(1), None, False),
        (SERVED - timedelta(9), SERVED - timedelta(1), False),
    ],
)
def test_stays(office, first, last, is_told):
    claim = office.visit(("99213", "120"))
    row = terms.StayRow(patient_number="N1", admitted_date=first, discharged_date=last)
    office.keep(stays_keep, row)
    assert ("POS-003" in office.again(claim)) is is_told


def test_what_is_so_of_the_practice_and_its_waiting_claims_checked_again(office):
    claim = office.visit(("99213", "120"))
    office.keep(practice_facts_keep, terms.PracticeRow(place_of_service="22"))
    assert practice_recheck(office.grant, office.practice_id, at=office.now).checked == 1
    assert "POS-002" in office.codes(claim)
    office.keep(practice_facts_keep, terms.PracticeRow(known_since=date(2020, 1, 1)))
    assert {"EM-003", "POS-002"} <= office.again(claim)


def test_terms_of_one_practice_are_not_seen_by_another(office):
    row = terms.CredentialRow(provider_npi=DOCTOR, payer_id="P1", effective_date=DAY)
    with pytest.raises(Refusal, match="does not cover this practice"):
        credentials_keep(office.grant, office.practice_id + 1, [row])
