"""`cleanclaim bill`: what files of a day hold, routed to practices and taken in."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from cleanclaim.apps.claims.public import claims_record, numbers_used
from cleanclaim.apps.encounters.public import intake_take
from cleanclaim.apps.practices.public import practice_list
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.public import Tenant
from cleanclaim.config.billing_sources import read_any, read_bytes
from cleanclaim.core.intake import EncounterDraft, Intake
from cleanclaim.core.intake.shape import draft_findings
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope, tenant_scope

ACTOR = "command:bill"
_UNITS = {"837P": "claims", "fhir": "encounters", "superbill": "rows"}


class FileCounts(msgspec.Struct):
    """How what a file holds ended; imported + waiting + already + refused = given."""

    name: str
    unit: str
    given: int = 0
    imported: int = 0
    waiting: int = 0
    already: int = 0
    refused: int = 0
    findings: list[str] = []


def bill_file(
    path: Path,
    tenant: Tenant,
    practice_npi: str,
    clock: Callable[[], datetime],
    *,
    is_sent: bool = False,
) -> FileCounts:
    """Take one file in.

    Args:
        path: A superbill, a FHIR bundle or an 837P.
        tenant: The company that it is for.
        practice_npi: The client, or empty: the billing NPI of each encounter decides.
        clock: Gives the instant.
        is_sent: The file is an 837P that another system has sent: its claims are recorded so.

    Raises:
        Refusal: The file can't be read or is none of the three, or no practice has this NPI.
    """
    practices = _practices(tenant, clock())
    if practice_npi and practice_npi not in practices:
        raise Refusal("unknown_practice", f"No practice here has the NPI {practice_npi}.")
    content = read_bytes(path)
    kind, intake = read_any(content, is_sent=is_sent)
    counts = FileCounts(path.name, _UNITS[kind], given=intake.given)
    counts.refused = intake.refused_rows
    counts.findings = [finding.message for finding in (*intake.refused, *intake.notes)]
    groups: dict[int, list[EncounterDraft]] = defaultdict(list)
    for draft in intake.drafts:
        npi = practice_npi or draft.billing_npi
        wrong = draft_findings(draft) or _unknown_practice(draft, npi, practices)
        if wrong:
            _refuse(counts, draft, wrong)
        else:
            groups[practices[npi]].append(draft)
    for practice_id, drafts in groups.items():
        grant = _leave(tenant, practice_id, clock())
        mine = _free(grant, practice_id, drafts, counts, clock()) if is_sent else drafts
        own = Intake(given=0, drafts=tuple(mine), refused=(), refused_rows=0)
        row = intake_take(grant, practice_id, own, content=content, kind=kind, at=clock())
        counts.imported += row.imported
        counts.waiting += row.waiting
        counts.already += row.already
        counts.refused += row.refused
        counts.findings += [finding["message"] for finding in row.findings]
        if is_sent:
            _record(grant, practice_id, clock)
    return counts


def _leave(tenant: Tenant, practice_id: int, at: datetime) -> Grant:
    return work_grant(tenant.policy, tenant.id, (practice_id,), actor=ACTOR, at=at)


def _record(grant: Grant, practice_id: int, clock: Callable[[], datetime]) -> None:
    """Make the claims that were sent, also those of a command that was cut short before."""
    while True:
        at = clock()
        with scope(grant, at=at):
            if not claims_record(grant, practice_id, at=at, day=at.date()):
                return


def _free(
    grant: Grant,
    practice_id: int,
    drafts: Iterable[EncounterDraft],
    counts: FileCounts,
    at: datetime,
) -> list[EncounterDraft]:
    """Leave out claims whose number another claim here went out under: answers would be its."""
    drafts = list(drafts)
    with scope(grant, at=at):
        used = numbers_used(grant, practice_id, {one.foreign_control_number for one in drafts})
    for draft in drafts:
        if draft.foreign_control_number in used:
            words = "another claim was sent from here under its number: send it with a new one"
            _refuse(counts, draft, [_finding("INTAKE-NUMBER", draft, "CLM01", words)])
    return [one for one in drafts if one.foreign_control_number not in used]


def _refuse(counts: FileCounts, draft: EncounterDraft, why: Iterable[Finding]) -> None:
    counts.refused += len(draft.places)
    counts.findings += [finding.message for finding in why]


def _practices(tenant: Tenant, at: datetime) -> dict[str, int]:
    with tenant_scope(tenant.id, actor=ACTOR, at=at):
        return {practice.npi: int(practice.id) for practice in practice_list()}


def _unknown_practice(draft: EncounterDraft, npi: str, practices: dict[str, int]) -> list[Finding]:
    if npi in practices:
        return []
    words = (
        "no practice here bills under its NPI: set the practice up, or name the client with "
        "--practice"
    )
    return [_finding("INTAKE-PRACTICE", draft, "billing_npi", words)]


def _finding(code: str, draft: EncounterDraft, field: str, words: str) -> Finding:
    place = f"{draft.place_word} {draft.places[0]}"
    return Finding(
        code=code,
        severity=Severity.BLOCKS,
        place=f"{place}, {field}",
        message=f"{place.capitalize()} is refused: {words}.",
    )
