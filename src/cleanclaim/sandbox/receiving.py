"""837 as the sandbox reads it."""

from collections.abc import Iterator

from cleanclaim.sandbox.bill import Bill, BillLine
from cleanclaim_x12.typed.t837p import ProfessionalClaim, ProfessionalLine, stream_837p


def bills_of(content: bytes) -> Iterator[tuple[str, str, Bill]]:
    """Read claims.

    Yields:
        The transaction's control number, the batch's reference, and the claim.
    """
    for claim in stream_837p(content):
        batch = claim.batch
        control = batch.envelope.control_number if batch and batch.envelope else ""
        yield control, batch.reference if batch else "", _bill(claim)


def _bill(claim: ProfessionalClaim) -> Bill:
    subscriber, billing = claim.subscriber, claim.billing
    if subscriber is None or billing is None or billing.provider is None:
        msg = "a claim stands under no subscriber"
        raise ValueError(msg)
    person = subscriber.person
    patient = claim.patient.person if claim.patient else person
    payer = subscriber.payer
    prior = claim.other_payers[0] if claim.other_payers else None
    left = sum(
        adjustment.cents
        for line in claim.lines
        for decided in line.adjudications
        for adjustment in decided.adjustments
        if adjustment.group_code == "PR"
    )
    return Bill(
        number=claim.control_number,
        payer_id=payer.id if payer else "",
        rank=subscriber.rank,
        frequency_code=claim.frequency_code,
        original_control_number=next(
            (one.value for one in claim.references if one.qualifier == "F8"), ""
        ),
        member_id=person.id if person else "",
        patient_last=patient.last_name if patient else "",
        patient_first=patient.first_name if patient else "",
        billing_npi=billing.provider.id,
        billing_tax_id=billing.provider.reference("EI"),
        billing_name=billing.provider.last_name,
        place_of_service=claim.facility_code,
        filing_indicator=subscriber.filing_indicator,
        lines=tuple(_line(line) for line in claim.lines),
        prior_paid_cents=(prior.paid_cents or 0) if prior else 0,
        prior_patient_cents=left,
    )


def _line(line: ProfessionalLine) -> BillLine:
    procedure, service = line.procedure, line.service
    if procedure is None or service is None or service.start is None:
        msg = "a line has no procedure or no date of service"
        raise ValueError(msg)
    return BillLine(
        control=line.control_number or line.number,
        code=procedure.code,
        modifiers=procedure.modifiers,
        charge_cents=line.charge_cents or 0,
        units=str(line.quantity or 1),
        service_date=service.start,
    )
