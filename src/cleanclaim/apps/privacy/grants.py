"""Asking for a grant: the facts are looked up, the policy decides, the answer is recorded."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Q
from msgspec import convert, to_builtins

from cleanclaim.apps.privacy.in_force import policy_in_force, policy_that_decided
from cleanclaim.apps.privacy.models import Agreement
from cleanclaim.core.privacy import Batch, Decision, Fact, Grant, Request, Scope, decide
from cleanclaim.core.privacy.grant import grant_for
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.cost import counted
from cleanclaim.platform.models.scope import scope_now, tenant_scope

# The narrow words of everything that a claim and its payment consist of.
BILLING_DATA = frozenset(
    {
        "phi.identity.name",
        "phi.identity.contact",
        "phi.identity.record_number",
        "phi.demographics",
        "phi.insurance.member_id",
        "phi.insurance.coverage",
        "phi.clinical.diagnosis",
        "phi.clinical.procedure",
        "phi.billing.claims",
        "phi.billing.payments",
    }
)
# What is known of who bills: practice, providers, their standing and contracts.
BUSINESS_DATA = frozenset({"biz.contact", "biz.identifiers", "biz.practice_profile"})
# What a claim to a payer consists of: of the person, and of who bills.
CLAIM_DATA = (
    (BILLING_DATA - {"phi.identity.record_number"}) | BUSINESS_DATA | {"phi.billing.other_required"}
)
_LASTS = timedelta(hours=12)
BAA = "baa"


@counted
def grant_ask(
    policy: str, practice_ids: Iterable[int], request: Request, *, recipient_id: str = ""
) -> Grant:
    """Ask the policy whether the scope's actor may do something; both answers are recorded.

    Args:
        policy: Name of the tenant's policy.
        practice_ids: Practices whose data it is about.
        request: The question, without the facts that are looked up here.
        recipient_id: Opaque id of the one recipient of a disclosure.

    Returns:
        The leave, for twelve hours.

    Raises:
        Refusal: `not_allowed`, with the policy's sentence.
    """
    held = scope_now()
    if held.tenant_id is None or held.at is None:
        raise Refusal("no_tenant", "A leave is asked for inside the scope of a company.")
    practices = tuple(sorted(practice_ids))
    facts = (*request.facts, *_facts(practices, recipient_id, held.at.date()))
    asked = Request(
        action=request.action,
        categories=request.categories,
        purpose=request.purpose,
        recipient=request.recipient,
        subject=request.subject,
        facts=tuple({fact.name: fact for fact in facts}.values()),
        task=request.task,
        role=request.role,
    )
    scope = Scope(
        tenant_id=held.tenant_id,
        practice_ids=practices,
        actor=held.actor,
        decision_id=str(uuid4()),
        not_after=held.at + _LASTS,
        recipient_id=recipient_id,
    )
    decision, grant = grant_for(Batch(policy_in_force(policy, held.at.date())), asked, scope)
    # Question and answer whole, so that the decision can be made again from its record.
    detail = {"request": to_builtins(asked), "decision": to_builtins(decision)}
    if grant is None:
        raise Refusal("not_allowed", decision.because, detail)
    audit_record(
        action=f"grant {request.action}",
        resource_type="practice",
        resource_ids=list(practices),
        outcome="allowed",
        detail=detail,
        grant=grant,
    )
    return grant


def decision_again(detail: Mapping[str, Any]) -> tuple[Decision, Decision]:
    """Decide a recorded question again, by the policy that decided it then.

    Args:
        detail: Of an audit event: `request` and `decision`.

    Returns:
        The decision as it was recorded, and as it is now made; they are equal.

    Raises:
        Refusal: `no_policy`: no such policy was ever in force here.
    """
    recorded = convert(detail["decision"], Decision)
    policy = policy_that_decided(recorded.policy_digest)
    return recorded, decide(policy, convert(detail["request"], Request))


def work_grant(
    policy: str, tenant_id: int, practice_ids: Iterable[int], *, actor: str, at: datetime
) -> Grant:
    """Ask for the leave to work on claims and payments of practices."""
    request = Request(
        action="use",
        categories=BILLING_DATA | BUSINESS_DATA,
        purpose="billing.claims",
        recipient="self",
    )
    with tenant_scope(tenant_id, actor=actor, at=at):
        return grant_ask(policy, practice_ids, request)


def disclosure_grant(
    policy: str,
    tenant_id: int,
    practice_ids: Iterable[int],
    *,
    recipient_id: str,
    actor: str,
    at: datetime,
) -> Grant:
    """Ask for the leave to send claims of practices to a clearinghouse."""
    request = Request(
        action="disclose",
        categories=CLAIM_DATA,
        purpose="billing.claims",
        recipient="clearinghouse",
        task="837P",
        role="exchange",
    )
    with tenant_scope(tenant_id, actor=actor, at=at):
        return grant_ask(policy, practice_ids, request, recipient_id=recipient_id)


def agreement_record(*, kind: str, party: str, start_date: date, reference: str = "") -> Agreement:
    """Note an agreement of the scope's tenant, once."""
    row, _ = Agreement.objects.get_or_create(
        kind=kind, party=party, start_date=start_date, defaults={"reference": reference}
    )
    made: Agreement = row
    return made


def _facts(practices: tuple[int, ...], recipient_id: str, day: date) -> list[Fact]:
    """Look up what the policy may ask.

    Restricted lines are taken out where claims are put together, so no agreed restriction covers
    what is left; the scope holds exactly the named practices, so nothing is mixed.
    """
    facts = [
        Fact("agreed_restriction_applies", holds=False, evidence="claims.without_restricted_lines"),
        Fact("required_by_law", holds=False, evidence="no legal process was named"),
        Fact("crosses_practice", holds=False, evidence=f"scope:{len(practices)}"),
        Fact("leaves_united_states", holds=False, evidence="connection:loopback"),
    ]
    if recipient_id:
        found = (
            Agreement.objects.filter(kind=BAA, party=recipient_id, start_date__lte=day)
            .filter(Q(end_date=None) | Q(end_date__gte=day))
            .first()
        )
        evidence = f"agreement:{found.id}" if found else f"agreement of {recipient_id}: none"
        facts.append(Fact("baa_active", holds=found is not None, evidence=evidence))
    return facts
