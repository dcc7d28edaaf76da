"""What can be done about each kind of work that is no claim: facts, sentence, forms."""

from uuid import UUID, uuid4

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import claim_detail
from cleanclaim.apps.encounters.public import Charge, charges_for_encounters, intake_get
from cleanclaim.apps.exchange.public import inbound_get, inbound_name, interchange_get
from cleanclaim.apps.remittance.public import (
    deposit_by_name,
    matters_load,
    remittance_get,
    remittances_of_trace,
)
from cleanclaim.apps.work.public import WorkItem, notes_of
from cleanclaim.core.posting.state import Parked
from cleanclaim.kernel.money import show_cents
from cleanclaim.platform.ui.frame import Action, Method
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.forms import (
    ClaimNumberForm,
    PickForm,
    ReasonForm,
)
from cleanclaim.web.workbench.live.about import About, Maker, item_href
from cleanclaim.web.workbench.live.bound import bound
from cleanclaim.web.workbench.live.credits import claim_about, patient_about
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.live.words import item_words, reason_of
from cleanclaim.web.workbench.pages.claims import Fact
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.parts import FindingView
from cleanclaim.web.workbench.pages.work import TaskItem
from cleanclaim.web.workbench.states import status_of

_WHY = {
    "submit_failure": "It is not known whether this file reached the partner. Ask them, or look "
    "into their folder, before it leaves again: the same bytes go under the same name.",
    "remit_unbalanced": "The amounts of this remittance do not add up, so nothing of it is posted. "
    "Ask the payer for a corrected one.",
    "plb_open": "The payer announced an amount that belongs to no claim yet; a later remittance "
    "settles it.",
    "unmatched_eft": "Money came to the bank, and no remittance explains it.",
    "unmatched_era": "A remittance is posted, and its money has not come to the bank.",
    "import_refused": "These rows were refused when the file was read. Correct them at their "
    "source and give the file again: what is here already is not taken twice.",
    "credit_balance": "More was paid than is owed. Say whose money it is; nothing is paid back "
    "before a second look.",
    "refund_approval": "A refund is asked for. Once approved, it is owed and can be paid.",
    "restricted_payment_failed": "A payment for a service that no plan may hear of came back.",
}


def task_item(request: HttpRequest, place: Desk, item: WorkItem) -> TaskItem:
    """Fill the right pane for an item that is about no claim, or about more than one."""
    about = _MAKERS.get(item.subject_kind, _plain)(request, place, item)
    notes = notes_of(place.grant, item.practice_id, [item.subject_id, str(item.id)])
    may = place.may("change", "work_item")
    return TaskItem(
        title=about.title,
        stake_cents=about.stake_cents if about.stake_cents is not None else item.stake_cents,
        why=about.why or _WHY.get(item.kind, item.words),
        facts=(
            *about.facts,
            Fact(label="Client", value=place.client(item.practice_id)),
            Fact(label="Owner", value=_owner(place, item)),
            Fact(label="Waits since", value=f"{item.opened_at:%Y-%m-%d}"),
        ),
        findings=about.findings,
        links=about.links,
        actions=about.actions if may else (),
        forms=(*about.forms, *_everywhere(request, item)) if may else (),
        pend_href=item_href(item, "pend") if may else "",
        note_href=item_href(item, "note") if may else "",
        note_key=str(uuid4()),
        notes=tuple((one.text, f"{place.named(one.actor)}, {one.at:%Y-%m-%d}") for one in notes),
    )


def _owner(place: Desk, item: WorkItem) -> str:
    return place.people.get(item.assignee_id, item.owner.capitalize())


def _everywhere(request: HttpRequest, item: WorkItem) -> tuple[FormView, ...]:
    """What can be done about every item: to set it aside, with the reason."""
    return (
        FormView(
            name="aside",
            form=bound(request, ReasonForm, "aside"),
            href=item_href(item, "aside"),
            words="Set aside",
            summary="Set aside",
            hint="Closes this work with your reason. No money moves.",
            is_danger=True,
        ),
    )


def _plain(_request: HttpRequest, _place: Desk, item: WorkItem) -> About:
    return About(item_words(item.kind))


def _interchange(_request: HttpRequest, place: Desk, item: WorkItem) -> About:
    row = interchange_get(place.grant, UUID(item.subject_id))
    if row is None:
        return About("File out", why=item.words)
    is_unknown = row.state == "unknown"
    actions = (
        Action(
            words="It arrived",
            href=item_href(item, "arrived"),
            method=Method.POST,
            is_primary=True,
            key="1",
        ),
        Action(words="Send again", href=item_href(item, "send-again"), method=Method.POST, key="2"),
    )
    return About(
        f"File {row.name}",
        facts=(
            Fact(label="State", value=status_of("interchange", row.state).word, more=row.proof),
            Fact(label="Partner", value=row.connection.name),
            Fact(label="Control no.", value=f"{row.control_number:09d}"),
            Fact(label="Written", value=f"{row.made_at:%Y-%m-%d %H:%M} UTC"),
        ),
        why="" if is_unknown else item.words,
        actions=actions if is_unknown else (),
    )


def _parked(request: HttpRequest, place: Desk, item: WorkItem) -> About:
    found: Parked | None = matters_load(
        place.grant, item.practice_id, "parked", name=item.subject_id
    ).get(item.subject_id)
    if found is None:
        return _plain(request, place, item)
    remit = found.remit
    lines = [found.line] if found.line else list(remit.lines)
    return About(
        "Parked part of a remittance",
        facts=(
            Fact(label="Payer says", value=remit.claim_number or "no number"),
            Fact(label="Patient", value=remit.patient_name or "not named"),
            Fact(label="Payer no.", value=remit.payer_control_number),
            Fact(label="Paid on", value=f"{found.payment_date:%Y-%m-%d}"),
            *(
                Fact(
                    label=f"Line {number}",
                    value="-".join((line.procedure_code, *line.modifiers)),
                    aside=f"charge {show_cents(line.charge_cents)}, "
                    f"paid {show_cents(line.paid_cents)}",
                )
                for number, line in enumerate(lines, 1)
            ),
        ),
        why=_parked_why(found),
        stake_cents=found.amount_cents,
        links=(_remittance_link(str(found.remittance)),),
        findings=tuple(
            FindingView(
                shape=Shape.IDLE,
                sentence=words or f"The payer gives {code}.",
                field="",
                value=None,
                fix="",
                because=code,
            )
            for line in lines
            for code, words in (reason_of(cut, found.payment_date) for cut in line.adjustments)
        ),
        forms=_parked_forms(request, place, item, found),
    )


def _parked_why(found: Parked) -> str:
    if found.line is not None:
        return "The claim is known, but not which of its lines the payer speaks of."
    if found.remit.is_reversal:
        return "The payer takes something back, and no posted answer has these amounts."
    return "No claim of ours bears this number. Its money is kept under its own name meanwhile."


def _parked_forms(
    request: HttpRequest, place: Desk, item: WorkItem, found: Parked
) -> tuple[FormView, ...]:
    if not place.may("post", "remittance"):
        return ()
    forms = []
    if found.line is None:
        forms.append(
            FormView(
                name="match-claim",
                form=bound(request, ClaimNumberForm, "match-claim"),
                href=item_href(item, "match-claim"),
                words="Match to claim",
                hint="Everything the payer said is posted to that claim.",
                is_primary=True,
            )
        )
    else:
        forms.append(
            FormView(
                name="match-line",
                form=bound(
                    request,
                    PickForm,
                    "match-line",
                    label="Line of the claim",
                    choices=charge_choices(place, found),
                ),
                href=item_href(item, "match-line"),
                words="Match to line",
                is_primary=True,
            )
        )
    if found.amount_cents >= 0:
        forms.append(
            FormView(
                name="refund",
                form=bound(request, ReasonForm, "refund"),
                href=item_href(item, "refund"),
                words="Owe it back to the payer",
                summary="Not ours",
                hint="The money is owed back; a refund is paid under Money by hand.",
                is_danger=True,
            )
        )
    return tuple(forms)


def charge_choices(place: Desk, found: Parked) -> list[tuple[str, str]]:
    """Give the lines of the claim that a parked line may speak of."""
    detail = claim_detail(place.grant, UUID(str(found.claim))) if found.claim else None
    if detail is None:
        return []
    row = detail.claim
    own: list[Charge] = charges_for_encounters(place.grant, row.practice_id, [row.encounter_id])[
        row.encounter_id
    ]
    return [(str(one.id), _charge_words(one)) for one in own]


def _charge_words(one: Charge) -> str:
    code = "-".join((one.procedure_code, *one.modifiers))
    return f"{one.ordinal}: {code}, {show_cents(one.charge_cents)}, {one.service_date:%Y-%m-%d}"


def _remittance_link(remittance_id: str) -> Action:
    href = reverse("workbench:remittance", args=[remittance_id])
    return Action(words="Open remittance", href=href, key="o")


def _remittance(request: HttpRequest, place: Desk, item: WorkItem) -> About:
    row = remittance_get(place.grant, UUID(item.subject_id))
    if row is None:
        return _plain(request, place, item)
    state = row.state.partition(":")[0]
    forms: list[FormView] = []
    if place.may("post", "remittance") and row.posted_at is None:
        others = [
            (str(one.id), f"{one.payment_date:%Y-%m-%d}, {show_cents(one.amount_cents)}")
            for one in remittances_of_trace(place.grant, row)
        ]
        if others:
            forms.append(
                FormView(
                    name="supersede",
                    form=bound(
                        request, PickForm, "supersede", label="Remittance to post", choices=others
                    ),
                    href=item_href(item, "supersede"),
                    words="Post that one instead",
                    is_primary=True,
                )
            )
        forms.append(
            FormView(
                name="drop",
                form=bound(request, ReasonForm, "drop"),
                href=item_href(item, "drop"),
                words="Never post it",
                summary="The payer's error",
                hint="Closes the remittance; nothing of it is ever posted.",
                is_danger=True,
            )
        )
    return About(
        f"Remittance {row.trace}",
        facts=(
            Fact(label="State", value=status_of("remittance", state).word),
            Fact(label="Payer", value=row.payer_name),
            Fact(label="Paid on", value=f"{row.payment_date:%Y-%m-%d}"),
            Fact(label="Claims", value=str(row.claim_count)),
        ),
        why=_TRACES.get(state, ""),
        stake_cents=row.amount_cents,
        links=(_remittance_link(item.subject_id),),
        forms=tuple(forms),
    )


_TRACES = {
    "parked_trace_conflict": "This payer has used the number of a remittance that is posted for "
    "another one. Nothing of the second is posted.",
    "balanced_awaiting_decision": "An earlier remittance of this number did not add up; this one "
    "does. Say which counts.",
}


def _deposit(_request: HttpRequest, place: Desk, item: WorkItem) -> About:
    row = deposit_by_name(place.grant, item.practice_id, item.subject_id)
    if row is None:
        return About(item.subject_id)
    return About(
        f"Transfer {row.trace}",
        facts=(
            Fact(label="Originator", value=row.payer_trace_id),
            Fact(label="At the bank", value=f"{row.deposit_date:%Y-%m-%d}"),
        ),
        stake_cents=row.amount_cents,
        links=(Action(words="Post an EOB by hand", href=reverse("acts:payments")),),
    )


def _intake(_request: HttpRequest, place: Desk, item: WorkItem) -> About:
    row = intake_get(place.grant, UUID(item.subject_id))
    if row is None:
        return About("Refused rows", why=item.words)
    return About(
        f"{row.refused:,} of {row.given:,} rows refused",
        facts=(
            Fact(label="Source", value=row.kind),
            Fact(label="Imported", value=f"{row.imported:,}"),
            Fact(label="Waiting", value=f"{row.waiting:,}", aside="for coding"),
            Fact(label="Already here", value=f"{row.already:,}"),
        ),
        stake_cents=0,
        findings=tuple(
            FindingView(
                shape=Shape.BLOCKED,
                sentence=str(one.get("message", "")),
                field=str(one.get("place", "")),
                value=None,
                needed=str(one.get("expected", "")),
                fix="",
                code=str(one.get("code", "")),
            )
            for one in row.findings[:100]
        ),
    )


def _file(_request: HttpRequest, place: Desk, item: WorkItem) -> About:
    row = inbound_get(place.grant, UUID(item.subject_id))
    return About(f"File {inbound_name(row)}" if row else "File", why=item.words)


_MAKERS: dict[str, Maker] = {
    "claim": claim_about,
    "patient": patient_about,
    "interchange": _interchange,
    "parked": _parked,
    "remittance": _remittance,
    "deposit": _deposit,
    "intake": _intake,
    "file": _file,
}
