"""`cleanclaim bill`: what files of a day hold, routed to practices and taken in."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import msgspec

from cleanclaim.apps.encounters.public import intake_take
from cleanclaim.apps.practices.public import practice_list
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.public import Tenant
from cleanclaim.core.edi import claim_from_837p
from cleanclaim.core.intake import EncounterDraft, Intake, read_fhir_bundle, read_superbill
from cleanclaim.core.intake.foreign import draft_from_claim
from cleanclaim.core.intake.shape import draft_findings
from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import tenant_scope
from cleanclaim_x12.syntax import read_runs
from cleanclaim_x12.typed.files import UnreadableError
from cleanclaim_x12.typed.t837p import stream_837p

ACTOR = "command:bill"
_CLAIM_TAG = "CLM"


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
    path: Path, tenant: Tenant, practice_npi: str, clock: Callable[[], datetime]
) -> FileCounts:
    """Take one file in.

    Args:
        path: A superbill, a FHIR bundle or an 837P.
        tenant: The company that it is for.
        practice_npi: The client, or empty: the billing NPI of each encounter decides.
        clock: Gives the instant.

    Raises:
        Refusal: The file can't be read, or no practice has this NPI.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refusal("cannot_read", f"{path} can't be read: {error.strerror}.") from error
    kind, intake = read_any(content)
    unit = "claims" if kind == "837P" else "encounters" if kind == "fhir" else "rows"
    counts = FileCounts(path.name, unit, given=intake.given)
    counts.refused = intake.refused_rows
    counts.findings = [finding.message for finding in intake.refused]
    practices = _practices(tenant, clock())
    groups: dict[int, list[EncounterDraft]] = defaultdict(list)
    for draft in intake.drafts:
        npi = practice_npi or draft.billing_npi
        wrong = draft_findings(draft) or _unknown_practice(draft, npi, practices)
        if wrong:
            counts.refused += len(draft.places)
            counts.findings += [finding.message for finding in wrong]
        else:
            groups[practices[npi]].append(draft)
    for practice_id, drafts in groups.items():
        at = clock()
        grant = work_grant(tenant.policy, tenant.id, (practice_id,), actor=ACTOR, at=at)
        own = Intake(given=0, drafts=tuple(drafts), refused=(), refused_rows=0)
        row = intake_take(grant, practice_id, own, content=content, kind=kind, at=at)
        counts.imported += row.imported
        counts.waiting += row.waiting
        counts.already += row.already
        counts.refused += row.refused
        counts.findings += [finding["message"] for finding in row.findings]
    return counts


def read_any(content: bytes) -> tuple[str, Intake]:
    """Read a source by what it looks like: `837P`, `fhir` or `superbill`."""
    start = content[:4_000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"ISA"):
        return "837P", _read_837p(content)
    if start.startswith((b"{", b"[")):
        return "fhir", read_fhir_bundle(content)
    try:
        return "superbill", read_superbill(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "superbill", read_superbill(content.decode("cp1252", "replace"))


def _read_837p(content: bytes) -> Intake:
    given = sum(
        segment.startswith(_CLAIM_TAG)
        for run in read_runs(content)
        if run.transaction is not None
        for segment in run.segments()
    )
    drafts, refused = [], []
    seen = 0
    for place, draft in enumerate(_foreign(content), 1):
        seen = place
        if isinstance(draft, EncounterDraft):
            drafts.append(draft)
        else:
            refused.append(draft)
    unread = given - seen
    if unread > 0 or not given:
        refused.append(_finding("file", "its claims are no professional claims (837P)"))
    return Intake(
        given=given,
        drafts=tuple(drafts),
        refused=tuple(refused),
        refused_rows=given - len(drafts),
    )


def _foreign(content: bytes) -> Iterator[EncounterDraft | Finding]:
    try:
        for place, typed in enumerate(stream_837p(BytesIO(content)), 1):
            try:
                claim = claim_from_837p(typed)
                if claim.payer_rank > 1:
                    yield _finding(f"claim {place}", "it goes to a later payer")
                    continue
                yield draft_from_claim(claim, place)
            except (Refusal, ValueError, StopIteration) as error:
                yield _finding(f"claim {place}", str(error))
    except UnreadableError as error:
        yield _finding("file", str(error))


def _finding(place: str, why: str) -> Finding:
    return Finding(
        code="INTAKE-CLAIM",
        severity=Severity.BLOCKS,
        place=place,
        message=f"{place} is refused: {why}.",
    )


def _practices(tenant: Tenant, at: datetime) -> dict[str, int]:
    with tenant_scope(tenant.id, actor=ACTOR, at=at):
        return {practice.npi: int(practice.id) for practice in practice_list()}


def _unknown_practice(draft: EncounterDraft, npi: str, practices: dict[str, int]) -> list[Finding]:
    if npi in practices:
        return []
    place = f"row {draft.places[0]}" if draft.places else "the source"
    return [
        Finding(
            code="INTAKE-PRACTICE",
            severity=Severity.BLOCKS,
            place=f"{place}, billing_npi",
            message=f"{place} is refused: no practice here bills under this NPI. "
            "Set the practice up, or name the client with --practice.",
        )
    ]
