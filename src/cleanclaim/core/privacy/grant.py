"""A grant: the leave to touch data of persons, which only a decision can give.

Whoever reads or sends takes one and asks `grant_allows` before the act.
"""

from collections.abc import Collection
from dataclasses import InitVar, dataclass
from datetime import datetime
from functools import lru_cache
from typing import NoReturn

import msgspec

from cleanclaim.core.privacy.decision import Batch, Decision, Request
from cleanclaim.core.privacy.policy import words_covered

_MAKER = object()


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """For whom and for how long a grant is asked; all of it is handed in by the edge.

    Args:
        practice_ids: The practices whose data it opens.
        actor: Opaque id of the person or job that asks.
        decision_id: Opaque id under which the decision is recorded.
        not_after: Aware instant; the grant is void from then on.
        recipient_id: Opaque id of the one recipient; empty opens the whole class of recipients.
    """

    tenant_id: int
    practice_ids: tuple[int, ...]
    actor: str
    decision_id: str
    not_after: datetime
    recipient_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What was allowed, to whom, of which practices, until when; made by `grant_for` alone.

    Args:
        recipient: The word of the policy, with `:` and the recipient's opaque id if one was named.
        categories: The narrow words that were asked about.
        field_set: The fields it opens: of the rule's set, those of the categories asked about.
        obligations: What the place that acts must do.
        rule: The rule that allowed it.
    """

    tenant_id: int
    practice_ids: tuple[int, ...]
    action: str
    purpose: str
    recipient: str
    categories: frozenset[str]
    field_set: frozenset[str]
    obligations: tuple[str, ...]
    accountable: bool
    not_after: datetime
    actor: str
    policy_digest: str
    rule: str
    decision_id: str
    maker: InitVar[object]

    def __post_init__(self, maker: object) -> None:
        """Let nobody make a grant but `grant_for`."""
        if maker is not _MAKER:
            msg = "a grant is made by core.privacy.grant_for, after a decision"
            raise TypeError(msg)

    def __reduce__(self) -> NoReturn:
        """Refuse to be copied or stored: a grant lives in one process and one piece of work."""
        msg = "a grant cannot be stored"
        raise TypeError(msg)


def grant_for(batch: Batch, request: Request, scope: Scope) -> tuple[Decision, Grant | None]:
    """Decide, and give a grant where the answer is allowed.

    Args:
        batch: `Batch(policy)` of this piece of work.
        request: The question with its facts.
        scope: For whom and until when.

    Returns:
        The decision, to be recorded in both cases, and the grant or None.
    """
    decision = batch.decide(request)
    if not decision.is_allowed:
        return decision, None
    policy = batch.policy
    opened = policy.field_sets.get((decision.field_set, request.task, request.role), ())
    kinds = policy.field_categories
    fields = frozenset(field for field in opened if kinds.get(field) in request.categories)
    recipient = f"{request.recipient}:{scope.recipient_id}".removesuffix(":")
    return decision, Grant(
        tenant_id=scope.tenant_id,
        practice_ids=scope.practice_ids,
        action=request.action,
        purpose=request.purpose,
        recipient=recipient,
        categories=request.categories,
        field_set=fields,
        obligations=decision.obligations,
        accountable=decision.accountable,
        not_after=scope.not_after,
        actor=scope.actor,
        policy_digest=decision.policy_digest,
        rule=decision.rule,
        decision_id=scope.decision_id,
        maker=_MAKER,
    )


def grant_allows(
    grant: Grant,
    *,
    tenant_id: int | None,
    practice_ids: Collection[int],
    recipient: str,
    categories: frozenset[str],
    at: datetime,
) -> str | None:
    """Check one use of a grant; the caller records and raises what is returned.

    Args:
        grant: What was allowed.
        tenant_id: The tenant whose data is touched; None is nobody's.
        practice_ids: The practices whose data is touched.
        recipient: As in `Grant.recipient`; `self` for work inside the company.
        categories: What is read or sent, as narrow words of the policy.
        at: The aware instant of the act.

    Returns:
        None where the grant covers the use, else a stable code: `grant_wrong_tenant`,
        `grant_wrong_practice`, `grant_expired`, `grant_wrong_recipient`, `grant_wrong_data`.
    """
    if tenant_id != grant.tenant_id:
        return "grant_wrong_tenant"
    if any(number not in grant.practice_ids for number in practice_ids):
        return "grant_wrong_practice"
    if at >= grant.not_after:
        return "grant_expired"
    if recipient != grant.recipient and recipient.partition(":")[0] != grant.recipient:
        return "grant_wrong_recipient"
    if categories and grant_covers(grant.categories, categories):
        return None
    return "grant_wrong_data"


@lru_cache(maxsize=1024)
def grant_covers(granted: frozenset[str], categories: frozenset[str]) -> bool:
    """Say whether granted words cover these: each is one of them or lies beneath one.

    >>> grant_covers(frozenset({"phi"}), frozenset({"phi.billing.claims"}))
    True
    """
    return categories <= granted or words_covered(granted, categories) == categories


def grant_allows_action(grant: Grant, action: str) -> str | None:
    """Check that a grant to read is not used to send, keep or erase: `grant_wrong_action`."""
    return None if action == grant.action else "grant_wrong_action"
