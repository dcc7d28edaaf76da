"""Patients' payments and what the bank makes of them; statements; the end of a period."""

from cleanclaim.apps.remittance.public import Desk, matters_load
from cleanclaim.apps.statements.rows import patient_rows
from cleanclaim.core.posting import cash
from cleanclaim.core.posting.cash import Received, Statement
from cleanclaim.kernel.refusal import Refusal


def payment_take(desk: Desk, got: Received) -> None:
    """Take a patient's payment: on the charges it names, else the oldest; the rest is kept ahead.

    Raises:
        Refusal: `key_reused`: the receipt brought another amount before.
    """
    rows = patient_rows(desk, str(got.patient))
    desk.save(cash.patient_payment_receive(rows, got, desk.day), "patient payment")


def prepayment_place(desk: Desk, patient: str, cents: int) -> None:
    """Place money that a patient paid ahead on what they owe.

    Raises:
        Refusal: `not_unapplied`, `not_owed`.
    """
    rows = patient_rows(desk, patient)
    desk.save(cash.prepayment_place(rows, patient, cents, desk.day, desk.key), "prepayment placed")


def deposit_bring(desk: Desk, cents: int) -> None:
    """Bring cash and checks to the bank; the desk's key is the number of the slip."""
    desk.save(cash.deposit_bring(desk.load(), cents, desk.day, desk.key), "bank deposit")


def cards_settle(desk: Desk, gross_cents: int, fee_cents: int) -> None:
    """Settle captured cards; the desk's key is the number of the settlement."""
    decision = cash.cards_settle(desk.load(), gross_cents, fee_cents, desk.day, desk.key)
    desk.save(decision, "cards settled")


def payment_return(desk: Desk, payment: str, fee_cents: int) -> None:
    """Undo a payment that the bank returned; what it had paid is owed again.

    Raises:
        Refusal: `unknown_payment`, `already_returned`, `prepayment_used`.
    """
    known = matters_load(desk.grant, desk.practice_id, "payment", name=payment)
    if payment not in known:
        raise Refusal("unknown_payment", "No such payment stands.")
    rows = patient_rows(desk, str(known[payment].patient))
    decision = cash.payment_return(rows, payment, fee_cents, desk.policy, desk.day)
    desk.save(decision, "payment returned")


def statement_make(desk: Desk, patient: str) -> Statement:
    """Make a statement of what a patient owes; it moves nothing.

    Raises:
        Refusal: `on_hold`, `nothing_due`.
    """
    return cash.statement_make(patient_rows(desk, patient), patient, desk.policy, desk.day)


def period_close(desk: Desk, period: str) -> None:
    """Close a month, written as `2026-04`; nothing is posted into it any more.

    Raises:
        Refusal: `already_closed`.
    """
    desk.save(cash.period_close(desk.load(), period, desk.day), "period closed")


def period_open_check(desk: Desk, period: str) -> None:
    """Refuse posting into a closed month.

    Raises:
        Refusal: `period_closed`.
    """
    cash.period_open_check(desk.load(), period)


def capitation_recognise(desk: Desk, month: str) -> None:
    """Earn one month, written as `2026-04`, of every capitation payment."""
    desk.save(cash.capitation_recognise(desk.load(), month, desk.day), "capitation earned")
