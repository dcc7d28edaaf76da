"""Lists of terms taken in: what each is called, how a row looks, and who keeps it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cleanclaim.apps.authorization.public import answers_keep, authorizations_keep, stays_keep
from cleanclaim.apps.claims.public import practice_recheck
from cleanclaim.apps.contracts.public import contracts_keep, fees_replace
from cleanclaim.apps.encounters.public import documents_keep
from cleanclaim.apps.payers.public import payer_profiles_keep
from cleanclaim.apps.practices.public import (
    certificates_keep,
    credentials_keep,
    enrollments_keep,
    practice_facts_keep,
    practice_list,
)
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.public import Tenant
from cleanclaim.core.intake import terms
from cleanclaim.core.intake.sheet import read_sheet
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope

ACTOR = "command:terms"


class Kind(NamedTuple):
    """One list: its rows, and the service that keeps them for a practice."""

    row: type[msgspec.Struct]
    keep: Callable[[Grant, int, Any], int]


KINDS = {
    "charges": Kind(terms.FeeRow, fees_replace),
    "contracts": Kind(terms.ContractRow, contracts_keep),
    "fees": Kind(terms.FeeRow, fees_replace),
    "credentials": Kind(terms.CredentialRow, credentials_keep),
    "enrollments": Kind(terms.EnrollmentRow, enrollments_keep),
    "certificates": Kind(terms.CertificateRow, certificates_keep),
    "authorizations": Kind(terms.AuthorizationRow, authorizations_keep),
    "eligibility": Kind(terms.EligibilityRow, answers_keep),
    "stays": Kind(terms.StayRow, stays_keep),
    "visits": Kind(terms.VisitRow, documents_keep),
    "practice": Kind(terms.PracticeRow, practice_facts_keep),
    "payers": Kind(terms.PayerRow, lambda _grant, _practice, rows: payer_profiles_keep(rows)),
}


class Taken(NamedTuple):
    """What became of a list: rows kept, claims checked again because of it, and held now."""

    rows: int
    checked: int
    held: int


def terms_take(path: Path, kind: str, tenant: Tenant, practice_npi: str, at: datetime) -> Taken:
    """Take one list in, whole or not at all, and check the practice's waiting claims again.

    Args:
        path: A CSV with the columns of the list's template.
        kind: A key of `KINDS`.
        tenant: The company.
        practice_npi: The client, by its NPI; empty where the company has one.
        at: The instant of the writing.

    Raises:
        Refusal: `list_refused` with the first findings; nothing was written.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("cannot_read", f"{path} can't be read as text.") from error
    rows, findings = read_sheet(text, KINDS[kind].row)
    if findings:
        told = "\n  ".join(one.message for one in findings)
        raise Refusal("list_refused", f"{path.name} was refused, nothing was changed:\n  {told}")
    _refuse_wrong_prices(kind, rows)
    practice_id = _practice_id(tenant, practice_npi, at)
    grant = work_grant(tenant.policy, tenant.id, (practice_id,), actor=ACTOR, at=at)
    with scope(grant, at=at):
        count = KINDS[kind].keep(grant, practice_id, rows)
        again = practice_recheck(grant, practice_id, at=at)
    return Taken(count, again.checked, again.held)


def _refuse_wrong_prices(kind: str, rows: tuple[Any, ...]) -> None:
    """Hold charge masters and fee schedules apart, so that neither replaces the other."""
    if kind == "charges" and any(row.contract for row in rows):
        raise Refusal("list_refused", "A charge master names no contract; load it as fees.")
    if kind == "fees" and not all(row.contract for row in rows):
        raise Refusal("list_refused", "Each fee names its contract; a charge master is `charges`.")


def _practice_id(tenant: Tenant, npi: str, at: datetime) -> int:
    with tenant_scope(tenant.id, actor=ACTOR, at=at):
        found = {one.npi: int(one.id) for one in practice_list() if npi in ("", one.npi)}
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise Refusal("unknown_practice", "The company has no such practice.")
    raise Refusal("which_practice", f"Name the practice with --practice: {', '.join(found)}.")
