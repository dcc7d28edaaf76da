"""What a person may decide about a claim now, as forms."""

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.claims.public import EDITABLE, Claim, Detail
from cleanclaim.core.claim.stages import ADJUDICATED, IN_FLIGHT, REJECTED
from cleanclaim.platform.ui.frame import Action, Method
from cleanclaim.web.workbench.forms import (
    MoneyReasonForm,
    PendForm,
    PickForm,
    ReasonForm,
)
from cleanclaim.web.workbench.live.bound import bound
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.forms import FormView

WRITE_OFF_REASONS = [
    ("timely filing", "Timely filing"),
    ("no authorization", "No authorization"),
    ("bundled", "Bundled"),
    ("small balance", "Small balance"),
    ("courtesy", "Courtesy"),
    ("charity", "Charity"),
    ("bankruptcy", "Bankruptcy"),
    ("deceased", "Deceased, no estate"),
    ("bad debt", "Bad debt"),
    ("administrative error", "Our own error"),
    ("credentialing", "Credentialing"),
]


def people_choices(place: Desk) -> list[tuple[str, str]]:
    """Give the people to whom work can be given; first everybody."""
    return [("", "Everybody"), *((str(key), name) for key, name in place.people.items())]


def claim_href(row: Claim, verb: str) -> str:
    """Give the address of a form of a claim."""
    return reverse("acts:claim", args=[row.id, verb])


def claim_actions(place: Desk, row: Claim) -> tuple[Action, ...]:
    """Give the buttons of a claim that need nothing typed."""
    actions = []
    if row.level == 1 and row.stage in EDITABLE and place.may("change", "claim"):
        edit = reverse("acts:edit", args=[row.id])
        actions.append(Action(words="Edit", href=edit, key="e"))
    if row.stage in IN_FLIGHT and row.numbers and place.may("post", "remittance"):
        eob = reverse("acts:eob", args=[row.id])
        actions.append(Action(words="Type an EOB in", href=eob))
    if row.stage in REJECTED and place.may("send", "claim"):
        actions.append(
            Action(
                words="Send again",
                href=claim_href(row, "send-again"),
                method=Method.POST,
                key="r",
            )
        )
    return tuple(actions)


def claim_forms(request: HttpRequest, place: Desk, detail: Detail) -> tuple[FormView, ...]:
    """Give the forms of a claim that the person may send and that can be done now."""
    row = detail.claim
    found: list[FormView] = []
    if place.may("change", "work_item"):
        found += _work_forms(request, place, row)
    is_decided = row.stage in ADJUDICATED
    if place.may("post", "ledger") and row.open_cents > 0 and is_decided:
        found += _asking_forms(request, row)
    if place.may("write_off", "ledger") and row.open_cents + row.patient_cents > 0:
        found.append(
            FormView(
                name="write-off",
                form=bound(request, MoneyReasonForm, "write-off", choices=WRITE_OFF_REASONS),
                href=claim_href(row, "write-off"),
                words="Write off",
                summary="Write off",
                hint="The patient's part first, where the patient owes any.",
                is_danger=True,
                key="w",
            )
        )
    if place.may("send", "claim") and is_decided:
        words = "The payer is asked to take the whole claim back; money moves when it does."
        found.append(
            _form(request, row, "void", ("Void at the payer", "Void", words), is_danger=True)
        )
    return tuple(found)


def _work_forms(request: HttpRequest, place: Desk, row: Claim) -> list[FormView]:
    return [
        FormView(
            name="pend",
            form=bound(request, PendForm, "pend"),
            href=claim_href(row, "pend"),
            words="Pend",
            summary="Pend with a reason",
            hint="It comes back to its queue on that day; the reason is kept as a note.",
        ),
        FormView(
            name="assign",
            form=bound(request, PickForm, "assign", label="Owner", choices=people_choices(place)),
            href=claim_href(row, "assign"),
            words="Give",
            summary="Give to somebody",
        ),
    ]


def _asking_forms(request: HttpRequest, row: Claim) -> list[FormView]:
    """Who is asked next for what is open, by a decision with its reason."""
    following = (
        "Ask the next payer",
        "Move to next payer",
        "What is open moves to the next payer, whose claim leaves then.",
    )
    patient = (
        "Ask the patient",
        "Move to patient",
        "Refused where the contract or the law protects the patient.",
    )
    found = [_form(request, row, "bill-patient", patient)]
    return [_form(request, row, "bill-next", following), *found] if row.next_claim_id else found


def _form(
    request: HttpRequest,
    row: Claim,
    verb: str,
    words: tuple[str, str, str],
    *,
    is_danger: bool = False,
) -> FormView:
    """Make a form that asks for a reason; `words` are its summary, its button and its hint."""
    summary, button, hint = words
    return FormView(
        name=verb,
        form=bound(request, ReasonForm, verb),
        href=claim_href(row, verb),
        words=button,
        summary=summary,
        hint=hint,
        is_danger=is_danger,
    )
