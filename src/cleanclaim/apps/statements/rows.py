"""The rows around one patient's account, as posting knows them."""

from cleanclaim.apps.claims.public import claims_of, items_add
from cleanclaim.apps.encounters.public import charges_by_id
from cleanclaim.apps.ledger.public import balances_by_detail, patient_own_balances
from cleanclaim.apps.remittance.public import Desk, matters_load
from cleanclaim.core.ledger import Account
from cleanclaim.core.posting.state import LineState, PatientState, Rows


def patient_rows(desk: Desk, patient: str, *, with_history: bool = False) -> Rows:
    """Load all claims of a patient, their account beside the claims, payments and open items."""
    claims = claims_of(desk.grant, desk.practice_id, [patient])
    rows = desk.load(claims, with_history=with_history)
    rows.patients[patient] = _patient(desk, patient)
    rows.payments.update(matters_load(desk.grant, desk.practice_id, "payment", patient_id=patient))
    items_add(desk.grant, desk.practice_id, rows, subjects=[patient])
    return rows


def _patient(desk: Desk, patient: str) -> PatientState:
    ahead = balances_by_detail(desk.grant, desk.practice_id, Account.UNAPPLIED_PATIENT)
    owed = patient_own_balances(desk.grant, desk.practice_id, patient)
    charges = charges_by_id(desk.grant, desk.practice_id, [line for line in owed if line])
    return PatientState(
        patient=patient,
        unapplied_cents=-ahead.get(patient, 0),
        account_cents=owed.get(None, 0),
        lines=tuple(
            LineState(
                line=ref,
                number=charge.line_number,
                code=charge.procedure_code,
                modifiers=tuple(charge.modifiers),
                units=charge.units,
                charge_cents=charge.charge_cents,
                service_date=charge.service_date,
                order=charge.ordinal,
                provider=str(charge.encounter.rendering_id or "") or None,
                patient_cents=owed[ref],
                is_restricted=charge.is_restricted,
            )
            for ref, charge in charges.items()
        ),
    )
