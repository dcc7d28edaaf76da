"""Remittances in plain words from the typed 835."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cleanclaim.core.remit import Cas, ProviderAdjustment, RemitClaim, RemitLine, Remittance
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.typed import t835 as wire
from cleanclaim_x12.typed.claims import amount_of
from cleanclaim_x12.typed.parties import Name, date_of, reference_of
from cleanclaim_x12.typed.parts import Adjustment, Procedure

_NOTHING = Procedure("", "")


def remittance_from_835(
    typed: wire.Remittance, claims: Iterable[wire.RemittanceClaim] | None = None
) -> Remittance:
    """Read one payment.

    Args:
        claims: In place of `typed.claims`, for a stream; read to its end before the
            provider-level adjustments, which stand last in the file.

    Raises:
        Refusal: `remittance_incomplete`: no trace, payer trace identifier, payee or payment day.
    """
    said = tuple(
        remit_claim_from_835(one, at)
        for at, one in enumerate(typed.claims if claims is None else claims, 1)
    )
    payer, payee = typed.payer, typed.payee
    if payee is None or typed.payment_date is None or typed.total_cents is None:
        raise _incomplete()
    if not typed.trace_number or not typed.originator_trace_id:
        raise _incomplete()
    return Remittance(
        payer_trace_id=typed.originator_trace_id,
        trace=typed.trace_number,
        payee_npi=payee.id if payee.id_qualifier == "XX" else "",
        payee_tax_id=payee.id
        if payee.id_qualifier == "FI"
        else reference_of(payee.references, "TJ"),
        payer_name=payer.name if payer else "",
        payer_id=reference_of(payer.references, "2U") if payer else "",
        payee_name=payee.name,
        amount_cents=typed.total_cents,
        method=typed.payment_method,
        payment_date=typed.payment_date,
        production_date=date_of(typed.dates, "405"),
        claims=said,
        provider_adjustments=tuple(
            ProviderAdjustment(
                ordinal=at,
                provider_id=one.provider_id,
                reason_code=one.reason_code,
                reference=one.reference,
                amount_cents=one.cents,
                fiscal_year_end=one.fiscal_date,
            )
            for at, one in enumerate(typed.provider_adjustments, 1)
        ),
    )


def _incomplete() -> Refusal:
    return Refusal(
        "remittance_incomplete",
        "trace, payer, payee, amount or payment day are missing: ask for a whole file",
    )


def remit_claim_from_835(typed: wire.RemittanceClaim, ordinal: int) -> RemitClaim:
    """Read one claim of a remittance."""
    patient, insured = typed.name("QC"), typed.name("IL")
    forwarded = typed.name("TT")
    outpatient, inpatient = typed.outpatient, typed.inpatient
    remarks = [getattr(outpatient, f"remark_{at}") for at in range(1, 6)] if outpatient else []
    remarks += [getattr(inpatient, f"remark_{at}") for at in range(1, 6)] if inpatient else []
    return RemitClaim(
        ordinal=ordinal,
        claim_number=typed.control_number,
        status_code=typed.status_code,
        charge_cents=typed.charge_cents or 0,
        paid_cents=typed.paid_cents or 0,
        patient_cents=typed.patient_responsibility_cents or 0,
        filing_indicator=typed.filing_indicator,
        payer_control_number=typed.payer_control_number,
        facility_code=typed.facility_code,
        frequency_code=typed.frequency_code,
        adjustments=_adjustments(typed.adjustments),
        lines=tuple(_line(one, at) for at, one in enumerate(typed.lines, 1)),
        remarks=tuple(code for code in remarks if code),
        crossover_name=forwarded.last_name if forwarded else "",
        crossover_payer_id=forwarded.id if forwarded else "",
        patient_name=_name(patient),
        member_id=_member_id(patient, insured),
        service_date=date_of(typed.dates, "232"),
        interest_cents=amount_of(typed.amounts, "I") or 0,
    )


def _name(name: Name | None) -> str:
    return " ".join(part for part in (name.last_name, name.first_name) if part) if name else ""


def _member_id(patient: Name | None, insured: Name | None) -> str:
    named = (one.id for one in (insured, patient) if one and one.id_qualifier == "MI")
    return next(named, "")


def _adjustments(items: Sequence[Adjustment]) -> tuple[Cas, ...]:
    return tuple(Cas(one.group_code, one.reason_code, one.cents, one.quantity) for one in items)


def _line(typed: wire.RemittanceLine, ordinal: int) -> RemitLine:
    procedure = typed.procedure or _NOTHING
    original = typed.original_procedure or _NOTHING
    return RemitLine(
        ordinal=ordinal,
        procedure_code=procedure.code,
        modifiers=procedure.modifiers,
        charge_cents=typed.charge_cents or 0,
        paid_cents=typed.paid_cents or 0,
        units=Decimal(1) if typed.paid_quantity is None else typed.paid_quantity,
        original_code=original.code,
        original_modifiers=original.modifiers,
        line_number=typed.control_number,
        service_date=date_of(typed.dates, "472") or date_of(typed.dates, "150"),
        allowed_cents=amount_of(typed.amounts, "B6"),
        adjustments=_adjustments(typed.adjustments),
        remarks=tuple(one.code for one in typed.remarks if one.qualifier == "HE"),
    )
