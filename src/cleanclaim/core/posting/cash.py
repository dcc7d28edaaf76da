"""Money that moves outside remittances: the bank, the desk, cards, refunds, capitation months."""

from datetime import date

import msgspec

from cleanclaim.core.ledger import Account, Ref
from cleanclaim.core.ledger.makers import (
    Place,
    account_payment,
    bank_deposit,
    bank_eft,
    capitation_earned,
    card_settlement,
    patient_payment,
    refund_paid,
    returned_check_fee,
    returned_payment,
)
from cleanclaim.core.posting.draft import Decision, Draft, refuse
from cleanclaim.core.posting.remittance import remittance_restate
from cleanclaim.core.posting.settle import (
    credit_check,
    patient_places,
    prepayments_allocate,
    reowner,
)
from cleanclaim.core.posting.state import Deposit, Payment, Policy, Rows, WorkItem
from cleanclaim.kernel.money import share_cents


class Eft(msgspec.Struct, frozen=True, kw_only=True):
    """A bank credit with the trace of its addenda record."""

    trace: str
    payer_trace_id: str
    amount_cents: int


def eft_receive(rows: Rows, eft: Eft, policy: Policy, day: date) -> Decision:
    """Post bank money, known or unknown, and match it with its remittance.

    Args:
        rows: The remittances under this trace, with their parked parts.
    """
    draft = Draft(rows, day, f"eft/{eft.payer_trace_id}/{eft.trace}", policy)
    known = rows.deposits.get(eft.trace)
    if known is not None:
        if known.amount_cents == eft.amount_cents:
            return draft.decision()
        refuse("key_reused", "this trace already brought another amount")
    draft.post(bank_eft(eft.trace, eft.amount_cents))
    same = [
        one for one in rows.remittances.values() if one.key[:2] == (eft.payer_trace_id, eft.trace)
    ]
    posted = next((one for one in same if one.is_posted), None)
    deposit = Deposit(
        trace=eft.trace,
        payer_trace_id=eft.payer_trace_id,
        amount_cents=eft.amount_cents,
        status="matched_remit_not_posted" if same else "unmatched",
    )
    fits = posted is not None and posted.amount_cents == eft.amount_cents
    if posted is not None and not fits:
        deposit = msgspec.structs.replace(deposit, status="amount_mismatch")
    draft.changed.deposits[eft.trace] = deposit
    if not same or (posted is not None and not fits):
        draft.open_item(WorkItem(kind="unmatched_eft", subject=deposit.name, about="deposit"))
    if posted is not None and fits:
        remittance_restate(draft, posted.remittance)
    draft.to_post.extend(one.remittance for one in same if one.status == "awaiting_eft")
    return draft.decision()


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """A patient's payment at the desk, by mail or by card.

    Args:
        payment: Natural key: receipt, check or card reference.
        lines: Lines that the patient names; empty for the oldest first.
        is_prepayment: The patient pays ahead; nothing is placed.
        number: Check number, by which a returned check is recognised.
    """

    payment: Ref
    patient: Ref
    tender: str
    amount_cents: int
    lines: tuple[Ref, ...] = ()
    is_prepayment: bool = False
    number: str = ""


def patient_payment_receive(rows: Rows, got: Received, day: date) -> Decision:
    """Post a patient's payment: on the lines it names, else the oldest; the rest is unapplied."""
    draft = Draft(rows, day, f"payment/{got.payment}")
    if got.payment in rows.payments:
        if rows.payments[got.payment].amount_cents == got.amount_cents:
            return draft.decision()
        refuse("key_reused", "this receipt already brought another amount")
    left = got.amount_cents
    touched = []
    for place, due in [] if got.is_prepayment else patient_places(draft, got.patient):
        cents = min(left, due)
        if cents and (not got.lines or place.line in got.lines):
            draft.post(patient_payment(got.tender, cents, place))
            left -= cents
            touched.append(place.claim)
    nowhere = Place(None, None, 0, None, patient=got.patient)
    owed = 0 if got.is_prepayment else min(left, draft.patient(got.patient).account_cents)
    if owed > 0:
        draft.post(account_payment(got.tender, owed, nowhere))
        left -= owed
    if left:
        draft.post(patient_payment(got.tender, left, nowhere))
    draft.changed.payments[got.payment] = Payment(
        payment=got.payment,
        patient=got.patient,
        tender=got.tender,
        amount_cents=got.amount_cents,
        entries=tuple(draft.entries),
        number=got.number,
    )
    reowner(draft, [claim for claim in touched if claim is not None])
    credit_check(draft, got.patient)
    return draft.decision()


def prepayment_place(rows: Rows, patient: Ref, cents: int, day: date, name: str = "") -> Decision:
    """Place a patient's unapplied money on what is owed; `name` names the act."""
    draft = Draft(rows, day, f"place/{patient}/{name or day.isoformat()}")
    state = rows.patients.get(patient)
    if state is None or state.unapplied_cents < cents:
        refuse("not_unapplied", "the patient has less unapplied money than that")
    if prepayments_allocate(draft, patient, cents):
        refuse("not_owed", "the patient owes less than that")
    reowner(draft, [ref for ref, claim in rows.claims.items() if claim.patient == patient])
    return draft.decision()


def deposit_bring(rows: Rows, cents: int, day: date, name: str = "") -> Decision:
    """Bring cash and checks to the bank; `name` names the slip."""
    draft = Draft(rows, day, f"deposit/{name or day.isoformat()}")
    draft.post(bank_deposit(cents))
    return draft.decision()


def cards_settle(
    rows: Rows, gross_cents: int, fee_cents: int, day: date, name: str = ""
) -> Decision:
    """Settle captured cards; `name` names the settlement."""
    draft = Draft(rows, day, f"cards/{name or day.isoformat()}")
    draft.post(card_settlement(gross_cents, fee_cents))
    return draft.decision()


def payment_return(rows: Rows, payment: Ref, fee_cents: int, policy: Policy, day: date) -> Decision:
    """Undo a payment that the bank returned; what it had paid is owed again.

    Raises:
        Refusal: `already_returned`, `unknown_payment`.
    """
    draft = Draft(rows, day, f"nsf/{payment}", policy)
    paid = rows.payments.get(payment)
    if paid is None:
        refuse("unknown_payment", "no such payment stands")
    if paid.is_returned:
        refuse("already_returned", "this payment is returned already")
    restricted = {one.line for one in draft.patient(paid.patient).lines if one.is_restricted}
    for entry in paid.entries:
        undone = returned_payment(entry)
        ahead = [x for x in undone.lines if x.account == Account.UNAPPLIED_PATIENT]
        if ahead and draft.patient(paid.patient).unapplied_cents < ahead[0].amount_cents:
            refuse("prepayment_used", "take the placed prepayment back first")
        draft.post(undone)
        for ref in restricted & {one.line for one in undone.lines if one.line is not None}:
            draft.open_item(WorkItem(kind="restricted_payment_failed", subject=ref, about="line"))
    if fee_cents:
        fee = returned_check_fee(
            paid.patient, fee_cents, to_patient=policy.returned_check_fee_to_patient
        )
        draft.post(fee)
    draft.changed.payments[payment] = msgspec.structs.replace(paid, is_returned=True)
    touched = {x.claim for entry in draft.entries for x in entry.lines if x.claim is not None}
    reowner(draft, list(touched))
    return draft.decision()


def refund_pay(
    rows: Rows, cents: int, day: date, *, payer: Ref | None = None, patient: Ref | None = None
) -> Decision:
    """Pay an approved refund.

    Raises:
        Refusal: `refund_settled` where the payer has taken it already, `refund_not_approved`.
    """
    mine = [one for one in rows.refunds.values() if (one.payer, one.patient) == (payer, patient)]
    approved = [one for one in mine if one.status == "approved" and one.amount_cents == cents]
    if not approved:
        if any(one.status == "settled_by_recoupment" for one in mine):
            refuse("refund_settled", "the payer has recouped this refund: do not pay it again")
        refuse("refund_not_approved", "no approved refund of this amount is due")
    refund = approved[0]
    draft = Draft(rows, day, f"refund/{refund.name}")
    for owed in refund.owed:
        draft.post(refund_paid(-owed.amount_cents, owed), "/paid")
    draft.changed.refunds[refund.name] = msgspec.structs.replace(refund, status="paid")
    return draft.decision()


def capitation_recognise(rows: Rows, month: str, day: date) -> Decision:
    """Earn one month of every capitation payment; extra cents go to the earlier month."""
    draft = Draft(rows, day, f"capitation/{month}")
    for one in rows.capitations.values():
        if month not in one.months or month in one.earned:
            continue
        parts = share_cents(one.amount_cents, [1] * len(one.months))
        cents = parts[one.months.index(month)]
        draft.post(capitation_earned(one.payer, month, cents), f"/{one.name}")
        draft.changed.capitations[one.name] = msgspec.structs.replace(
            one, earned=(*one.earned, month)
        )
    return draft.decision()


def period_close(rows: Rows, period: str, day: date) -> Decision:
    """Close a period; nothing is posted into it any more.

    Raises:
        Refusal: `already_closed`.
    """
    if period in rows.closed_periods:
        refuse("already_closed", f"period {period} is closed already")
    draft = Draft(rows, day, f"close/{period}")
    draft.changed.closed_periods[period] = True
    return draft.decision()


def period_open_check(rows: Rows, period: str) -> None:
    """Refuse posting into a closed period."""
    if period in rows.closed_periods:
        refuse("period_closed", f"period {period} is closed")


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement asks a patient for; it moves nothing."""

    patient: Ref
    lines: tuple[tuple[Ref, int], ...]

    @property
    def total_cents(self) -> int:
        """Add up its lines."""
        return sum(cents for _, cents in self.lines)


def statement_make(rows: Rows, patient: Ref, policy: Policy, day: date) -> Statement:
    """Make a statement of what a patient owes.

    Raises:
        Refusal: `on_hold` where statements of the patient are held, `nothing_due`.
    """
    draft = Draft(rows, day, f"statement/{patient}", policy)
    if draft.is_held(patient, "statements"):
        refuse("on_hold", "statements of this patient are held")
    lines = [
        (place.line, cents)
        for place, cents in patient_places(draft, patient)
        if place.line is not None
    ]
    made = Statement(patient=patient, lines=tuple(lines))
    if made.total_cents < max(policy.statement_minimum_cents, 1):
        refuse("nothing_due", "the patient owes less than the smallest statement")
    return made
