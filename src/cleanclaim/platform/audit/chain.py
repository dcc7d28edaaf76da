"""The chain over a tenant's events: made by one sequencer, checked by anybody, anchored outside.

Events are written without a number, so that writers do not wait for each other. The sequencer
numbers those whose transactions can have no older neighbour any more: below the snapshot's xmin.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Q

from cleanclaim.platform.audit.models import AuditEvent, AuditLink
from cleanclaim.platform.models.scope import scope_now

START = bytes(32)
_FIELDS = (
    *("id", "tenant_id", "practice_id", "at", "actor", "action", "resource_type", "resource_ids"),
    *("resource_count", "outcome", "purpose", "recipient", "rule", "policy_digest"),
    *("decision_id", "detail", "transaction_number"),
)


class Head(msgspec.Struct, frozen=True):
    """The newest link of a tenant's chain; kept elsewhere it is an anchor."""

    tenant_id: int
    number: int
    digest: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of the chain found; `faults` is empty where everything holds."""

    head: Head
    unnumbered: int
    faults: tuple[str, ...]


def chain_extend(*, limit: int = 5000, catch_up: bool = False) -> int:
    """Number and link the events of the scope's tenant that are ripe, in their order.

    Args:
        limit: At most so many in this transaction.
        catch_up: Look at all events, not only behind the last link: after a restore, where the
            transaction numbers began anew.

    Returns:
        How many were linked.
    """
    tenant_id = scope_now().tenant_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7001, %s)", [tenant_id])
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        xmin = cursor.fetchone()[0]
    last = AuditLink.objects.select_related("event").order_by("-number").first()
    number, digest = (last.number, bytes(last.digest)) if last else (0, START)
    events = AuditEvent.objects.filter(transaction_number__lt=xmin)
    if catch_up:
        events = events.filter(link=None)
    elif last:
        same = Q(transaction_number=last.event.transaction_number, id__gt=last.event_id)
        events = events.filter(same | Q(transaction_number__gt=last.event.transaction_number))
    links = []
    for event in events.order_by("transaction_number", "id").values(*_FIELDS)[:limit]:
        number, digest = number + 1, _digest(digest, event)
        links.append(AuditLink(number=number, event_id=event["id"], digest=digest))
    AuditLink.objects.bulk_create(links, batch_size=1000)
    return len(links)


def chain_head() -> Head:
    """Tell the newest link of the scope's tenant; number 0 where there is none."""
    tenant_id = scope_now().tenant_id or 0
    last = AuditLink.objects.order_by("-number").first()
    if last is None:
        return Head(tenant_id, 0, START.hex())
    return Head(tenant_id, last.number, bytes(last.digest).hex())


def chain_verify(anchors: Iterable[Head] = ()) -> Verdict:
    """Check the whole chain of the scope's tenant against its events and against anchors.

    Why anchors: who can rewrite the database can rewrite a chain; heads kept elsewhere show it.

    Args:
        anchors: Heads noted earlier, of this tenant.
    """
    faults = []
    wanted = {anchor.number: anchor.digest for anchor in anchors if anchor.number}
    number, digest = 0, START
    for link in _links():
        number += 1
        if link["number"] != number:
            faults.append(f"link {number} is missing")
            number = link["number"]
        event = {name: link[f"event__{name}"] for name in _FIELDS}
        expected = _digest(digest, event)
        digest = bytes(link["digest"])
        if digest != expected:
            faults.append(f"event {event['id']} at {number} is not what was linked")
        if wanted.pop(number, digest.hex()) != digest.hex():
            faults.append(f"link {number} differs from its anchor")
    faults += [f"the chain ends before the anchor at {number}" for number in sorted(wanted)]
    return Verdict(
        head=Head(scope_now().tenant_id or 0, number, digest.hex()),
        unnumbered=AuditEvent.objects.filter(link=None).count(),
        faults=tuple(faults),
    )


def anchor_append(head: Head, folder: Path, at: datetime) -> None:
    """Note a head in a file outside the database, one line a head; best on another machine."""
    with (folder / f"tenant-{head.tenant_id}.anchors").open("a") as file:
        file.write(f"{at.astimezone(UTC).isoformat()} {head.number} {head.digest}\n")


def anchors_read(folder: Path, tenant_id: int) -> list[Head]:
    """Read the noted heads of a tenant; empty where there are none."""
    path = folder / f"tenant-{tenant_id}.anchors"
    lines = path.read_text().splitlines() if path.exists() else []
    return [Head(tenant_id, int(number), digest) for _, number, digest in map(str.split, lines)]


def _links() -> Iterator[dict[str, Any]]:
    names = ("number", "digest", *(f"event__{name}" for name in _FIELDS))
    rows: Iterator[dict[str, Any]] = (
        AuditLink.objects.order_by("number").values(*names).iterator(chunk_size=2000)
    )
    return rows


def _digest(before: bytes, event: dict[str, Any]) -> bytes:
    values = [
        event[name].astimezone(UTC).isoformat() if name == "at" else event[name] for name in _FIELDS
    ]
    text = msgspec.json.encode(values, order="sorted")
    return hashlib.sha256(before + text).digest()
