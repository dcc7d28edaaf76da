"""Writing contracts and price lists; what a claim should bring is kept with its check."""

from collections.abc import Iterable, Sequence

from cleanclaim.apps.contracts.models import Contract, Rate
from cleanclaim.apps.contracts.queries import held_by
from cleanclaim.core.intake.terms import ContractRow, FeeRow
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record

_AT_ONCE = 5_000


def contracts_keep(grant: Grant, practice_id: int, rows: Iterable[ContractRow]) -> int:
    """Keep contracts; one that is there under name and first day is corrected."""
    made = [
        Contract(
            practice_id=practice_id,
            contract=row.contract,
            payer_id=row.payer_id,
            plan=row.plan,
            provider_npis=list(row.provider_npis),
            method=row.method,
            percent=row.percent,
            locality=row.locality,
            lesser_of_charge=row.lesser_of_charge,
            start_date=row.start_date,
            end_date=row.end_date,
        )
        for row in rows
    ]
    values = ["payer_id", "plan", "provider_npis", "method", "percent", "locality"]
    held_by(grant, practice_id, Contract).bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["practice_id", "contract", "start_date"],
        update_fields=[*values, "lesser_of_charge", "end_date"],
    )
    audit_record(action="change", resource_type="contract", practice_id=practice_id)
    return len(made)


def fees_replace(grant: Grant, practice_id: int, rows: Sequence[FeeRow]) -> int:
    """Put price lists in the place of the older ones, whole: each contract that the rows name.

    Why whole: a code that a payer took off its list must not keep its price. Dates within a list
    keep the past.

    Raises:
        Refusal: `unknown_contract`: the fee schedule belongs to none.
    """
    lists = {row.contract for row in rows}
    known = held_by(grant, practice_id, Contract)
    held = set(known.values_list("contract", flat=True))
    if missing := sorted(lists - held - {""}):
        raise Refusal("unknown_contract", f"There is no contract {missing[0]}: load it first.")
    held_by(grant, practice_id, Rate).filter(contract__in=lists).delete()
    held_by(grant, practice_id, Rate).bulk_create(
        [
            Rate(
                practice_id=practice_id,
                contract=row.contract,
                code=row.code,
                modifier=row.modifier,
                place=row.place,
                provider_npi=row.provider_npi,
                payer_id=row.payer_id,
                plan=row.plan,
                amount_cents=row.amount_cents,
                start_date=row.start_date,
                end_date=row.end_date,
            )
            for row in rows
        ],
        batch_size=_AT_ONCE,
    )
    audit_record(
        action="change",
        resource_type="fees",
        practice_id=practice_id,
        detail={"rows": len(rows)},
    )
    return len(rows)
