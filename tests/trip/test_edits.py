"""Own rules over a practice's claims: history seen, rules tried, in force, and what they earn."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cleanclaim.apps.claims.models import Claim, ClaimFinding
from cleanclaim.apps.claims.public import (
    claim_correction_accept,
    claim_finding_override,
    claims_make,
    claims_recheck,
    rule_try,
    scrub_check,
)
from cleanclaim.apps.encounters.public import Charge, encounters_take
from cleanclaim.apps.ledger.public import balances_prove
from cleanclaim.apps.patients.public import Arrival, patients_take
from cleanclaim.apps.payers.public import payer_create
from cleanclaim.apps.practices.public import practice_create, provider_create
from cleanclaim.apps.reports.public import edit_claims, edit_groups, rules_worth
from cleanclaim.apps.rules.public import rule_activate, rule_save
from cleanclaim.core import claim as core
from cleanclaim.core.intake import read_superbill
from cleanclaim.core.scrub.language import OwnRule
from cleanclaim.kernel.finding import Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim.sandbox.superbills import write_superbill
from cleanclaim.sandbox.world import PAYERS, make_patients, make_practices

DAY = date(2026, 11, 22)
ADDRESS = {"line_1": "1 Test Way", "city": "Salem", "state": "OR", "zip_code": "973010001"}


@pytest.fixture
def office(tenant, grant_for, now):
    """A practice with its providers and payers, a scope over it, and a way to take visits in."""
    world = make_practices(5, 0)[0]
    with tenant_scope(tenant.id, actor="person:test", at=now):
        practice = practice_create(
            name=world.name,
            npi=world.npi,
            tax_id=world.tax_id,
            taxonomy_code="207Q00000X",
            clia_number=world.clia_number,
            address=ADDRESS,
        )
        for payer in PAYERS:
            payer_create(
                payer_id=payer.payer_id,
                name=payer.name,
                filing_indicator=payer.filing_indicator,
                trace_originator=payer.trace_originator,
            )
    grant = grant_for(tenant.id, practice.id, categories=("phi", "biz", "phi.billing.payments"))
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
        patients = make_patients(5, world.npi, 12, DAY)

        def take(seed, day=DAY, visits=12):
            intake = read_superbill(write_superbill(seed, world, patients, day, visits))
            arrivals = [
                Arrival(number=one.patient_number, patient=one.patient, coverages=one.coverages)
                for one in intake.drafts
            ]
            patients_take(grant, practice.id, arrivals, at=now, is_confirmed=True)
            encounters_take(grant, practice.id, intake.drafts, at=now)
            return claims_make(grant, practice.id, check=scrub_check(DAY), at=now, day=DAY)

        yield grant, practice.id, take


def visit_rule(**changed):
    fields = {
        "rule_id": "VISIT",
        "when": "line.units >= 1",
        "message": "{line.procedure_code}: held for a look.",
        "effective_date": date(2026, 1, 1),
    }
    return OwnRule(**(fields | changed))


def in_force(grant, rule, now, practice_id=None):
    row = rule_save(grant, rule, practice_id=practice_id, at=now)
    rule_try(grant, row.id, at=now, day=DAY)
    rule_activate(grant, row.id, at=now)
    return row


def codes(grant):
    return set(ClaimFinding.objects.under(grant).values_list("code", flat=True))


def test_a_rule_in_force_holds_claims_and_the_queue_shows_their_dollars(office, now):
    grant, _, take = office
    in_force(grant, visit_rule(), now)
    made = take(7)
    assert made.held == made.claims > 0
    assert "SCRUB-ELG-002" not in codes(grant)
    for by in ("rule", "payer", "practice"):
        groups = edit_groups(grant, by=by, day=DAY)
        cents = sum(
            Claim.objects.under(grant).filter(level=1).values_list("charge_cents", flat=True)
        )
        if by == "rule":
            own = next(one for one in groups if one.key == "SCRUB-OWN-VISIT")
            assert (own.held, own.held_cents) == (made.claims, cents)
        else:
            assert sum(one.held for one in groups) == made.claims
            assert sum(one.held_cents for one in groups) == cents
    rows = edit_claims(grant, by="rule", key="SCRUB-OWN-VISIT", day=DAY)
    assert len(rows) == made.claims
    worth = {one.code: one for one in rules_worth(grant, since=now - timedelta(days=1))}
    own = worth["SCRUB-OWN-VISIT"]
    assert (own.stopped, own.mended, own.waiting_cents) == (made.claims, 0, cents)


def test_a_batch_reads_its_rules_and_its_patients_past_in_two_queries(office, now):
    grant, practice_id, take = office
    in_force(
        grant,
        visit_rule(message="Seen before.", when='past ["00000".."99999"] within 3000 > 0'),
        now,
    )
    take(7, DAY - timedelta(days=30))
    before = set(Claim.objects.under(grant).values_list("id", flat=True))
    take(8)
    seen = ClaimFinding.objects.under(grant).filter(code="SCRUB-OWN-VISIT")
    again = set(seen.values_list("claim_id", flat=True))
    assert again - before, "no later visit saw an earlier one"
    ids = list(Claim.objects.under(grant).filter(level=1).values_list("id", flat=True))
    counted = {}
    for size in (2, len(ids)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            claims_recheck(grant, practice_id, ids[:size], check=scrub_check(DAY), at=now)
        said = [one["sql"] for one in queries.captured_queries]
        counted[size] = (
            sum('FROM "claim_line"' in one for one in said),
            sum('FROM "rule_version"' in one for one in said),
        )
    assert set(counted.values()) == {(1, 1)}


def test_a_warning_is_overridden_once_and_stays_so_a_block_never(office, now):
    grant, practice_id, take = office
    in_force(grant, visit_rule(severity=Severity.WARNS), now)
    in_force(grant, visit_rule(rule_id="STOP"), now)
    take(7, visits=2)
    rows = ClaimFinding.objects.under(grant)
    warning = rows.filter(code="SCRUB-OWN-VISIT").first()
    claim_id = claim_finding_override(grant, warning.id, at=now)
    with pytest.raises(Refusal, match="Only a warning"):
        claim_finding_override(grant, rows.filter(code="SCRUB-OWN-STOP").first().id, at=now)
    claims_recheck(grant, practice_id, [claim_id], check=scrub_check(DAY), at=now)
    kept = rows.get(claim_id=claim_id, code=warning.code, place=warning.place)
    assert kept.overridden_by == grant.actor
    worth = {one.code: one for one in rules_worth(grant, since=now - timedelta(days=1))}
    assert worth["SCRUB-OWN-VISIT"].overridden == 1
    assert worth["SCRUB-OWN-STOP"].overridden == 0


def test_an_accepted_correction_changes_the_charge_and_the_claim_is_ready(office, now):
    grant, _, take = office
    lacking = 'line.units >= 1 and line.modifiers lacks "59"'
    in_force(grant, visit_rule(when=lacking, fix='add "59" to line.modifiers'), now)
    take(7)
    rows = ClaimFinding.objects.under(grant).filter(code="SCRUB-OWN-VISIT")
    alone = [
        row
        for row in rows.exclude(content__correction=None).select_related("claim")
        if Claim.objects.under(grant).filter(encounter_id=row.claim.encounter_id).count() == 1
    ]
    finding = alone[0]
    before = rows.filter(claim_id=finding.claim_id).count()
    cents = finding.claim.charge_cents
    charges = Charge.objects.under(grant).filter(encounter_id=finding.claim.encounter_id)
    apart = charges.filter(modifiers__contains=["59"], voided_at=None)
    had = apart.count()
    claim_id = claim_correction_accept(grant, finding.id, check=scrub_check(DAY), at=now, day=DAY)
    assert rows.filter(claim_id=claim_id).count() == before - 1
    assert Claim.objects.under(grant).get(id=claim_id).charge_cents == cents
    assert apart.count() == had + 1
    assert charges.exclude(voided_at=None).count() == 1
    assert balances_prove(grant) == []
    with pytest.raises(Refusal):
        claim_correction_accept(grant, finding.id, check=scrub_check(DAY), at=now, day=DAY)
    fixable = rows.exclude(content__correction=None)
    while left := fixable.filter(claim_id=claim_id).first():
        claim_correction_accept(grant, left.id, check=scrub_check(DAY), at=now, day=DAY)
    held = ClaimFinding.objects.under(grant).filter(claim_id=claim_id, severity="blocks").exists()
    stage = Claim.objects.under(grant).get(id=claim_id).stage
    assert stage == ("scrub_hold" if held else "ready")
    several = [
        row
        for row in rows.exclude(content__correction=None).select_related("claim")
        if row not in alone and row.claim_id != claim_id
    ]
    for row in several[:1]:  # a visit with two payers: both claims speak of the new charge
        claim_correction_accept(grant, row.id, check=scrub_check(DAY), at=now, day=DAY)
        assert not rows.filter(id=row.id).exists()
    assert balances_prove(grant) == []
