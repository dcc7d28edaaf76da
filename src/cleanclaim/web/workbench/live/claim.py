"""The claim page: header, equation, and the tab that is open."""

from datetime import date
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import Claim, Detail, claim_detail
from cleanclaim.apps.ledger.public import entries_for_claim
from cleanclaim.apps.remittance.public import adjudications_of_claim
from cleanclaim.apps.submission.public import claim_segments
from cleanclaim.apps.tenancy.public import is_allowed
from cleanclaim.apps.work.public import notes_of
from cleanclaim.core.posting.state import Adjudication
from cleanclaim.core.remit import Cas, RemitLine
from cleanclaim.platform.ui.frame import Choice
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.live.check import check_view
from cleanclaim.web.workbench.live.deciding import claim_actions, claim_forms, claim_href
from cleanclaim.web.workbench.live.desk import Desk, desk, opaque
from cleanclaim.web.workbench.live.findings import (
    findings_views,
    rejection_views,
    stage_status,
    step_of,
)
from cleanclaim.web.workbench.live.words import account_words, event_words, reason_of
from cleanclaim.web.workbench.pages import (
    ClaimLine,
    ClaimLines,
    ClaimPage,
    Equation,
    FindingView,
    LedgerRow,
    LedgerView,
    NoteView,
    PayerTurn,
    RemitRow,
    VisitClaim,
    X12View,
)
from cleanclaim.web.workbench.states import status_of
from cleanclaim.web.workbench.x12_view import Marks, segment_rows, whole

_TABS = (("lines", "Lines"), ("edits", "Edits"), ("remits", "Remits"), ("ledger", "Ledger"))
_INFORMS = "informs"
_STATUS = {
    "1": "Processed as first payer",
    "2": "Processed as second payer",
    "3": "Processed as third payer",
    "4": "Denied",
    "19": "Processed as first payer, forwarded",
    "20": "Processed as second payer, forwarded",
    "21": "Processed as third payer, forwarded",
    "22": "Reversal",
    "23": "Not our claim, forwarded",
}


def claim_page(request: HttpRequest, claim: str, tab: str) -> ClaimPage:
    """Fill the claim page."""
    with desk(request, "read", "claim", with_people=True) as place:
        detail = claim_detail(place.grant, opaque(claim))
        if detail is None:
            raise Http404
        row = detail.claim
        said = adjudications_of_claim(place.grant, row.id)
        latest = [one for _, one in said if not one.reversed_by]
        return ClaimPage(
            number=row.number,
            patient=detail.patient,
            status=stage_status(row),
            owner=row.owner.capitalize() if row.owner != "none" else "",
            payers=_payers(detail),
            payer_control=row.payer_control_numbers[-1] if row.payer_control_numbers else "",
            service_words=str(row.service_date),
            age_days=(place.today - row.service_date).days,
            client=place.client(row.practice_id),
            provider=f"{row.provider.last}, {row.provider.first}" if row.provider else "",
            actions=claim_actions(place, row),
            pend_href=claim_href(row, "pend") if place.may("change", "work_item") else "",
            note_href=claim_href(row, "note") if place.may("change", "work_item") else "",
            note_key=str(uuid4()),
            forms=claim_forms(request, place, detail),
            notes=_notes(place, row) if tab == "lines" else (),
            equation=_equation(detail, latest),
            visit=_visit(detail),
            tabs=_tabs(row.id, tab, detail, len(said)),
            tab=tab,
            lines=claim_lines(detail, latest) if tab == "lines" else None,
            timeline=tuple(step_of(event, place.today, place.named) for event in detail.events)
            if tab == "lines"
            else (),
            findings=_findings(place, detail, tab),
            check=check_view(place, row) if tab == "edits" else None,
            remits=tuple(_remit(one, core, place.today) for one, core in said)
            if tab == "remits"
            else (),
            ledger=_ledger(place, detail) if tab == "ledger" else None,
            x12=_x12(request, place, row.id) if tab in ("lines", "x12") else None,
            back_href=reverse("workbench:claims"),
        )


def _visit(detail: Detail) -> tuple[VisitClaim, ...]:
    if len(detail.siblings) == 1:
        return ()
    return tuple(
        VisitClaim(
            number=one.number,
            href=reverse("workbench:claim", args=[one.id]),
            payer=one.payer.name,
            status=stage_status(one),
            paid_cents=one.paid_cents,
            adjusted_cents=one.adjusted_cents,
            payer_cents=one.open_cents,
            patient_cents=one.patient_cents,
            is_current=one.id == detail.claim.id,
        )
        for one in detail.siblings
    )


def _notes(place: Desk, row: Claim) -> tuple[NoteView, ...]:
    return tuple(
        NoteView(one.text, place.named(one.actor), one.at.date())
        for one in notes_of(place.grant, row.practice_id, [str(row.id)])
    )


def _findings(place: Desk, detail: Detail, tab: str) -> tuple[FindingView, ...]:
    if tab not in ("lines", "edits"):
        return ()
    shown = [one for one in detail.findings if tab == "edits" or one.severity != _INFORMS]
    may = tab == "edits" and is_allowed(place.person.role, "change", "claim")
    return (*rejection_views(place, detail.claim), *findings_views(shown, may_change=may))


def latest_said(place: Desk, claim_id: UUID) -> list[Adjudication]:
    """Give what payers said of a claim and have not taken back."""
    said = adjudications_of_claim(place.grant, claim_id)
    return [one for _, one in said if not one.reversed_by]


def _payers(detail: Detail) -> tuple[PayerTurn, ...]:
    return tuple(
        PayerTurn(
            order=one.level,
            name=one.payer.name,
            is_current=one.id == detail.claim.id,
            waits_for=f"waits for payer {one.level - 1}" if one.stage == "draft" else "",
        )
        for one in detail.siblings
    )


def _equation(detail: Detail, latest: list[Adjudication]) -> Equation:
    """The money of this visit at all its payers: a share that moves on stays in the visit."""
    claims = detail.siblings
    billed, paid, adjusted, owed, patient = (
        sum(getattr(one, f"{name}_cents") for one in claims)
        for name in ("charge", "paid", "adjusted", "open", "patient")
    )
    allowed = [
        line.remit.allowed_cents
        for one in latest
        for line in one.lines
        if line.remit.allowed_cents is not None
    ]
    return Equation(
        billed_cents=billed,
        paid_cents=paid,
        adjusted_cents=adjusted,
        balance_cents=owed + patient,
        payer_cents=owed,
        patient_cents=patient,
        allowed_cents=sum(allowed) if allowed else None,
        billed_note=_many(len(detail.lines), "line"),
        paid_note=_paid_words(detail),
        payer_words="Payer 1" if len(claims) == 1 else "Payers",
    )


def _paid_words(detail: Detail) -> str:
    paid = [one for one in detail.siblings if one.paid_cents]
    if len(detail.siblings) == 1 or not paid:
        return ""
    return " and ".join(f"payer {one.level}" for one in paid)


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _tabs(claim_id: UUID, tab: str, detail: Detail, remits: int) -> tuple[Choice, ...]:
    edits = sum(one.severity != _INFORMS for one in detail.findings)
    counts = {"edits": edits, "remits": remits}
    tabs = [*_TABS, ("x12", "X12")]
    return tuple(
        Choice(
            words=words,
            href=reverse("workbench:claim-tab", args=[claim_id, name]),
            is_current=name == tab,
            count=counts.get(name),
        )
        for name, words in tabs
    )


def claim_lines(detail: Detail, latest: list[Adjudication]) -> ClaimLines:
    """Draw the lines of a claim with what payers said of each."""
    said: dict[str, list[RemitLine]] = {}
    for one in latest:
        for line in one.lines:
            said.setdefault(str(line.line), []).append(line.remit)
    rows = []
    for line in detail.lines:
        charge = line.charge
        remits = said.get(str(charge.id), [])
        cuts = [cut for remit in remits for cut in remit.adjustments]
        rows.append(
            ClaimLine(
                number=line.ordinal,
                code=charge.procedure_code,
                modifiers=" ".join(charge.modifiers),
                service="",
                pointers=" ".join("ABCDEFGHIJKL"[at - 1] for at in charge.diagnosis_pointers),
                units=f"{charge.units.normalize():f}",
                charge_cents=charge.charge_cents,
                expected_cents=line.expected_cents,
                allowed_cents=sum(one.allowed_cents or 0 for one in remits) if remits else None,
                paid_cents=sum(one.paid_cents for one in remits),
                adjusted_cents=_adjusted(line.outcome, line.open_cents, cuts),
                patient_cents=sum(cut.amount_cents for cut in cuts if cut.group == "PR"),
                open_cents=line.open_cents,
                reasons=tuple(reason_of(cut, charge.service_date) for cut in cuts),
                status=status_of("line", line.outcome),
                is_marked=line.outcome == "denied",
            )
        )
    return ClaimLines(tuple(rows))


def _adjusted(outcome: str, open_cents: int, cuts: list[Cas]) -> int:
    """What a denial takes off is not posted as an adjustment: it stays open until it is worked."""
    if outcome == "denied" and open_cents:
        return 0
    return sum(cut.amount_cents for cut in cuts if _is_posted(cut))


def _is_posted(cut: Cas) -> bool:
    """Say whether an adjustment is one of ours: OA 23 only repeats what the earlier payer did."""
    return cut.group != "PR" and (cut.group, cut.carc) != ("OA", "23")


def _remit(row: object, said: Adjudication, today: date) -> RemitRow:
    remittance = row.remittance  # type: ignore[attr-defined]
    adjusted = sum(
        cut.amount_cents for line in said.lines for cut in line.remit.adjustments if _is_posted(cut)
    )
    return RemitRow(
        href=reverse("workbench:remittance", args=[remittance.id]),
        payer=remittance.payer_name,
        trace=remittance.trace,
        paid_date=remittance.payment_date,
        age_days=(today - remittance.payment_date).days,
        outcome=_STATUS.get(said.remit.status_code, f"Status {said.remit.status_code}"),
        charge_cents=said.remit.charge_cents,
        paid_cents=said.remit.paid_cents,
        adjusted_cents=adjusted,
        patient_cents=said.remit.patient_cents,
        status=Status(Shape.WARNING, "Taken back")
        if said.reversed_by
        else Status(Shape.DONE, "Posted"),
    )


def _ledger(place: Desk, detail: Detail) -> LedgerView:
    row = detail.claim
    rows = []
    for entry, lines in entries_for_claim(place.grant, row.practice_id, row.id):
        for at, line in enumerate(lines):
            rows.append(
                LedgerRow(
                    entry=entry.id.hex[-8:],
                    posted_date=entry.day,
                    account=account_words(line.account),
                    words=event_words(entry.event, line.reason),
                    amount_cents=line.amount_cents,
                    is_first=at == 0,
                    source=line.trace,
                    reverses=entry.reverses,
                )
            )
    return LedgerView(tuple(rows))


def _x12(request: HttpRequest, place: Desk, claim_id: UUID) -> X12View | None:
    found = claim_segments(place.grant, claim_id)
    if found is None:
        return None
    marks, segments = found
    here = reverse("workbench:claim-tab", args=[claim_id, "x12"])
    rows = segment_rows(
        segments,
        marks=Marks(marks.element, marks.component, marks.segment),
        href=lambda number: f"{here}?segment={number}",
    )
    asked = request.GET.get("segment", "")
    first = next((row.number for row in rows if row.tag == "CLM"), 0)
    return X12View(
        words="837P as sent",
        runs=whole(rows),
        chosen=int(asked) if asked.isdecimal() else first,
    )
