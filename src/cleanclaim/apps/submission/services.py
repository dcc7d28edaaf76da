"""Claims out: versions are kept, numbers given, bytes written, all in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.public import (
    Assembled,
    Claim,
    Happening,
    claims_assemble,
    decision_save,
    rows_load,
    versions_keep,
)
from cleanclaim.apps.exchange.public import (
    Connection,
    Interchange,
    control_number_take,
    interchange_seal,
)
from cleanclaim.apps.privacy.public import claim_for_grant
from cleanclaim.apps.submission.models import Batch, BatchClaim
from cleanclaim.core import claim as core
from cleanclaim.core.claim.restriction import without_later_payers
from cleanclaim.core.claim.stages import Stage, SubmissionKind
from cleanclaim.core.edi.claim_to_837p import (
    batch_head,
    claims_to_837p,
    receiver_party,
    submitter_party,
)
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.posting.remittance import decisions_join
from cleanclaim.core.posting.state import Policy, Rows
from cleanclaim.core.posting.submission import Plan, submission_plan, version_sent
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert
from cleanclaim_x12.typed.files import Envelope, Options, Written
from cleanclaim_x12.typed.t837p import write_837p

TO_SEND = {
    Stage.READY: SubmissionKind.ORIGINAL,
    Stage.SECONDARY_READY: SubmissionKind.SECONDARY,
}

type Prior = Callable[[Grant, int, Sequence[str]], dict[str, Callable[[core.Claim], core.Claim]]]


class Submitter(msgspec.Struct, frozen=True, kw_only=True):
    """Who sends: the billing company as it stands in loop 1000A."""

    name: str
    contact: str
    phone: str


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """An interchange that is ready to leave, and the claims that could not go with it."""

    interchange_id: UUID | None
    claims: int
    refused: dict[str, str]


def claims_to_send(grant: Grant, practice_id: int, limit: int) -> list[str]:
    """Give claims that may go out now, oldest first; those another writer holds are left to it."""
    rows = Claim.objects.under(grant, practice_id=practice_id).filter(stage__in=list(TO_SEND))
    found = rows.order_by("id").select_for_update(skip_locked=True).values_list("id", flat=True)
    return [str(item) for item in found[:limit]]


def claims_seal(  # noqa: PLR0913  a submission has this many sides
    grant: Grant,
    practice_id: int,
    claim_ids: Sequence[str],
    *,
    leave: Grant,
    connection: Connection,
    submitter: Submitter,
    at: datetime,
    day: date,
    kind: SubmissionKind | None = None,
    policy: Policy | None = None,
    prior: Prior | None = None,
) -> Sealed:
    """Write claims into one interchange and keep it, with every version that is in it.

    One transaction: control number, versions, batch, bytes and stages are there together or not
    at all, and nothing has left yet.

    Args:
        grant: Opens the practice's claims, to be sent to a payer.
        practice_id: One interchange holds one practice.
        claim_ids: Whose newest content goes out.
        leave: The leave to disclose them; only the fields that it opens are written.
        connection: Where to.
        submitter: Who sends.
        at: The instant, on the envelope too.
        day: Day of sending.
        kind: Why; by the claim's stage where it is not said.
        policy: The switches that guards read.
        prior: Adds what earlier payers decided to secondary claims.

    Returns:
        The interchange, or none where no claim may go; a reason for each claim that may not.
    """
    rows = rows_load(grant, practice_id, claim_ids)
    plans, refused = _plans(rows, claim_ids, kind, policy or Policy(), day)
    if not plans:
        return Sealed(interchange_id=None, claims=0, refused=refused)
    whole = _versions(grant, practice_id, plans, prior)
    claims = [claim_for_grant(claim, leave) for claim in whole]
    number = control_number_take(connection, practice_id, at=at)
    written = _write(claims, connection, submitter, number, at)
    interchange = interchange_seal(practice_id, connection, number, written.data, at=at)
    versions = versions_keep(grant, practice_id, list(zip(plans, claims, strict=True)), at=at)
    _batch(grant, practice_id, interchange, claims, plans, versions)
    decision = decisions_join(version_sent(rows, plan, day) for plan in plans)
    decision_save(
        grant,
        practice_id,
        _as_batched(decision),
        at=at,
        what=Happening("sealed", interchange.name),
    )
    return Sealed(interchange_id=interchange.id, claims=len(plans), refused=refused)


def _plans(
    rows: Rows,
    claim_ids: Sequence[str],
    kind: SubmissionKind | None,
    policy: Policy,
    day: date,
) -> tuple[list[Plan], dict[str, str]]:
    plans, refused = [], {}
    for claim in claim_ids:
        state = rows.claims[claim]
        wanted = kind or state.planned or TO_SEND.get(state.stage, SubmissionKind.ORIGINAL)
        if wanted is SubmissionKind.ORIGINAL and state.version:
            wanted = SubmissionKind.RESUBMIT
        try:
            plans.append(submission_plan(rows, claim, wanted, policy, day))
        except Refusal as refusal:
            refused[claim] = str(refusal)
    return plans, refused


def _versions(
    grant: Grant, practice_id: int, plans: Sequence[Plan], prior: Prior | None
) -> list[core.Claim]:
    """Put together what goes out, in the order of the plans."""
    ids = [str(plan.claim) for plan in plans]
    found = Claim.objects.under(grant, practice_id=practice_id).filter(id__in=ids)
    claims = {str(row.id): row for row in found.select_related("encounter")}
    encounters = {row.encounter_id: row.encounter for row in claims.values()}
    assembled: dict[UUID, Assembled] = {
        item.encounter.id: item
        for item in claims_assemble(grant, practice_id, list(encounters.values()))
    }
    add = prior(grant, practice_id, ids) if prior else {}
    out = []
    for plan, claim_id in zip(plans, ids, strict=True):
        row = claims[claim_id]
        whole = assembled[row.encounter_id].claim
        if whole is None:
            raise Refusal("nothing_to_send", "Every line of the claim is restricted.")
        version = msgspec.structs.replace(
            whole,
            claim_number=plan.claim_number,
            payer_rank=row.level,
            frequency_code=plan.frequency_code,
            payer_control_number=plan.payer_control_number,
        )
        if not row.encounter.foreign_control_number:  # another system's claim stays whole
            version = without_later_payers(version)
        out.append(add[claim_id](version) if claim_id in add else version)
    return out


def _write(
    claims: Sequence[core.Claim],
    connection: Connection,
    submitter: Submitter,
    number: int,
    at: datetime,
) -> Written:
    head = batch_head(
        f"{number:09d}",
        submitter_party(submitter.name, connection.sender_id, submitter.contact, submitter.phone),
        receiver_party(connection.name, connection.receiver_id),
        at.date(),
        f"{at:%H%M}",
    )
    envelope = Envelope(
        sender_id=connection.sender_id,
        receiver_id=connection.receiver_id,
        date=at.date(),
        time=f"{at:%H%M}",
        interchange_control_number=number,
        group_control_number=number,
        usage="T" if connection.is_test else "P",
        is_acknowledgement_requested=True,
    )
    written = write_837p(head, envelope, Options(transliterate=True), claims_to_837p(claims))
    if not written.data:
        first = written.findings[0]
        raise Refusal("unwritable", f"The batch can't be written: {first.code}.")
    return written


def _batch(
    grant: Grant,
    practice_id: int,
    interchange: Interchange,
    claims: Sequence[core.Claim],
    plans: Sequence[Plan],
    versions: Sequence[UUID],
) -> None:
    batch = Batch(
        practice_id=practice_id,
        interchange=interchange,
        group_control_number=interchange.control_number,
        transaction_control_number="0001",
        reference=f"{interchange.control_number:09d}",
        claim_count=len(claims),
        charge_cents=sum(claim.charge_cents for claim in claims),
    )
    batch.save(force_insert=True)
    rows_insert(
        BatchClaim,
        (
            {
                "id": new_id(),
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "batch_id": batch.id,
                "claim_id": plan.claim,
                "version_id": version,
                "number": plan.claim_number,
                "ordinal": ordinal,
            }
            for ordinal, (plan, version) in enumerate(zip(plans, versions, strict=True), 1)
        ),
    )


def _as_batched(decision: Decision) -> Decision:
    """Nothing has left yet: the claims are batched until the interchange is sent."""
    for ref, state in decision.rows.claims.items():
        if state.stage == Stage.TRANSMITTED:
            decision.rows.claims[ref] = msgspec.structs.replace(state, stage=Stage.BATCHED)
    return decision


def batches_follow(grant: Grant, practice_id: int, *, at: datetime) -> int:
    """Move the claims of interchanges that were sent from batched to transmitted.

    Returns:
        How many claims moved.
    """
    batches = Batch.objects.under(grant, practice_id=practice_id).filter(
        state=Batch.State.SEALED,
        interchange__state__in=[
            Interchange.State.SENT,
            Interchange.State.ACCEPTED,
            Interchange.State.REJECTED,
        ],
    )
    ids = list(batches.values_list("id", flat=True))
    rows = BatchClaim.objects.under(grant, practice_id=practice_id).filter(batch_id__in=ids)
    claims = Claim.objects.under(grant, practice_id=practice_id).filter(
        id__in=rows.values("claim_id"), stage=Stage.BATCHED
    )
    moved: int = claims.update(stage=Stage.TRANSMITTED, changed_at=at)
    batches.filter(id__in=ids).update(state=Batch.State.SENT)
    return moved


def claims_of_batches(
    grant: Grant, practice_id: int, interchange_id: UUID
) -> dict[str, list[BatchClaim]]:
    """Give the claims of an interchange by the control number of their transaction."""
    found: dict[str, list[BatchClaim]] = defaultdict(list)
    rows = BatchClaim.objects.under(grant, practice_id=practice_id)
    rows = rows.filter(batch__interchange_id=interchange_id).select_related("batch")
    for row in rows.order_by("batch_id", "ordinal"):
        found[row.batch.transaction_control_number].append(row)
    return found
