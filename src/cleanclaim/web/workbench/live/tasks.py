"""Queues of work that is no claim: items, files, drafts, and visits that wait for coding."""

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import (
    Unconfirmed,
    unconfirmed_count,
    unconfirmed_list,
    unconfirmed_words,
)
from cleanclaim.apps.encounters.public import encounters_left, encounters_waiting
from cleanclaim.apps.exchange.public import (
    InboundFile,
    inbound_counts,
    inbound_name,
    inbound_waiting,
)
from cleanclaim.apps.work.public import WorkItem, items_list
from cleanclaim.platform.ui.frame import Action, Method
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.forms import ReasonForm
from cleanclaim.web.workbench.live.bound import bound
from cleanclaim.web.workbench.live.confirming import draft_item
from cleanclaim.web.workbench.live.desk import Desk, opaque
from cleanclaim.web.workbench.live.remedies import task_item
from cleanclaim.web.workbench.live.words import item_words
from cleanclaim.web.workbench.pages.claims import Fact, Queue, QueueGroup
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.parts import Empty, Pager
from cleanclaim.web.workbench.pages.work import Task, TaskItem, TaskListPage
from cleanclaim.web.workbench.states import status_of

SHOWN = 200
CODING, DRAFTS, FILES = "to-be-coded", "drafts", "parked-files"
_TITLES = {
    CODING: "To be coded",
    DRAFTS: "Drafts to confirm",
    FILES: "Parked files",
}
TASK_KINDS = frozenset(
    {
        "submit_failure",
        "posting_exception",
        "remit_unbalanced",
        "unmatched_eft",
        "unmatched_era",
        "plb_open",
        "import_refused",
        "restricted_payment_failed",
        "credit_balance",
        "refund_approval",
    }
)
_KINDS = {
    "patient": "Patient",
    "coverage": "Coverage",
    "payer": "Payer",
    "provider": "Provider",
}


def is_task_queue(queue: str) -> bool:
    """Say whether a queue holds something else than claims."""
    return queue in _TITLES or queue.replace("-", "_") in TASK_KINDS


def waiting_queues(place: Desk, current: str) -> list[Queue]:
    """Count what waits and is no work item: visits to code, drafts, files."""
    coding = encounters_left(place.grant).get("waiting_for_coding", 0)
    drafts = unconfirmed_count(place.grant)
    files = inbound_counts(place.grant).get("parked", 0) if place.may("read", "file") else 0
    counts = {CODING: coding, DRAFTS: drafts, FILES: files}
    return [
        Queue(
            words=words,
            href=reverse("workbench:queue", args=[slug]),
            count=counts[slug],
            amount_cents=0,
            is_current=slug == current,
        )
        for slug, words in _TITLES.items()
        if counts[slug] or slug == current
    ]


def task_page(
    request: HttpRequest,
    place: Desk,
    queue: str,
    queues: tuple[QueueGroup, ...],
    chosen: str = "",
) -> TaskListPage:
    """Fill a queue of work that is no claim; `chosen` is the item that a form was sent for."""
    chosen = chosen or request.GET.get("item", "")
    if queue == CODING:
        rows, item = _visits(place, chosen)
    elif queue == DRAFTS:
        rows, item = _drafts(request, place, chosen)
    elif queue == FILES:
        rows, item = _files(request, place, chosen)
    else:
        rows, item = _items(request, place, queue.replace("-", "_"), chosen)
    return TaskListPage(
        title=_TITLES.get(queue) or item_words(queue.replace("-", "_")),
        count=len(rows),
        rows=tuple(rows),
        queues=queues,
        pager=Pager(shown=len(rows)),
        item=item,
        empty=Empty(
            truth="Nothing waits in this queue.",
            until="It fills when something stops on its way.",
            action=Action(words="All claims", href=reverse("workbench:claims")),
        )
        if not rows
        else None,
    )


def _here(queue: str, item: object) -> str:
    return f"{reverse('workbench:queue', args=[queue])}?item={item}"


def _first(chosen: str, ids: list[str]) -> str:
    """The item that was asked for; the first where nothing was, or where it is done."""
    return chosen if chosen in ids else (ids[0] if ids else "")


def _items(
    request: HttpRequest, place: Desk, kind: str, chosen: str
) -> tuple[list[Task], TaskItem | None]:
    items = items_list(place.grant, kind=kind, day=place.today, limit=SHOWN)
    current = _first(chosen, [str(item.id) for item in items])
    queue = kind.replace("_", "-")
    rows = [
        Task(
            id=str(item.id),
            href=_here(queue, item.id),
            status=status_of("work", item.state),
            words=_item_words(item),
            detail=item.words,
            client=place.client(item.practice_id),
            amount_cents=item.stake_cents,
            age_days=(place.today - item.opened_at.date()).days,
            is_chosen=str(item.id) == current,
        )
        for item in items
    ]
    held = next((item for item in items if str(item.id) == current), None)
    return rows, task_item(request, place, held) if held else None


_ABOUT = {
    "parked": "Part of a remittance",
    "remittance": "Remittance",
    "deposit": "Bank transfer",
    "interchange": "File out",
    "file": "File in",
    "intake": "Rows of a file",
    "patient": "Account of a patient",
    "line": "Service line",
    "claim": "Claim",
}


def _item_words(item: WorkItem) -> str:
    words = _ABOUT.get(item.subject_kind, item_words(item.kind))
    number = item.subject_id.rpartition("/")[2] if item.subject_kind == "parked" else ""
    number = item.subject_id if item.subject_kind == "deposit" else number
    return f"{words} {number}".strip()


def _files(request: HttpRequest, place: Desk, chosen: str) -> tuple[list[Task], TaskItem | None]:
    files = inbound_waiting(place.grant, limit=SHOWN)
    current = _first(chosen, [str(one.id) for one in files])
    rows = [
        Task(
            id=str(one.id),
            href=_here(FILES, one.id),
            status=status_of("inbound", one.state),
            words=f"{one.kind or 'Unknown kind'}, {inbound_name(one)}",
            detail=one.reason,
            client=place.client(one.practice_id) if one.practice_id else "",
            age_days=(place.today - one.received_at.date()).days,
            is_chosen=str(one.id) == current,
        )
        for one in files
    ]
    held = next((one for one in files if str(one.id) == current), None)
    return rows, _file_item(request, place, held) if held else None


def _file_item(request: HttpRequest, place: Desk, row: InboundFile) -> TaskItem:
    may = place.may("create", "file")
    again = Action(
        words="Apply again",
        href=reverse("acts:file", args=[row.id, "again"]),
        method=Method.POST,
        is_primary=True,
        key="1",
    )
    aside = FormView(
        name="aside",
        form=bound(request, ReasonForm, "aside"),
        href=reverse("acts:file", args=[row.id, "aside"]),
        words="Set aside",
        summary="Set aside",
        hint="The file is kept, and never applied.",
        is_danger=True,
    )
    return TaskItem(
        title=inbound_name(row),
        why=row.reason,
        facts=(
            Fact(label="Kind", value=row.kind or "unknown"),
            Fact(label="From", value=row.connection.name if row.connection else "by hand"),
            Fact(label="Came in", value=f"{row.received_at:%Y-%m-%d %H:%M} UTC"),
            Fact(label="Times", value=str(row.times_received)),
        ),
        actions=(again,) if may else (),
        forms=(aside,) if may else (),
    )


def _drafts(request: HttpRequest, place: Desk, chosen: str) -> tuple[list[Task], TaskItem | None]:
    things = unconfirmed_list(place.grant)
    current = _first(chosen, [_key(one) for one in things])
    rows = [
        Task(
            id=_key(one),
            href=_here(DRAFTS, _key(one)),
            status=Status(Shape.WARNING if one.differs else Shape.DRAFT, "Draft"),
            words=unconfirmed_words(one),
            detail=f"{_KINDS[one.kind]}, holds {len(one.claims)} "
            f"claim{'' if len(one.claims) == 1 else 's'}",
            client=place.client(one.practice_id),
            amount_cents=one.charge_cents,
            age_days=(place.today - one.oldest_date).days if one.oldest_date else 0,
            is_chosen=_key(one) == current,
        )
        for one in things
    ]
    held = next((one for one in things if _key(one) == current), None)
    return rows, draft_item(request, place, held) if held else None


def _key(one: Unconfirmed) -> str:
    return f"{one.kind}.{one.id}"


def _visits(place: Desk, chosen: str) -> tuple[list[Task], TaskItem | None]:
    rows = encounters_waiting(place.grant, limit=SHOWN)
    current = _first(chosen, [str(one.id) for one in rows])
    tasks = [
        Task(
            id=str(one.id),
            href=_here(CODING, one.id),
            status=status_of("encounter", one.state),
            words=f"Visit {one.number}",
            detail=f"{one.service_date:%Y-%m-%d}, "
            f"{one.rendering.last if one.rendering else 'no provider'}",
            client=place.client(one.practice_id),
            age_days=(place.today - one.service_date).days,
            is_chosen=str(one.id) == current,
        )
        for one in rows
    ]
    held = next((one for one in rows if str(one.id) == current), None)
    if held is None:
        return tasks, None
    code = Action(
        words="Code this visit",
        href=reverse("acts:code", args=[opaque(str(held.id))]),
        key="e",
        is_primary=True,
        off_because=""
        if place.may("change", "encounter")
        else "Coders, billers and leads code visits.",
    )
    return tasks, TaskItem(
        title=f"Visit {held.number}",
        why="Its source names no diagnosis or no billable service. Nothing is guessed: a coder "
        "reads what the source says and codes it.",
        facts=(
            Fact(label="Service", value=f"{held.service_date:%Y-%m-%d}"),
            Fact(label="Client", value=place.client(held.practice_id)),
            Fact(label="Drafts", value=", ".join(held.drafts).replace("_", " ") or "none"),
        ),
        actions=(code,),
    )
