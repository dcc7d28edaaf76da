"""Service lines of a professional claim, to and from loop 2400."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cleanclaim.core.claim import Adjustment, Claim, ClaimLine, Drug, LineAdjudication
from cleanclaim.core.edi.parties_837 import (
    facility_of,
    facility_party,
    provider_of,
    provider_party,
)
from cleanclaim_x12.typed import claims as wire
from cleanclaim_x12.typed.parts import Adjustment as WireAdjustment
from cleanclaim_x12.typed.parts import Amount, DatePeriod, Note, Procedure, Reference
from cleanclaim_x12.typed.t837p import ProfessionalLine

_REFERENCES = (
    ("line_number", "6R"),
    ("clia_number", "X4"),
    ("prior_authorization_number", "G1"),
    ("referral_number", "9F"),
)


def adjustments_to_wire(items: tuple[Adjustment, ...]) -> tuple[WireAdjustment, ...]:
    """Write adjustments; the codec packs those of one group into one CAS."""
    return tuple(
        WireAdjustment(one.group_code, one.reason_code, one.amount_cents, one.quantity)
        for one in items
    )


def adjustments_from_wire(items: Sequence[WireAdjustment]) -> tuple[Adjustment, ...]:
    """Read adjustments."""
    return tuple(
        Adjustment(
            group_code=one.group_code,
            reason_code=one.reason_code,
            amount_cents=one.cents,
            quantity=one.quantity,
        )
        for one in items
    )


def _flag(value: bool) -> str:
    return "Y" if value else ""


def line_to_wire(line: ClaimLine, number: int, claim: Claim) -> ProfessionalLine:
    """Write one line; providers and places only where they differ from the claim's."""
    end = line.end_date if line.end_date and line.end_date != line.service_date else None
    dates = DatePeriod("472", line.service_date, end, format="RD8" if end else "D8")
    pos = line.place_of_service
    out = ProfessionalLine(
        number=str(number),
        procedure=Procedure("HC", line.procedure_code, line.modifiers, line.description),
        charge_cents=line.charge_cents,
        unit_code=line.unit_code,
        quantity=line.units,
        place_of_service=pos if pos != claim.place_of_service else "",
        diagnosis_pointers=line.diagnosis_pointers,
        emergency=_flag(line.is_emergency),
        epsdt=_flag(line.is_epsdt),
        family_planning=_flag(line.is_family_planning),
        dates=(dates,),
        references=tuple(
            Reference(code, getattr(line, field))
            for field, code in _REFERENCES
            if getattr(line, field)
        ),
        notes=(Note("ADD", line.note),) if line.note else (),
        adjudications=[_adjudication_to_wire(one) for one in line.adjudications],
    )
    if line.drug:
        out.drug = _drug_to_wire(line.drug)
    _parties_to_wire(line, claim, out)
    return out


def _parties_to_wire(line: ClaimLine, claim: Claim, out: ProfessionalLine) -> None:
    if line.rendering and line.rendering != (claim.rendering or claim.billing):
        out.rendering_provider = provider_party("82", line.rendering, "PE")
    if line.facility and line.facility != claim.facility:
        out.service_facility = facility_party("77", line.facility)
    if line.supervising and line.supervising != claim.supervising:
        out.supervising_provider = provider_party("DQ", line.supervising)
    if line.ordering:
        out.ordering_provider = provider_party("DK", line.ordering)
    if line.referring and line.referring != claim.referring:
        out.referring_providers = [provider_party("DN", line.referring)]


def _drug_to_wire(drug: Drug) -> wire.Drug:
    number = drug.prescription_number
    return wire.Drug(
        product_qualifier="N4",
        product_code=drug.ndc,
        quantity=drug.quantity,
        unit_code=drug.unit_code,
        references=(Reference("XZ", number),) if number else (),
    )


def _adjudication_to_wire(one: LineAdjudication) -> wire.LineAdjudication:
    left = one.remaining_patient_cents
    return wire.LineAdjudication(
        payer_id=one.payer_id,
        paid_cents=one.paid_cents,
        procedure=Procedure("HC", one.procedure_code, one.modifiers),
        quantity=one.units,
        adjustments=adjustments_to_wire(one.adjustments),
        dates=(DatePeriod("573", one.paid_date),) if one.paid_date else (),
        amounts=(Amount("EAF", left),) if left is not None else (),
    )


def line_from_wire(line: ProfessionalLine, place_of_service: str) -> ClaimLine:
    """Read one line; what it does not say itself is the claim's."""
    service = line.service
    procedure = line.procedure or Procedure("HC", "")
    numbers: dict[str, Any] = {field: line.reference(code) for field, code in _REFERENCES}
    numbers["line_number"] = numbers["line_number"] or line.number
    return ClaimLine(
        procedure_code=procedure.code,
        modifiers=procedure.modifiers,
        description=procedure.description,
        charge_cents=line.charge_cents or 0,
        service_date=(service.start if service else None) or date.min,
        end_date=service.end if service and service.end != service.start else None,
        units=line.quantity if line.quantity is not None else Decimal(1),
        unit_code=line.unit_code or "UN",
        diagnosis_pointers=line.diagnosis_pointers,
        place_of_service=line.place_of_service or place_of_service,
        is_emergency=line.emergency == "Y",
        is_epsdt=line.epsdt == "Y",
        is_family_planning=line.family_planning == "Y",
        rendering=provider_of(line.rendering_provider),
        ordering=provider_of(line.ordering_provider),
        referring=provider_of(next(iter(line.referring_providers), None)),
        supervising=provider_of(line.supervising_provider),
        facility=facility_of(line.service_facility),
        drug=_drug_from_wire(line.drug),
        note=next((one.text for one in line.notes if one.code == "ADD"), ""),
        adjudications=tuple(_adjudication_from_wire(one) for one in line.adjudications),
        **numbers,
    )


def _drug_from_wire(drug: wire.Drug | None) -> Drug | None:
    if drug is None or drug.product_qualifier != "N4":
        return None
    return Drug(
        ndc=drug.product_code,
        quantity=drug.quantity if drug.quantity is not None else Decimal(0),
        unit_code=drug.unit_code,
        prescription_number=next(
            (one.value for one in drug.references if one.qualifier == "XZ"), ""
        ),
    )


def _adjudication_from_wire(one: wire.LineAdjudication) -> LineAdjudication:
    procedure = one.procedure or Procedure("HC", "")
    return LineAdjudication(
        payer_id=one.payer_id,
        paid_cents=one.paid_cents or 0,
        procedure_code=procedure.code,
        modifiers=procedure.modifiers,
        units=one.quantity if one.quantity is not None else Decimal(1),
        adjustments=adjustments_from_wire(one.adjustments),
        paid_date=next((each.start for each in one.dates if each.qualifier == "573"), None),
        remaining_patient_cents=wire.amount_of(one.amounts, "EAF"),
    )
