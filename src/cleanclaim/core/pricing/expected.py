"""The expected allowed amount of each line, by the contract in force."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec

from cleanclaim.core.claim import Claim, ClaimLine
from cleanclaim.core.codes.fees import Gpci
from cleanclaim.core.codes.tables import CodeTables
from cleanclaim.core.pricing.medicare import (
    FeeLine,
    anesthesia_cents,
    half_up_cents,
    medicare_prices,
)
from cleanclaim.core.pricing.rates import RateBook, RateQuestion

HUNDRED = Decimal(100)
MINUTES = "MJ"
COMPONENTS = ("26", "TC", "53")


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """How a payer pays, from a day to a day.

    Args:
        contract_id: For showing which contract a price came from.
        method: `schedule` (rates, times percent), `charge` (percent of the charge) or `medicare`
            (percent of the physician fee schedule).
        percent: 100 for the schedule as it stands.
        plan: Of this plan only; empty: any.
        npis: Rendering providers that it covers; empty: all.
        rates: For `schedule`; with `medicare` it goes first where it names a code.
        locality: For `medicare`: contractor and locality joined, `0211202`.
        lesser_of_charge: Never more than the charge.
    """

    contract_id: str
    payer_id: str
    method: str = "schedule"
    percent: Decimal = HUNDRED
    plan: str = ""
    npis: frozenset[str] = frozenset()
    start: date = date.min
    end: date | None = None
    rates: RateBook | None = None
    locality: str = ""
    lesser_of_charge: bool = True


class ExpectedLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a line should be allowed.

    Args:
        allowed_cents: None where no price is known: never a guess.
        fee_cents: What the contract allows, however little was charged.
        full_cents: Before reductions for several services of the day.
        reason: Which reduction, in words; empty for none.
        contract_id: Of the contract that priced it.
    """

    line_number: str
    allowed_cents: int | None
    fee_cents: int | None = None
    full_cents: int | None = None
    reason: str = ""
    contract_id: str = ""


def contract_for(claim: Claim, line: ClaimLine, contracts: Iterable[Contract]) -> Contract | None:
    """Choose the contract of a line: one that names plan or provider goes first."""
    coverage = claim.coverage
    npi = (line.rendering or claim.rendering or claim.billing).npi
    fitting = [
        item
        for item in contracts
        if item.payer_id == coverage.payer.payer_id
        and item.plan in {"", coverage.plan_name}
        and (not item.npis or npi in item.npis)
        and item.start <= line.service_date <= (item.end or date.max)
    ]
    order = sorted(fitting, key=lambda c: (bool(c.plan), bool(c.npis), c.start), reverse=True)
    return order[0] if order else None


def expected_lines(
    claim: Claim, contracts: Iterable[Contract], tables: CodeTables
) -> list[ExpectedLine]:
    """Price every line of a claim.

    Args:
        claim: To one payer.
        contracts: All that could hold, of this practice.
        tables: For the Medicare schedules.

    Returns:
        One for each line, in the claim's order; kept with the claim to compare with the 835.
    """
    contracts = tuple(contracts)
    chosen = [contract_for(claim, line, contracts) for line in claim.lines]
    found: dict[int, ExpectedLine] = {}
    scheduled: dict[int, FeeLine] = {}
    for at, (line, contract) in enumerate(zip(claim.lines, chosen, strict=True)):
        if contract is None:
            continue
        cents = _single_cents(claim, line, contract, tables)
        if cents is not None:
            found[at] = _expected(line, contract, (cents, cents, ""))
        elif contract.method == "medicare":
            fee_line = _fee_line(claim, line, contract, tables)
            if fee_line is not None:
                scheduled[at] = fee_line
    for at, price in zip(scheduled, medicare_prices(list(scheduled.values())), strict=True):
        contract = chosen[at]
        if contract is not None:
            allowed, full = (
                int(half_up_cents(Decimal(cents) * contract.percent / HUNDRED / HUNDRED))
                for cents in (price.allowed_cents, price.full_cents)
            )
            found[at] = _expected(claim.lines[at], contract, (allowed, full, price.reason))
    return [
        found.get(at) or ExpectedLine(line_number=line.line_number, allowed_cents=None)
        for at, line in enumerate(claim.lines)
    ]


def _expected(line: ClaimLine, contract: Contract, price: tuple[int, int, str]) -> ExpectedLine:
    fee, full, reason = price
    allowed = fee
    if contract.lesser_of_charge and fee > line.charge_cents:
        allowed, reason = line.charge_cents, "charge below the allowed amount"
    return ExpectedLine(
        line_number=line.line_number,
        allowed_cents=allowed,
        fee_cents=fee,
        full_cents=full,
        reason=reason,
        contract_id=contract.contract_id,
    )


def _single_cents(
    claim: Claim, line: ClaimLine, contract: Contract, tables: CodeTables
) -> int | None:
    """Price a line that no other line reduces; None if it needs the physician fee schedule."""
    share = contract.percent / HUNDRED
    if contract.method == "charge":
        return half_up_cents(Decimal(line.charge_cents) * share / HUNDRED)
    if contract.rates is not None:
        rate = contract.rates.find(line_question(claim, line))
        if rate is not None:
            return half_up_cents(Decimal(rate.amount_cents) * line.units * share / HUNDRED)
    if contract.method != "medicare":
        return None
    if line.unit_code == MINUTES:
        return _anesthesia_cents(line, contract, tables)
    day = line.service_date
    for price in (
        tables.lab_fee(line.procedure_code, "", day),
        tables.drug_price(line.procedure_code, day),
    ):
        if price and price.amount is not None:
            return half_up_cents(price.amount * line.units * share)
    return None


def line_question(claim: Claim, line: ClaimLine) -> RateQuestion:
    """Give what a price list is asked for a line."""
    return RateQuestion(
        code=line.procedure_code,
        day=line.service_date,
        modifiers=line.modifiers,
        payer_id=claim.coverage.payer.payer_id,
        plan=claim.coverage.plan_name,
        npi=(line.rendering or claim.rendering or claim.billing).npi,
        place=line.place_of_service or claim.place_of_service,
    )


def _anesthesia_cents(line: ClaimLine, contract: Contract, tables: CodeTables) -> int | None:
    factor = tables.anesthesia(contract.locality, line.service_date)
    code = tables.procedure(line.procedure_code, line.service_date)
    if not factor or not code:
        return None
    return anesthesia_cents(code.base_units, int(line.units), factor.factor, line.modifiers)


def _fee_line(
    claim: Claim, line: ClaimLine, contract: Contract, tables: CodeTables
) -> FeeLine | None:
    day, code = line.service_date, line.procedure_code
    gpci = tables.gpci(contract.locality, day)
    component = next((m for m in line.modifiers if m in COMPONENTS), "")
    fee = tables.physician_fee(code, component, day)
    if not isinstance(gpci, Gpci) or not fee or not fee.conversion_factor or fee.status not in "AR":
        return None
    technical = tables.physician_fee(code, "TC", day)
    base = tables.physician_fee(fee.endoscopic_base or code, "", day)
    return FeeLine(
        fee=fee,
        gpci=gpci,
        units=line.units,
        modifiers=line.modifiers,
        place=line.place_of_service or claim.place_of_service,
        technical=technical or None,
        base=base or None,
        day=str(day),
    )
