"""Versions of claims as they go out: kept for ever, in two parts."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cleanclaim.apps.claims.models import ClaimPerson, ClaimVersion
from cleanclaim.core import claim as core
from cleanclaim.core.claim.split import join_claim, split_claim
from cleanclaim.core.posting.submission import Plan
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert
from cleanclaim.platform.sealed.keyset import sealer
from cleanclaim.platform.sealed.record import sealed_place


def versions_keep(
    grant: Grant,
    practice_id: int,
    sent: Sequence[tuple[Plan, core.Claim]],
    *,
    at: datetime,
    releases: Sequence[str] = (),
) -> list[UUID]:
    """Keep what goes out: codes and cents as they are, the person sealed and erasable.

    Args:
        grant: Opens the practice's claims.
        practice_id: Whose.
        sent: Each plan with the claim that was put together for it.
        at: The instant of the writing.
        releases: Code-table releases that the claims were checked with.

    Returns:
        Ids of the versions, in order.
    """
    by = sealer(practice_id)
    ids = [new_id() for _ in sent]
    versions, people = [], []
    for version_id, (plan, claim) in zip(ids, sent, strict=True):
        person, rest = split_claim(claim)
        versions.append(
            {
                "id": version_id,
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "claim_id": plan.claim,
                "version": plan.version,
                "number": plan.claim_number,
                "kind": plan.kind,
                "frequency_code": plan.frequency_code,
                "content": rest,
                "digest": hashlib.sha256(rest).hexdigest(),
                "releases": releases,
                "made_at": at,
                "actor": grant.actor,
            }
        )
        row_id = new_id()
        people.append(
            {
                "id": row_id,
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "version_id": version_id,
                "sealed": by.seal(person, sealed_place("claim_person", row_id)),
            }
        )
    rows_insert(ClaimVersion, versions)
    rows_insert(ClaimPerson, people)
    return ids


def version_claim(version: ClaimVersion) -> core.Claim:
    """Put a sent version together again, as it went out.

    Raises:
        Refusal: `erased`: the person's data is gone.
    """
    person = version.person
    by = sealer(version.practice_id)
    content = by.open(bytes(person.sealed), sealed_place("claim_person", person.id))
    return join_claim(content, bytes(version.content))
