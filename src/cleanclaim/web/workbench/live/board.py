"""The day board: what came in, where it stands, what is stuck and why."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import claim_stage_sums
from cleanclaim.apps.encounters.public import encounter_counts
from cleanclaim.apps.reports.public import ageing_rows
from cleanclaim.apps.work.public import WorkItem, items_counts, items_list
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.live.ageing import ageing_table
from cleanclaim.web.workbench.live.alarms import alarms
from cleanclaim.web.workbench.live.desk import Desk, desk
from cleanclaim.web.workbench.live.runs import board_job
from cleanclaim.web.workbench.live.tasks import CODING, is_task_queue
from cleanclaim.web.workbench.live.words import item_words
from cleanclaim.web.workbench.pages import BoardPage, OwnerNext, Stage, Stuck, StuckRow

_BEFORE = ("draft", "scrub_hold", "ready", "batched", "secondary_ready")
_SENT = ("transmitted", "accepted_file", "accepted_clearinghouse", "forwarded")
_ACCEPTED = ("accepted_payer", "pending")
_REJECTED = ("rejected_file", "rejected_ch", "rejected_payer")
_DECIDED = ("adjudicated", "closed", "reopened")
_STUCK_SHOWN = 5


def board_page(request: HttpRequest, day: date | None) -> BoardPage:
    """Fill the day board."""
    with desk(request, "read", "claim") as place:
        if day not in (None, place.today):
            raise Http404  # the figures are those of now; no board of another day is kept
        sums = claim_stage_sums(place.grant)
        counts = items_counts(place.grant, day=place.today)
        ageing = ageing_rows(place.grant, by="payer", day=place.today)
        items = items_list(place.grant, day=place.today, limit=_STUCK_SHOWN)
        return BoardPage(
            on_date=place.today,
            as_of=f"as of {place.grant.not_after:%Y-%m-%d}",
            stages=_stages(place, sums, counts),
            ageing=ageing_table("payer", ageing),
            ageing_basis="age from service date",
            ageing_href=reverse("workbench:ageing"),
            owners=_owners(place, sums),
            stuck=tuple(
                StuckRow(
                    shape=Shape.BLOCKED,
                    words=item_words(item.kind),
                    href=_stuck_href(item),
                    amount_cents=item.stake_cents,
                    age_days=(place.today - item.opened_at.date()).days,
                )
                for item in items
            ),
            stuck_count=sum(row["count"] for row in counts),
            stuck_href=reverse("workbench:work"),
            alarms=alarms(place),
            job=board_job(place),
        )


def _stages(
    place: Desk, sums: list[dict[str, Any]], counts: list[dict[str, Any]]
) -> tuple[Stage, ...]:
    encounters = encounter_counts(place.grant)
    waiting = encounters.get("waiting_for_coding", 0)
    claims = reverse("workbench:claims")
    parts = (
        ("Claims", "Scrub and hold", _BEFORE, "charge", "run_validations_failure"),
        ("Sent", "With the clearinghouse", (*_SENT, *_REJECTED), "charge", "rejection_resolution"),
        ("Accepted", "With the payer", _ACCEPTED, "charge", "no_ack"),
        ("Decided", "Paid by payers", _DECIDED, "paid", "denial_resolution"),
    )
    first = Stage(
        words="Encounters",
        note="Visits that came in",
        count=sum(encounters.values()),
        amount_cents=sum(int(row["charge"] or 0) for row in sums if row["stage"] != "draft"),
        href=claims,
        stuck=Stuck(
            Shape.WAITING,
            f"{waiting} to be coded",
            reverse("workbench:queue", args=[CODING]),
        )
        if waiting
        else None,
    )
    rest = [
        Stage(
            words=words,
            note=note,
            count=sum(row["count"] for row in sums if row["stage"] in stages),
            amount_cents=sum(int(row[what] or 0) for row in sums if row["stage"] in stages),
            href=f"{claims}?stage={stages[0]}" if len(stages) == 1 else claims,
            stuck=_stuck(counts, kind),
        )
        for words, note, stages, what, kind in parts
    ]
    return (first, *rest)


def _stuck(counts: list[dict[str, Any]], kind: str) -> Stuck | None:
    found = sum(row["count"] for row in counts if row["kind"] == kind)
    if not found:
        return None
    href = reverse("workbench:queue", args=[kind.replace("_", "-")])
    return Stuck(Shape.BLOCKED, f"{found} {item_words(kind).lower()}", href)


def _stuck_href(item: WorkItem) -> str:
    """Lead to the claim, or, where the work is about something else, to its item."""
    queue = item.kind.replace("_", "-")
    if item.claim_id and not is_task_queue(queue):
        return reverse("workbench:claim", args=[item.claim_id])
    return f"{reverse('workbench:queue', args=[queue])}?item={item.id}"


def _owners(place: Desk, sums: list[dict[str, Any]]) -> tuple[OwnerNext, ...]:
    found: dict[str, list[int]] = {}
    oldest: dict[str, date] = {}
    for row in sums:
        owner = row["owner"]
        if owner == "none" or row["stage"] == "draft":
            continue
        held = found.setdefault(owner, [0, 0])
        held[0] += row["count"]
        held[1] += int(row["open"] or 0) + int(row["patient"] or 0)
        oldest[owner] = min(oldest.get(owner, row["oldest"]), row["oldest"])
    return tuple(
        OwnerNext(
            words=owner.capitalize(),
            count=count,
            amount_cents=cents,
            oldest_days=(place.today - oldest[owner]).days,
            href=reverse("workbench:work") if owner == "us" else reverse("workbench:claims"),
        )
        for owner, (count, cents) in sorted(found.items())
    )
