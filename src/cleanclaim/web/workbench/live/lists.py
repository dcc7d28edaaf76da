"""The claim list and the queues of the workbench."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import (
    COUNTED_AT_MOST,
    SORTS,
    Claim,
    Detail,
    Listed,
    Wanted,
    claim_detail,
    claims_listed,
    claims_of_patients,
    claims_search,
    claims_sorted,
    patient_names,
)
from cleanclaim.apps.patients.public import patients_search
from cleanclaim.apps.payers.public import payer_list
from cleanclaim.apps.remittance.public import claims_of_trace
from cleanclaim.apps.work.public import WorkItem, items_counts, items_of_claims
from cleanclaim.platform.ui.frame import Action
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.live.claim import claim_lines, latest_said
from cleanclaim.web.workbench.live.deciding import claim_actions, claim_href
from cleanclaim.web.workbench.live.desk import Desk, desk, mark, opaque
from cleanclaim.web.workbench.live.findings import (
    finding_view,
    rejection_views,
    stage_status,
    step_of,
)
from cleanclaim.web.workbench.live.reasons import reasons_of
from cleanclaim.web.workbench.live.tasks import is_task_queue, task_page, waiting_queues
from cleanclaim.web.workbench.live.words import ITEM_GROUPS, item_words
from cleanclaim.web.workbench.pages import (
    ClaimLine,
    ClaimListPage,
    ClaimRow,
    Empty,
    Fact,
    Filter,
    FindingView,
    Item,
    ItemLine,
    Option,
    Pager,
    Queue,
    QueueGroup,
    Sorting,
)
from cleanclaim.web.workbench.pages.work import TaskListPage
from cleanclaim.web.workbench.states import states_of, status_of

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_FILTERS = ("stage", "payer", "practice")


def claims_page(request: HttpRequest) -> ClaimListPage:
    """Fill the wide claim list."""
    with desk(request, "read", "claim") as place:
        words = request.GET.get("q", "").strip()
        wanted = _wanted(request, _searched(place, words) if words else None)
        sort, is_ascending = _sort(request)
        marks = {"after": mark(request, "after"), "before": mark(request, "before")}
        listed = (
            claims_sorted(place.grant, wanted, sort, is_ascending=is_ascending, **marks)
            if sort
            else claims_listed(place.grant, wanted, **marks)
        )
        return ClaimListPage(
            title="Claims",
            count=listed.count,
            is_count_least=listed.count >= COUNTED_AT_MOST,
            rows=_rows(place, listed.rows),
            pager=_pager(request, listed),
            sorting=_sorting(request, sort, is_ascending=is_ascending),
            filters=_filters(request, place),
            kept=tuple((key, request.GET[key]) for key in ("q", "sort") if request.GET.get(key)),
            empty=Empty(truth="No claim is like this.", until="Change the filters above.")
            if not listed.rows
            else None,
            is_wide=True,
            search_text=words,
        )


def queue_page(request: HttpRequest, queue: str, chosen: str = "") -> ClaimListPage | TaskListPage:
    """Fill the workbench with one queue; an empty name is the first that has something.

    Args:
        chosen: The item that a form was sent for.
    """
    with desk(request, "read", "work_item", with_people=True) as place:
        counts = items_counts(place.grant, day=place.today)
        kinds = [row["kind"] for row in counts]
        queue = queue or (kinds[0] if kinds else "rejection_resolution").replace("_", "-")
        queues = _queues(place, counts, queue)
        if is_task_queue(queue):
            return task_page(request, place, queue, queues, chosen)
        kind = queue.replace("-", "_")
        at_stake = sum(row["stake_cents"] or 0 for row in counts if row["kind"] == kind)
        return _claims_queue(request, place, kind, queues, int(at_stake))


def _claims_queue(
    request: HttpRequest,
    place: Desk,
    kind: str,
    queues: tuple[QueueGroup, ...],
    amount_cents: int,
) -> ClaimListPage:
    listed = claims_listed(
        place.grant,
        Wanted(queue=kind, day=place.today),
        after=mark(request, "after"),
        before=mark(request, "before"),
    )
    asked = request.GET.get("item", "")
    shown = [claim.id for claim in listed.rows] + ([opaque(asked)] if asked else [])
    items = items_of_claims(place.grant, kind, shown, day=place.today)
    reasons = reasons_of(place, kind, listed.rows)
    rows = tuple(
        _worked(place, row, items[UUID(row.id)], reasons.get(UUID(row.id)))
        for row in _rows(place, listed.rows, in_queue=True)
    )
    chosen = asked if asked and opaque(asked) in items else (rows[0].id if rows else "")
    return ClaimListPage(
        title=item_words(kind),
        count=listed.count,
        rows=tuple(_with_item(request, row, chosen) for row in rows),
        pager=_pager(request, listed),
        sorting=Sorting(column="", is_descending=True),
        amount_cents=amount_cents,
        queues=queues,
        item=_item(place, items.get(opaque(chosen)), request.path) if chosen else None,
        empty=Empty(
            truth="Nothing waits in this queue.",
            until="It fills when a claim stops on its way.",
            action=Action(words="All claims", href=reverse("workbench:claims")),
        )
        if not rows
        else None,
    )


def _sort(request: HttpRequest) -> tuple[str, bool]:
    """Read the order of the list: `service`, or `-service` for the largest first."""
    asked = request.GET.get("sort", "")
    column = asked.removeprefix("-")
    return (column, asked == column) if column in SORTS else ("", False)


def _sorting(request: HttpRequest, column: str, *, is_ascending: bool) -> Sorting:
    """Offer every order; the one in force is turned round."""
    hrefs = {
        name: _address(request, sort=name if name == column and not is_ascending else f"-{name}")
        for name in SORTS
    }
    return Sorting(
        column=column or "claim",
        is_descending=not is_ascending,
        hrefs={**hrefs, "claim": _address(request, sort="")},
    )


def _searched(place: Desk, words: str) -> tuple[UUID, ...]:
    """Find by number of claim, payer, member or patient, or by last name and birth date."""
    found = [*claims_search(place.grant, words), *claims_of_trace(place.grant, words)]
    born = _DAY.search(words)
    if born:
        last = words[: born.start()].partition(",")[0].strip()
        people = patients_search(place.grant, name=f"{last}, {born.group()}")
    else:
        people = patients_search(place.grant, number=words)
    return tuple(dict.fromkeys([*found, *claims_of_patients(place.grant, people)]))


def _wanted(request: HttpRequest, ids: tuple[UUID, ...] | None) -> Wanted:
    stage = request.GET.get("stage", "")
    practice = request.GET.get("practice", "")
    payer = request.GET.get("payer", "")
    return Wanted(
        stages=(stage,) if stage else (),
        payer_id=str(opaque(payer)) if payer else "",
        practice_id=int(practice) if practice.isdecimal() else 0,
        ids=ids,
    )


def _filters(request: HttpRequest, place: Desk) -> tuple[Filter, ...]:
    stages = [Option(name, status_of("claim", name).word) for name in sorted(states_of("claim"))]
    payers = [Option(str(payer.id), payer.name) for payer in payer_list()]
    clients = [Option(str(key), practice.name) for key, practice in place.practices.items()]
    choices = zip(_FILTERS, ("Stage", "Payer", "Client"), (stages, payers, clients), strict=True)
    return tuple(
        Filter(
            name=name,
            words=words,
            options=(Option("", "any"), *options),
            value=request.GET.get(name, ""),
        )
        for name, words, options in choices
    )


def _pager(request: HttpRequest, listed: Listed) -> Pager:
    return Pager(
        shown=len(listed.rows),
        previous_href=_address(request, before=str(listed.newer)) if listed.newer else "",
        next_href=_address(request, after=str(listed.older)) if listed.older else "",
    )


def _address(request: HttpRequest, **changes: str) -> str:
    kept = {
        key: value
        for key, value in request.GET.items()
        if key not in ("after", "before", "item") and value
    }
    asked = {key: value for key, value in (kept | changes).items() if value}
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def _rows(place: Desk, claims: list[Claim], *, in_queue: bool = False) -> tuple[ClaimRow, ...]:
    names = patient_names(place.grant, claims)
    return tuple(
        ClaimRow(
            id=str(claim.id),
            href=reverse("workbench:claim", args=[claim.id]),
            status=status_of("claim", claim.stage),
            number=claim.number,
            client=place.client(claim.practice_id),
            patient=names.get(claim.patient_id, "Erased"),
            payer=claim.payer.name,
            amount_cents=claim.open_cents + claim.patient_cents,
            age_days=_age(place.today, claim.service_date),
            reason=stage_status(claim).word if in_queue else "",
            service_date=claim.service_date,
            billed_cents=claim.charge_cents,
        )
        for claim in claims
    )


def _with_item(request: HttpRequest, row: ClaimRow, chosen: str) -> ClaimRow:
    return replace(row, item_href=_address(request, item=row.id), is_chosen=row.id == chosen)


def _queues(place: Desk, counts: list[dict[str, object]], current: str) -> tuple[QueueGroup, ...]:
    groups: dict[str, list[Queue]] = {}
    for row in counts:
        kind = str(row["kind"])
        oldest = row["oldest"]
        days = _age(place.today, oldest.date())  # type: ignore[attr-defined]
        group = next((name for name, kinds in ITEM_GROUPS.items() if kind in kinds), "Other")
        groups.setdefault(group, []).append(
            Queue(
                words=item_words(kind),
                href=reverse("workbench:queue", args=[kind.replace("_", "-")]),
                count=int(str(row["count"])),
                amount_cents=int(str(row["stake_cents"] or 0)),
                age_words=f"{days} d",
                is_current=kind == current.replace("-", "_"),
            )
        )
    waiting = waiting_queues(place, current)
    if waiting:
        groups["Before claims"] = waiting
    order = ["Before claims", *ITEM_GROUPS, "Other"]
    return tuple(QueueGroup(name, tuple(groups[name])) for name in order if name in groups)


def _worked(place: Desk, row: ClaimRow, item: WorkItem, reason: tuple[str, str] | None) -> ClaimRow:
    """Show in a queue the state of the work and what it is about, not where the claim stands."""
    code, words = reason or ("", row.reason)
    return replace(
        row,
        reason_code=code,
        reason=words,
        status=status_of("work", item.state),
        amount_cents=item.stake_cents,
        due_days=(item.due_date - place.today).days if item.due_date else None,
    )


def _item(place: Desk, item: WorkItem | None, here: str) -> Item | None:
    detail = claim_detail(place.grant, item.claim_id) if item and item.claim_id else None
    if item is None or detail is None:
        return None
    claim = detail.claim
    latest = latest_said(place, claim.id)
    lines = claim_lines(detail, latest).rows
    href = reverse("workbench:claim", args=[claim.id])
    return Item(
        patient=detail.patient,
        number=claim.number,
        href=href,
        stake_cents=item.stake_cents,
        stake_words="at stake",
        facts=(
            Fact(label="Payer", value=claim.payer.name),
            Fact(label="Service", value=str(claim.service_date)),
            Fact(label="Client", value=place.client(claim.practice_id)),
            Fact(label="Next", value=_next(place, item, claim), aside=item_words(item.kind)),
        ),
        findings=_why(place, detail, lines),
        lines=tuple(
            ItemLine(
                code="-".join((line.code, *line.modifiers.split())),
                charge_cents=line.charge_cents,
                allowed_cents=line.allowed_cents or 0,
                paid_cents=line.paid_cents,
                patient_cents=line.patient_cents,
                open_cents=line.open_cents,
            )
            for line in lines
        ),
        steps=tuple(step_of(event, place.today) for event in detail.events[:5]),
        actions=(
            Action(words="Open claim", href=href, key="o", is_primary=True),
            *claim_actions(place, claim),
        ),
        pend_href=claim_href(claim, "pend") if place.may("change", "work_item") else "",
        note_href=claim_href(claim, "note") if place.may("change", "work_item") else "",
        note_key=str(uuid4()),
        back=here,
    )


def _next(place: Desk, item: WorkItem, claim: Claim) -> str:
    return place.people.get(item.assignee_id, claim.owner.capitalize())


def _why(place: Desk, detail: Detail, lines: tuple[ClaimLine, ...]) -> tuple[FindingView, ...]:
    """What a payer denied, else why the claim was rejected, else what our own edits found."""
    denied = tuple(
        FindingView(
            shape=Shape.BLOCKED,
            sentence=words or f"The payer denied this line with {code}.",
            field="",
            value=None,
            fix="",
            because=f"Line {line.number}, {line.code}: {code}",
        )
        for line in lines
        if line.is_marked
        for code, words in line.reasons
    )
    found = tuple(finding_view(row) for row in detail.findings if row.severity != "informs")
    return denied or rejection_views(place, detail.claim) or found


def _age(today: date, day: date) -> int:
    return (today - day).days
