"""What leaves for a payer is the field set and nothing else."""

from datetime import UTC, datetime

import msgspec
import pytest

from cleanclaim.apps.privacy.inventory import policy_with_fields
from cleanclaim.apps.privacy.minimum import (
    claim_for_grant,
    claim_without_restricted,
)
from cleanclaim.apps.privacy.tests.asking import all_good, with_facts
from cleanclaim.apps.privacy.tests.files import TENANTS, document, policy
from cleanclaim.apps.privacy.tests.records import claim_random, leaves
from cleanclaim.core.claim import ClaimKind
from cleanclaim.core.privacy import Batch, Scope, grant_for
from cleanclaim.kernel.refusal import Refusal

SENT = ("phi.identity.name", "phi.identity.contact", "phi.demographics", "phi.insurance.member_id",
        "phi.insurance.coverage", "phi.clinical.diagnosis", "phi.clinical.procedure",
        "phi.billing.claims", "phi.billing.payments", "phi.billing.other_required",
        "biz.identifiers", "biz.practice_profile", "biz.contact")  # fmt: skip
SCOPE = Scope(
    tenant_id=1, practice_ids=(1,), actor="job:1", decision_id="d1",
    not_after=datetime(2026, 11, 22, tzinfo=UTC),
)  # fmt: skip
KINDS = {"837P": ClaimKind.PROFESSIONAL, "837I": ClaimKind.INSTITUTIONAL, "837D": ClaimKind.DENTAL}


def granted(tenant, task="837P", recipient="payer"):
    rules = policy_with_fields(policy(tenant), document("platform"))
    request = all_good(
        rules, action="disclose", categories=set(SENT), purpose="billing.claims",
        recipient=recipient,
    )  # fmt: skip
    request = msgspec.structs.replace(request, task=task, role="exchange")
    decision, grant = grant_for(Batch(rules), request, SCOPE)
    assert grant is not None, decision.because
    return grant


@pytest.mark.proof
@pytest.mark.parametrize("tenant", TENANTS)
def test_claims_carry_only_their_fields(tenant, proof):
    chance, count = proof.random, proof.count(1700, 40)
    for task, kind in KINDS.items():
        grant = granted(tenant, task)
        for _ in range(count):
            sent = claim_for_grant(claim_random(chance, kind), grant)
            outside = {path for path, _ in leaves(sent) if path not in grant.field_set}
            assert not outside, outside
    proof.tell(cases=count * len(KINDS))


@pytest.mark.proof
@pytest.mark.parametrize("tenant", TENANTS)
def test_no_clinical_note_reaches_a_claim(tenant, proof):
    chance, count = proof.random, proof.count(5000, 50)
    grant = granted(tenant)
    for _ in range(count):
        claim = claim_random(chance)
        wire = msgspec.json.encode(claim_for_grant(claim, grant))
        assert claim.note.encode() not in wire
        assert all(line.note.encode() not in wire for line in claim.lines)
    proof.tell(cases=count)


def telling(claim):
    """Give restricted lines amounts that nothing else on a claim can happen to hold."""
    lines = tuple(
        msgspec.structs.replace(line, charge_cents=987_654_321_000 + number)
        if line.plan_disclosure_restricted
        else line
        for number, line in enumerate(claim.lines)
    )
    paid = sum(line.charge_cents for line in lines)
    return msgspec.structs.replace(claim, lines=lines, patient_paid_cents=paid)


@pytest.mark.proof
@pytest.mark.parametrize("recipient", ["payer", "clearinghouse"])
def test_not_a_byte_of_a_restricted_line(recipient, proof):
    chance, count = proof.random, proof.count(2000, 100)
    grants = [granted(tenant, recipient=recipient) for tenant in TENANTS]
    mixed = 0
    while mixed < count:
        claim = telling(claim_random(chance, restricted=0.4))
        restricted = [line for line in claim.lines if line.plan_disclosure_restricted]
        if not 0 < len(restricted) < len(claim.lines):
            continue
        mixed += 1
        wire = msgspec.json.encode(claim_for_grant(claim, grants[mixed % 2])).decode()
        kept = [line for line in claim.lines if not line.plan_disclosure_restricted]
        pointed = {p for line in kept for p in line.diagnosis_pointers}
        hidden = [
            claim.diagnoses[p - 1].code
            for line in restricted
            for p in line.diagnosis_pointers
            if p not in pointed
        ]
        marks = [v for line in restricted for _, v in leaves(line) if "MARK" in str(v)]
        amounts = [str(line.charge_cents) for line in restricted]
        flat = {str(v) for v in marks if isinstance(v, str)}
        flat |= {part for v in marks if isinstance(v, tuple) for part in v}
        assert not [mark for mark in (*flat, *hidden, *amounts) if mark in wire]
        assert str(sum(line.charge_cents for line in kept)) in wire or claim.patient_paid_cents
    proof.tell(cases=count)


def test_pointers_follow_their_diagnoses(proof):
    chance = proof.random
    for _ in range(50):
        claim = claim_random(chance, restricted=0.4)
        kept = [line for line in claim.lines if not line.plan_disclosure_restricted]
        if not kept:
            continue
        cut = claim_without_restricted(claim)
        for line, before in zip(cut.lines, kept, strict=True):
            assert [cut.diagnoses[p - 1] for p in line.diagnosis_pointers] == [
                claim.diagnoses[p - 1] for p in before.diagnosis_pointers
            ]


def test_a_claim_of_restricted_lines_alone_is_refused(proof):
    claim = claim_random(proof.random, restricted=1.0)
    with pytest.raises(Refusal, match="claim_restricted"):
        claim_for_grant(claim, granted("usmed"))


def test_a_stay_with_a_restricted_line_waits_for_a_person(proof):
    claim = claim_random(proof.random, ClaimKind.INSTITUTIONAL)
    lines = (msgspec.structs.replace(claim.lines[0], plan_disclosure_restricted=True), *claim.lines)
    claim = msgspec.structs.replace(claim, lines=lines)
    with pytest.raises(Refusal, match="Split the stay"):
        claim_for_grant(claim, granted("usmed", "837I"))


def test_a_grant_without_fields_opens_nothing(proof):
    with pytest.raises(Refusal, match="grant_opens_no_fields"):
        claim_for_grant(claim_random(proof.random), granted("usmed", task="nothing"))


def test_the_restriction_is_a_fact_too():
    rules = policy("usmed")
    request = all_good(
        rules, action="disclose", categories={"phi.billing.claims"}, purpose="billing.claims",
        recipient="payer",
    )  # fmt: skip
    unlooked = with_facts(
        request, tuple(f for f in request.facts if f.name != "self_pay_restricted")
    )
    assert Batch(rules).decide(unlooked).unchecked == ("self_pay_restricted",)
