"""Credits and refunds of payers and patients: asked by one, approved by another, paid once."""

from cleanclaim.apps.remittance.public import Desk, matters_load
from cleanclaim.apps.statements.rows import patient_rows
from cleanclaim.core.posting import cash, refunds


def overpayment_confirm(desk: Desk, claim: str, charge: str, contract_cents: int) -> None:
    """Confirm that a payer paid above the contract; the excess is a credit to refund.

    Raises:
        Refusal: `not_overpaid`.
    """
    rows = desk.load([claim], with_history=True)
    decision = refunds.overpayment_confirm(rows, claim, charge, contract_cents, desk.act)
    desk.save(decision, "overpayment confirmed")


def credit_classify(desk: Desk, claim: str) -> None:
    """Classify a payer's credit on a claim as one to refund.

    Raises:
        Refusal: `no_credit`.
    """
    rows = desk.load([claim], with_history=True)
    desk.save(refunds.credit_classify(rows, claim, desk.act), "credit classified")


def payer_refund_approve(desk: Desk, claim: str, cents: int) -> None:
    """Approve the refund of a payer's credit.

    Raises:
        Refusal: `refund_not_requested`, `second_person_needed`, `no_credit`.
    """
    rows = desk.load([claim])
    desk.save(refunds.payer_refund_approve(rows, claim, cents, desk.act), "refund approved")


def patient_refund_request(desk: Desk, patient: str, cents: int) -> None:
    """Ask for the refund of a patient's credit; nothing is posted before approval.

    Raises:
        Refusal: `refunds_held`, `no_credit`.
    """
    rows = patient_rows(desk, patient)
    decision = refunds.patient_refund_request(rows, patient, cents, desk.act)
    desk.save(decision, "refund requested")


def patient_refund_approve(desk: Desk, patient: str, cents: int) -> None:
    """Approve a patient's refund.

    Raises:
        Refusal: `refund_not_requested`, `second_person_needed`, `refunds_held`, `no_credit`.
    """
    rows = patient_rows(desk, patient)
    decision = refunds.patient_refund_approve(rows, patient, cents, desk.act)
    desk.save(decision, "refund approved")


def refund_pay(
    desk: Desk, cents: int, *, payer: str | None = None, patient: str | None = None
) -> None:
    """Pay an approved refund to a payer or to a patient.

    Raises:
        Refusal: `refund_settled`, `refund_not_approved`.
    """
    rows = desk.load()
    rows.refunds = matters_load(
        desk.grant, desk.practice_id, "refund", payer_id=payer, patient_id=patient
    )
    decision = cash.refund_pay(rows, cents, desk.day, payer=payer, patient=patient)
    desk.save(decision, "refund paid")
