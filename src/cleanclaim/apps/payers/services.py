"""Writing payers; the identifier in the exchange is the natural key."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from cleanclaim.apps.payers.models import Payer
from cleanclaim.core import claim as core
from cleanclaim.core.intake.terms import PayerRow
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record


def payer_create(*, payer_id: str, name: str, filing_indicator: str, **terms: Any) -> Payer:
    """Make a confirmed payer, or find it.

    Args:
        payer_id: Its identifier in the exchange.
        name: As it is written on claims.
        filing_indicator: `CI`, `MB` …
        terms: Other fields of `Payer`.

    Raises:
        Refusal: `key_reused`: the identifier is another payer's.
    """
    wanted = {"name": name, "filing_indicator": filing_indicator} | terms
    payer, is_new = Payer.objects.get_or_create(
        payer_id=payer_id, defaults=wanted | {"state": Payer.State.CONFIRMED}
    )
    if not is_new and payer.name != name:
        raise Refusal("key_reused", f"The payer {payer_id} is there already under another name.")
    return payer


def payers_draft(payers: Iterable[core.Payer]) -> dict[str, Payer]:
    """Make drafts of payers that came in with an encounter and are not known.

    Returns:
        All of them by identifier, known or new.
    """
    named = {item.payer_id: item for item in payers}
    Payer.objects.bulk_create(
        [
            Payer(payer_id=key, name=item.name or key, filing_indicator=item.filing_indicator)
            for key, item in sorted(named.items())
        ],
        ignore_conflicts=True,
    )
    return {item.payer_id: item for item in Payer.objects.filter(payer_id__in=named)}


def payer_confirm(payer_id: UUID) -> None:
    """Confirm a draft, so that it holds no claim any more."""
    changed = Payer.objects.filter(id=payer_id, state=Payer.State.DRAFT).update(
        state=Payer.State.CONFIRMED
    )
    if not changed:
        raise Refusal("wrong_state", "The payer is not a draft.")
    audit_record(action="confirm", resource_type="payer", resource_ids=[payer_id])


def payer_profiles_keep(rows: Iterable[PayerRow]) -> int:
    """Note what payers want; a wish that a row leaves empty stays as it was.

    Raises:
        Refusal: `unknown_payer`; then nothing is written.
    """
    wanted = list(rows)
    payers = {row.payer_id: row for row in Payer.objects.all()}
    missing = sorted({row.payer_id for row in wanted} - set(payers))
    if missing:
        raise Refusal("unknown_payer", f"There is no payer {missing[0]} here.")
    for row in wanted:
        payer = payers[row.payer_id]
        payer.profile = payer.profile | _wishes(row)
        if row.filing_days is not None:
            payer.timely_filing_days = row.filing_days
        payer.save(update_fields=["profile", "timely_filing_days"])
    audit_record(
        action="change",
        resource_type="payer",
        resource_ids=[payers[row.payer_id].id for row in wanted],
    )
    return len(wanted)


def _wishes(row: PayerRow) -> dict[str, Any]:
    told = {
        name: value
        for name in row.__struct_fields__
        if name not in {"payer_id", "filing_days", "authorization_codes", "telehealth_forms"}
        and (value := getattr(row, name)) is not None
    }
    if row.authorization_codes:
        ranges = [one.partition("-") for one in row.authorization_codes]
        codes = [[first, last or first] for first, _, last in ranges]
        told["authorization_rules"] = [{"codes": codes}]
    if row.telehealth_forms:
        told["telehealth_forms"] = [one.split("-") for one in row.telehealth_forms]
    return told


def payer_complete(row_id: UUID, *, name: str, payer_id: str, filing_indicator: str) -> None:
    """Confirm a draft with the facts that a person looked up, so that it holds no claim any more.

    Raises:
        Refusal: `key_reused`: the identifier is another payer's; `wrong_state`.
    """
    if Payer.objects.filter(payer_id=payer_id).exclude(id=row_id).exists():
        raise Refusal("key_reused", "Another payer has this identifier in the exchange.")
    Payer.objects.filter(id=row_id).update(
        name=name, payer_id=payer_id, filing_indicator=filing_indicator
    )
    payer_confirm(row_id)
