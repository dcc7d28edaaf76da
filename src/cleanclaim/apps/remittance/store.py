"""The store of posting: loads the rows a decision needs, saves those it changed."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from cleanclaim.apps.claims.public import (
    Claim,
    Happening,
    claims_of,
    claims_of_payer_numbers,
    decision_save,
    items_add,
    rows_load,
)
from cleanclaim.apps.ledger.public import (
    balances_by_detail,
    closed_periods,
    entries_by_key,
    periods_close,
)
from cleanclaim.apps.remittance.models import Adjudication, Deposit, Matter, Remittance
from cleanclaim.core.ledger import Account, Ref
from cleanclaim.core.posting import state as core
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.privacy import Grant
from cleanclaim.core.remit import RemitClaim
from cleanclaim.core.remit import Remittance as Content
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import Row, rows_put

# Who sees decisions as they are stored: what no row keeps can be told from them.
decision_witnesses: list[Callable[[Decision], None]] = []
_MATTERS: dict[str, tuple[str, type[Any]]] = {
    "parked": ("parked", core.Parked),
    "refunds": ("refund", core.Refund),
    "plbs": ("plb", core.OpenPlb),
    "payments": ("payment", core.Payment),
    "capitations": ("capitation", core.Capitation),
}


def claims_named(grant: Grant, practice_id: int, numbers: Iterable[str]) -> list[str]:
    """Find claims by any claim number that went out or any number a payer gave them."""
    wanted = sorted({number for number in numbers if number})
    if not wanted:
        return []
    rows = Claim.objects.under(grant, practice_id=practice_id)
    by_version = rows.filter(versions__number__in=wanted).values_list("id", flat=True)
    by_payer = claims_of_payer_numbers(grant, wanted, practice_id=practice_id)
    return [str(item) for item in {*by_version, *by_payer}]


def posting_load(
    grant: Grant,
    practice_id: int,
    *,
    claims: Iterable[str] = (),
    with_history: bool = False,
    trace: str = "",
) -> core.Rows:
    """Load claims and everything beside them that posting reads.

    Args:
        grant: Opens the practice's claims and payments.
        practice_id: Whose.
        claims: Ids of claims; those that follow them come along.
        with_history: Their earlier adjudications too, with what those posted.
        trace: Of a payment whose remittances and bank money come along.
    """
    rows = rows_load(grant, practice_id, claims)
    patients = {str(state.patient) for state in rows.claims.values()}
    prepaid = balances_by_detail(grant, practice_id, Account.UNAPPLIED_PATIENT, patients)
    # Who has paid ahead may owe on other claims.
    if prepaid:
        ahead = claims_of(grant, practice_id, prepaid)
        rows.merge(rows_load(grant, practice_id, set(ahead) - set(rows.claims)))
    for patient in patients:
        rows.patients[patient] = core.PatientState(
            patient=patient, unapplied_cents=-prepaid.get(patient, 0)
        )
    if with_history:
        rows.adjudications |= adjudications_load(grant, practice_id, rows.claims)
    rows.closed_periods |= dict.fromkeys(closed_periods(grant, practice_id), True)
    fields = {kind: (getattr(rows, field), record) for field, (kind, record) in _MATTERS.items()}
    matters = Matter.objects.under(grant, practice_id=practice_id).filter(is_open=True)
    for row in matters.exclude(kind="payment"):
        held, record = fields[row.kind]
        held[row.name] = msgspec.json.decode(bytes(row.content), type=record)
    if trace:
        rows.remittances, rows.deposits = remittances_load(grant, practice_id, trace=trace)
    subjects = {
        *rows.parked,
        *map(str, rows.remittances),
        *(str(one.remittance) for one in rows.plbs.values()),
        *(one.name for one in rows.deposits.values()),
    }
    items_add(grant, practice_id, rows, subjects=subjects)
    return rows


def matters_load(grant: Grant, practice_id: int, kind: str, **of: str | None) -> dict[str, Any]:
    """Load all matters of a kind, done or not, that are of a patient, payer or claim.

    Args:
        grant: Opens the practice's payments.
        practice_id: Whose.
        kind: `payment`, `refund`, `plb`, `parked` or `capitation`.
        of: Columns of `Matter` such as `patient_id`.
    """
    record = dict(_MATTERS.values())[kind]
    rows = Matter.objects.under(grant, practice_id=practice_id).filter(kind=kind, **of)
    return {
        row.name: msgspec.json.decode(bytes(row.content), type=record)
        for row in rows.order_by("id")
    }


def adjudications_load(
    grant: Grant, practice_id: int, claims: Iterable[object]
) -> dict[str, core.Adjudication]:
    """Load the adjudications of claims with the entries they posted, oldest first."""
    rows = Adjudication.objects.under(grant, practice_id=practice_id)
    found = list(rows.filter(claim_id__in=[str(item) for item in claims]).order_by("id"))
    keys = [key for row in found for key in row.entry_keys]
    entries = entries_by_key(grant, practice_id, keys)
    return {
        row.key: msgspec.structs.replace(
            msgspec.json.decode(bytes(row.content), type=core.Adjudication),
            entries=tuple(entries[key] for key in row.entry_keys),
            reversed_by=row.reversed_by,
        )
        for row in found
    }


def ordinals_posted(grant: Grant, practice_id: int, remittance: Ref) -> set[int]:
    """Give the ordinals of a remittance's claims that are posted to claims of ours."""
    rows = Adjudication.objects.under(grant, practice_id=practice_id)
    return set(rows.filter(remittance_id=remittance).values_list("ordinal", flat=True))


def remittances_load(
    grant: Grant, practice_id: int, *, trace: str
) -> tuple[dict[object, core.RemittanceState], dict[str, core.Deposit]]:
    """Load what is known of a trace: its remittances, and its bank money."""
    rows = Remittance.objects.under(grant, practice_id=practice_id).filter(trace=trace)
    remittances: dict[object, core.RemittanceState] = {str(row.id): _state(row) for row in rows}
    deposits = Deposit.objects.under(grant, practice_id=practice_id).filter(trace=trace)
    return remittances, {
        row.trace: core.Deposit(
            trace=row.trace,
            payer_trace_id=row.payer_trace_id,
            amount_cents=row.amount_cents,
            status=row.state,
        )
        for row in deposits
    }


def remittances_changed(
    grant: Grant, practice_id: int, parked: Iterable[core.Parked]
) -> dict[Ref, core.RemittanceState]:
    """Load the remittances whose parked parts are other than when they were last restated.

    Args:
        grant: Opens the practice's payments.
        practice_id: Whose.
        parked: All parts of the practice that are parked now.
    """
    now = Counter(str(one.remittance) for one in parked)
    rows = Remittance.objects.under(grant, practice_id=practice_id)
    held = rows.filter(state="partially_posted").values_list("id", "parked")
    changed = [ref for ref, count in held if now[str(ref)] != count]
    return {str(row.id): _state(row) for row in rows.filter(id__in=changed)}


def _state(row: Remittance) -> core.RemittanceState:
    return core.RemittanceState(
        remittance=str(row.id),
        key=(row.payer_trace_id, row.trace, row.payee),
        digest=row.digest,
        status=row.state,
        amount_cents=row.amount_cents,
        is_without_money=row.method == "NON" or not row.amount_cents,
        parked=row.parked,
        content=msgspec.json.decode(bytes(row.content), type=Content) if row.content else None,
    )


def posting_save(
    grant: Grant, practice_id: int, decision: Decision, *, at: datetime, what: Happening
) -> None:
    """Store a whole decision in this transaction."""
    decision_save(grant, practice_id, decision, at=at, what=what)
    for told in decision_witnesses:
        told(decision)
    rows_put(
        Adjudication,
        ("practice_id", "key"),
        (
            _adjudication_row(grant, practice_id, one)
            for one in decision.rows.adjudications.values()
        ),
    )
    remittances = Remittance.objects.under(grant, practice_id=practice_id)
    for ref, state in decision.rows.remittances.items():
        remittances.filter(id=ref).update(**remittance_changes(state, at))
    for deposit in decision.rows.deposits.values():
        rows = Deposit.objects.under(grant, practice_id=practice_id)
        rows.filter(trace=deposit.trace).update(state=deposit.status)
    rows_put(
        Matter,
        ("practice_id", "kind", "name"),
        (
            _matter_row(grant, practice_id, kind, str(name), record, at)
            for field, (kind, _) in _MATTERS.items()
            for name, record in getattr(decision.rows, field).items()
        ),
    )
    closed = [period for period, is_closed in decision.rows.closed_periods.items() if is_closed]
    if closed:
        periods_close(grant, practice_id, closed, at=at)


def _adjudication_row(grant: Grant, practice_id: int, one: core.Adjudication) -> Row:
    return {
        "id": new_id(),
        "tenant_id": grant.tenant_id,
        "practice_id": practice_id,
        "key": one.key,
        "remittance_id": one.remittance,
        "ordinal": one.remit.ordinal,
        "claim_id": one.claim,
        "number": one.remit.claim_number,
        "status_code": one.remit.status_code,
        "payer_control_number": one.remit.payer_control_number,
        "charge_cents": one.remit.charge_cents,
        "paid_cents": one.remit.paid_cents,
        "patient_cents": one.remit.patient_cents,
        "content": _adjudication_content(one),
        "entry_keys": [entry.key for entry in one.entries],
        "reversed_by": one.reversed_by,
    }


def _adjudication_content(one: core.Adjudication) -> bytes:
    kept = msgspec.structs.replace(one, remit=without_names(one.remit), entries=(), reversed_by="")
    return msgspec.json.encode(kept)


def without_names(remit: RemitClaim) -> RemitClaim:
    """Take out what identifies a person; it stands in the sealed file."""
    return msgspec.structs.replace(remit, patient_name="", member_id="")


def content_kept(content: Content) -> bytes:
    """Write a remittance that may still be posted, without names of persons."""
    claims = tuple(without_names(claim) for claim in content.claims)
    return msgspec.json.encode(msgspec.structs.replace(content, claims=claims))


def remittance_changes(state: core.RemittanceState, at: datetime) -> dict[str, Any]:
    """Give the columns of a remittance that posting changes."""
    changes = {
        "state": state.status,
        "parked": state.parked,
        "is_held_back": not state.is_posted and state.status != "posting",
        "content": content_kept(state.content) if state.content else None,
    }
    return changes | {"posted_at": at} if state.is_posted else changes


def _matter_row(
    grant: Grant, practice_id: int, kind: str, name: str, record: Any, at: datetime
) -> Row:
    if isinstance(record, core.Parked):
        record = msgspec.structs.replace(record, remit=without_names(record.remit))
    is_open = getattr(record, "is_open", True)
    if isinstance(record, core.Refund):
        is_open = record.status in ("approved", "paid")
    if isinstance(record, core.Capitation):
        is_open = set(record.earned) != set(record.months)
    if isinstance(record, core.OpenPlb):
        is_open = bool(record.left_cents)
    return {
        "id": new_id(),
        "tenant_id": grant.tenant_id,
        "practice_id": practice_id,
        "kind": kind,
        "name": name,
        "is_open": is_open,
        "amount_cents": getattr(record, "left_cents", getattr(record, "amount_cents", 0)),
        "remittance_id": getattr(record, "remittance", None) or None,
        "claim_id": getattr(record, "claim", None) or None,
        "patient_id": getattr(record, "patient", None) or None,
        "payer_id": getattr(record, "payer", None) or None,
        "content": msgspec.json.encode(record),
        "changed_at": at,
    }
