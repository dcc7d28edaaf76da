"""One maker for each event of the journal; the day and the key are stamped where it is posted."""

import msgspec

from cleanclaim.core.ledger.accounts import Account
from cleanclaim.core.ledger.entries import Entry, Line, Ref, transfer, with_amount

_ACCOUNT_OF_REASON = {
    "253": Account.SEQUESTRATION,
    "237": Account.INCENTIVE_REDUCTION,
    "44": Account.DISCOUNT,
    "161": Account.INCENTIVE,
    "225": Account.INTEREST,
}
_ACCOUNT_OF_PLB = {
    "FB": Account.RECOUPMENT,
    "WO": Account.RECOUPMENT,
    "L6": Account.INTEREST,
    "CT": Account.DEFERRED_CAPITATION,
    "50": Account.PENALTIES,
    "51": Account.PENALTIES,
    "L3": Account.PENALTIES,
    "IR": Account.LEVIES,
    "LE": Account.LEVIES,
    "SL": Account.LEVIES,
    "E3": Account.INCENTIVE_REDUCTION,
    "IP": Account.INCENTIVE,
    "BN": Account.INCENTIVE,
}
_ACCOUNT_OF_WRITE_OFF = {
    "small balance": (Account.SMALL_BALANCE, "small_balance"),
    "charity": (Account.CHARITY, "charity"),
    "bad debt": (Account.BAD_DEBT, "bad_debt"),
    "courtesy": (Account.COURTESY, "courtesy"),
    "discount": (Account.DISCOUNT, "discount"),
    "prompt pay": (Account.DISCOUNT, "discount"),
    "self-pay discount": (Account.DISCOUNT, "discount"),
}


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a charge line stands: its claim, that claim's payer and rank, and the line."""

    claim: Ref | None
    payer: Ref | None
    rank: int
    line: Ref | None
    provider: Ref | None = None
    patient: Ref | None = None


class Source(msgspec.Struct, frozen=True, gc=False):
    """Where a payer's money comes from: bank money under a trace, or a parked item."""

    remittance: Ref | None
    trace: str = ""
    suspense: str = ""
    payer: Ref | None = None


def insurance(place: Place, amount_cents: int = 0, reason: str = "") -> Line:
    """Make a line on 1100."""
    return Line(
        Account.INSURANCE,
        amount_cents,
        place.payer,
        place.rank,
        place.claim,
        place.line,
        reason=reason,
    )


def patient(place: Place, amount_cents: int = 0, reason: str = "") -> Line:
    """Make a line on 1110."""
    return Line(
        Account.PATIENT,
        amount_cents,
        claim=place.claim,
        line=place.line,
        patient=place.patient,
        reason=reason,
    )


def money(source: Source, amount_cents: int = 0) -> Line:
    """Make the line that a payer's money comes from: 1040 with its trace, or 1190 if parked."""
    if source.suspense:
        return Line(
            Account.UNAPPLIED_INSURANCE,
            amount_cents,
            source.payer,
            suspense=source.suspense,
            remittance=source.remittance,
        )
    return Line(
        Account.EFT_CLEARING, amount_cents, trace=source.trace, remittance=source.remittance
    )


def charge(place: Place, cents: int) -> Entry:
    """Post a charge to the payer of the claim, or to the patient where there is no payer."""
    credit = Line(Account.CHARGES, 0, claim=place.claim, line=place.line, provider=place.provider)
    if place.payer is None:
        return transfer("self_pay_charge", cents, patient(place), credit)
    return transfer("charge", cents, insurance(place), credit)


def payer_payment(place: Place, cents: int, source: Source) -> Entry:
    """Post what a payer paid on a line."""
    event = "suspense_release" if source.suspense else "era_payment"
    held = money(source)
    if not source.suspense:
        held = msgspec.structs.replace(held, claim=place.claim, line=place.line)
    return transfer(event, cents, held, insurance(place))


def payer_adjustment(place: Place, group: str, carc: str, cents: int) -> Entry:
    """Post an adjustment that is nobody's debt, on the account of its reason."""
    debit = Line(
        _ACCOUNT_OF_REASON.get(carc, Account.CONTRACTUAL),
        0,
        place.payer,
        claim=place.claim,
        line=place.line,
        reason=f"{group}-{carc}",
    )
    return transfer("era_adjustment", cents, debit, insurance(place))


def to_patient(place: Place, reason: str, cents: int) -> Entry:
    """Move what a payer left to the patient."""
    return transfer("pr_to_patient", cents, patient(place, reason=reason), insurance(place))


def to_next_payer(place: Place, following: Place, reason: str, cents: int) -> Entry:
    """Move what a payer left to the next payer of the same line."""
    debit = insurance(following, reason=reason)
    return transfer("pr_transfer", cents, debit, insurance(place))


def mirror(entry: Entry, source: Source, event: str = "reversal") -> Entry:
    """Undo an entry line by line; money of a payer comes back under the new payment's trace.

    >>> bill = Entry("x", (Line(Account.CASH, 5), Line(Account.CHARGES, -5)), key="k")
    >>> undone = mirror(bill, Source(None))
    >>> undone.reverses, [line.amount_cents for line in undone.lines]
    ('k', [-5, 5])
    """
    lines = []
    for line in entry.lines:
        is_money = line.account in (Account.EFT_CLEARING, Account.UNAPPLIED_INSURANCE)
        if is_money and (source.trace or source.suspense):
            turned = msgspec.structs.replace(
                money(source, -line.amount_cents), claim=line.claim, line=line.line
            )
        else:
            turned = with_amount(line, -line.amount_cents)
        lines.append(turned)
    return Entry(event, tuple(lines), reverses=entry.key)


def reallocation(short: Place, over: Place, cents: int) -> Entry:
    """Move a credit from one line to another inside the same payer and rank."""
    return transfer("line_reallocation", cents, insurance(over), insurance(short))


def suspense(source: Source, cents: int, name: str) -> Entry:
    """Park a payer's money that has no claim or line."""
    parked = Line(
        Account.UNAPPLIED_INSURANCE, 0, source.payer, suspense=name, remittance=source.remittance
    )
    return transfer("suspense", cents, money(source), parked)


def plb(code: str, cents: int, source: Source, against: tuple[Line, ...] = ()) -> Entry:
    """Post a provider-level adjustment; as X12 counts it, positive takes money from the payment.

    `against` carries the other side, with amounts; without it the account of the code does. Where
    it is one line, the money says the same payer, rank, claim and line.
    """
    if not against:
        account = _ACCOUNT_OF_PLB.get(code, Account.RECOUPMENT)
        against = (Line(account, cents, source.payer, plb=code, remittance=source.remittance),)
    first = against[0]
    cash = msgspec.structs.replace(
        money(source, -cents),
        plb=code,
        payer=first.payer,
        rank=first.rank,
        claim=first.claim,
        line=first.line if len(against) == 1 else None,
    )
    return Entry(f"plb_{code}", (cash, *against))


def bank_eft(trace: str, cents: int) -> Entry:
    """Post bank money that carries a trace, also where its remittance is unknown."""
    return transfer(
        "bank_eft", cents, Line(Account.CASH, 0), Line(Account.EFT_CLEARING, 0, trace=trace)
    )


def tender_account(tender: str) -> Account:
    """Say where a patient's money lies until it reaches the bank."""
    return Account.CARD_CLEARING if tender == "card" else Account.UNDEPOSITED


def patient_payment(tender: str, cents: int, place: Place) -> Entry:
    """Post a patient's payment on a line, or as prepayment where no line is named."""
    held = Line(tender_account(tender), 0)
    if place.line is None:
        return transfer("prepayment", cents, held, unapplied(place.patient))
    return transfer("patient_payment", cents, held, patient(place))


def account_payment(tender: str, cents: int, place: Place) -> Entry:
    """Post a patient's payment of what is owed without a line, such as a fee."""
    return transfer("patient_payment", cents, Line(tender_account(tender), 0), patient(place))


def unapplied(person: Ref | None) -> Line:
    """Make a line on 1191."""
    return Line(Account.UNAPPLIED_PATIENT, 0, patient=person)


def allocate_prepayment(cents: int, place: Place) -> Entry:
    """Move a patient's prepayment onto a line."""
    return transfer("allocate_prepayment", cents, unapplied(place.patient), patient(place))


def bank_deposit(cents: int) -> Entry:
    """Bring cash and checks to the bank."""
    return transfer("bank_deposit", cents, Line(Account.CASH, 0), Line(Account.UNDEPOSITED, 0))


def card_settlement(gross_cents: int, fee_cents: int) -> Entry:
    """Settle captured cards: the bank gets the rest after the fee."""
    lines = (
        Line(Account.CASH, gross_cents - fee_cents),
        Line(Account.CARD_FEES, fee_cents),
        Line(Account.CARD_CLEARING, -gross_cents),
    )
    return Entry("card_settlement", tuple(line for line in lines if line.amount_cents))


def returned_payment(entry: Entry) -> Entry:
    """Undo a patient's payment that the bank returned: each allocation against cash."""
    lines = tuple(
        Line(Account.CASH, -line.amount_cents)
        if line.account in (Account.UNDEPOSITED, Account.CARD_CLEARING)
        else with_amount(line, -line.amount_cents)
        for line in entry.lines
    )
    return Entry("nsf", lines, reverses=entry.key)


def refund_approved(cents: int, debit: Line, person: Ref | None = None) -> Entry:
    """Accrue a refund to a payer, or to a patient if one is named."""
    if person is not None:
        credit = Line(Account.REFUND_PATIENT, 0, patient=person)
        return transfer("patient_refund_approved", cents, debit, credit)
    credit = Line(Account.REFUND_PAYER, 0, debit.payer, claim=debit.claim, line=debit.line)
    return transfer("payer_refund_approved", cents, debit, credit)


def refund_paid(cents: int, owed: Line) -> Entry:
    """Pay an accrued refund."""
    event = "patient" if owed.account == Account.REFUND_PATIENT else "payer"
    return transfer(f"{event}_refund_paid", cents, owed, Line(Account.CASH, 0))


def write_off(reason: str, cents: int, credit: Line) -> Entry:
    """Write off a balance on the account of its reason; on 1100 it is a denial given up."""
    account, event = _ACCOUNT_OF_WRITE_OFF.get(
        reason.replace("_", " "), (Account.DENIAL, "denial_write_off")
    )
    debit = Line(account, 0, credit.payer, claim=credit.claim, line=credit.line, reason=reason)
    return transfer(event, cents, debit, credit)


def contractual_by_person(place: Place, cents: int) -> Entry:
    """Take off what the contract does not allow, decided by a person."""
    debit = Line(
        Account.CONTRACTUAL, 0, place.payer, claim=place.claim, line=place.line, reason="contract"
    )
    return transfer("contractual_by_person", cents, debit, insurance(place))


def capitation_earned(payer: Ref | None, month: str, cents: int) -> Entry:
    """Recognise one month of a capitation payment."""
    return transfer(
        "capitation_recognised",
        cents,
        Line(Account.DEFERRED_CAPITATION, 0, payer),
        Line(Account.CAPITATION, 0, payer, month=month),
    )


def returned_check_fee(person: Ref, cents: int, *, to_patient: bool) -> Entry:
    """Post the bank's fee for a returned check, on the patient or on the practice."""
    debit = Line(Account.PATIENT, 0, patient=person) if to_patient else Line(Account.CARD_FEES, 0)
    return transfer("nsf_fee", cents, debit, Line(Account.CASH, 0))
