"""Explanations of benefits that came on paper: typed in for one claim, posted as an 835 is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.public import Claim, claim_detail
from cleanclaim.apps.payers.public import Payer
from cleanclaim.apps.practices.public import practice_get
from cleanclaim.apps.remittance.desk import Desk
from cleanclaim.apps.remittance.services import remittance_post, remittance_take
from cleanclaim.core.claim.stages import IN_FLIGHT
from cleanclaim.core.remit import Cas, RemitClaim, RemitLine, Remittance
from cleanclaim.kernel.money import show_cents
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope

CONTRACT = "45"


class EobLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the paper says of one line; paid + contract + patient is its charge."""

    allowed_cents: int | None = None
    paid_cents: int = 0
    contract_cents: int = 0
    patient_cents: int = 0


class Eob(msgspec.Struct, frozen=True, kw_only=True):
    """What the paper says of one claim.

    Args:
        trace: Number of the check or transfer.
        patient_reason: CARC of the patient's share: 1 deductible, 2 coinsurance, 3 copay.
        denial_reason: CARC of lines on which nothing is paid and nothing is the patient's.
        lines: In the order of the claim's lines.
    """

    trace: str
    payment_date: date
    method: str
    patient_reason: str
    denial_reason: str
    lines: tuple[EobLine, ...]


class EobCharge(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a claim that an explanation may speak of."""

    line_number: str
    procedure_code: str
    modifiers: tuple[str, ...]
    units: Decimal
    charge_cents: int
    service_date: date


def eob_charges(desk: Desk, claim_id: UUID) -> tuple[Claim, list[EobCharge]]:
    """Give a claim that its payer has and its lines, to be typed in.

    Raises:
        Refusal: `unknown_claim`; `wrong_stage`: the payer does not have it.
    """
    detail = claim_detail(desk.grant, claim_id)
    if detail is None:
        raise Refusal("unknown_claim", "There is no such claim.")
    row = detail.claim
    if row.stage not in IN_FLIGHT or not row.numbers:
        raise Refusal("wrong_stage", "Only a claim that the payer has is answered on paper.")
    charges = [line.charge for line in detail.lines if line.charge.voided_at is None]
    return row, [
        EobCharge(
            line_number=one.line_number,
            procedure_code=one.procedure_code,
            modifiers=tuple(one.modifiers),
            units=one.units,
            charge_cents=one.charge_cents,
            service_date=one.service_date,
        )
        for one in charges
    ]


def eob_post(desk: Desk, claim_id: UUID, said: Eob) -> int:
    """Post an explanation that came on paper, in the way of an 835.

    Opens its own scopes, as every posting does.

    Returns:
        How many claims were posted: 1, or 0 where the remittance waits for a person.

    Raises:
        Refusal: `line_open`: a line does not add up; `eob_waits`: its number is used already.
    """
    with scope(desk.grant, at=desk.at):
        row, charges = eob_charges(desk, claim_id)
        content = _content(row, charges, said, npi=practice_get(row.practice_id).npi)
        taken, may_post = remittance_take(
            desk.grant,
            row.practice_id,
            None,
            content,
            policy=desk.policy,
            at=desk.at,
            day=desk.day,
        )
        if not may_post:
            raise Refusal(
                "eob_waits", f"{said.trace} stands here already: it is {taken.state.split(':')[0]}."
            )
    return remittance_post(
        desk.grant, row.practice_id, taken.id, policy=desk.policy, at=desk.at, day=desk.day
    )


def _content(row: Claim, charges: Sequence[EobCharge], said: Eob, *, npi: str) -> Remittance:
    if len(charges) != len(said.lines):
        raise Refusal("claim_changed", "The claim's lines changed meanwhile: look again.")
    pairs = list(zip(charges, said.lines, strict=True))
    lines = tuple(_line(at, one, line, said) for at, (one, line) in enumerate(pairs, 1))
    payer: Payer = row.payer
    paid = sum(line.paid_cents for line in said.lines)
    is_denied = not paid and not any(line.patient_cents for line in said.lines)
    claim = RemitClaim(
        ordinal=1,
        claim_number=row.numbers[-1],
        status_code="4" if is_denied else str(min(row.level, 3)),
        charge_cents=sum(one.charge_cents for one in charges),
        paid_cents=paid,
        patient_cents=sum(line.patient_cents for line in said.lines),
        lines=lines,
        service_date=row.service_date,
    )
    return Remittance(
        payer_trace_id=payer.trace_originator or payer.payer_id,
        trace=said.trace,
        payee_npi=npi,
        payer_name=payer.name,
        payer_id=payer.payer_id,
        amount_cents=paid,
        method=said.method if paid else "NON",
        payment_date=said.payment_date,
        claims=(claim,),
    )


def _line(ordinal: int, charge: EobCharge, line: EobLine, said: Eob) -> RemitLine:
    left = charge.charge_cents - line.paid_cents - line.contract_cents - line.patient_cents
    if left:
        raise Refusal("line_open", f"Line {ordinal} does not add up: {show_cents(left)} is left.")
    is_denied = not line.paid_cents and not line.patient_cents
    reason = said.denial_reason if is_denied and said.denial_reason else CONTRACT
    cuts = (("CO", reason, line.contract_cents), ("PR", said.patient_reason, line.patient_cents))
    return RemitLine(
        ordinal=ordinal,
        procedure_code=charge.procedure_code,
        modifiers=charge.modifiers,
        charge_cents=charge.charge_cents,
        paid_cents=line.paid_cents,
        units=charge.units,
        line_number=charge.line_number,
        service_date=charge.service_date,
        allowed_cents=line.allowed_cents,
        adjustments=tuple(Cas(group, carc, cents) for group, carc, cents in cuts if cents),
    )
