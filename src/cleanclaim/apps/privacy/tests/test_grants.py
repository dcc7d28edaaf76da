"""Leaves are asked for with facts that were looked up, and every answer is recorded."""

from datetime import timedelta

import pytest

from cleanclaim.apps.privacy.public import (
    BAA,
    agreement_record,
    decision_again,
    disclosure_grant,
    policy_in_force,
    work_grant,
)
from cleanclaim.core.privacy import grant_allows, grant_allows_action
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.models.scope import tenant_scope

PARTNER = "connection:7"


def leave(tenant, now, recipient=PARTNER):
    return disclosure_grant("usmed", tenant.id, (1,), recipient_id=recipient, actor="job:1", at=now)


@pytest.fixture
def agreed(tenant, now):
    with tenant_scope(tenant.id, actor="person:1", at=now):
        agreement_record(kind=BAA, party=PARTNER, start_date=now.date() - timedelta(days=1))


def answers(tenant, now):
    with tenant_scope(tenant.id, actor="person:1", at=now):
        return list(AuditEvent.objects.values_list("action", "outcome"))


def test_a_claim_may_go_where_an_agreement_is_active(tenant, now, agreed):
    grant = leave(tenant, now)
    assert grant.recipient == f"clearinghouse:{PARTNER}"
    assert {"billing.npi", "lines.procedure_code", "patient.name.last"} <= grant.field_set
    assert not {"note", "lines.note"} & grant.field_set
    assert grant_allows_action(grant, "disclose") is None
    code = grant_allows(
        grant, tenant_id=tenant.id, practice_ids=(1,), recipient="clearinghouse:connection:8",
        categories=frozenset({"phi.billing.claims"}), at=now,
    )  # fmt: skip
    assert code == "grant_wrong_recipient"
    assert ("grant disclose", "allowed") in answers(tenant, now)


def test_without_an_agreement_nothing_goes(tenant, now):
    with pytest.raises(Refusal, match="only under an active agreement"):
        leave(tenant, now)


def test_every_answer_is_decided_again_from_its_record(tenant, now, agreed):
    leave(tenant, now)
    with pytest.raises(Refusal, match="not_allowed"):
        leave(tenant, now, recipient="connection:8")
    with tenant_scope(tenant.id, actor="person:1", at=now):
        events = [one for one in AuditEvent.objects.all() if "request" in one.detail]
    assert [one.outcome for one in events] == ["allowed", "refused"]
    for event in events:
        recorded, again = decision_again(event.detail)
        assert recorded == again
        assert recorded.is_allowed == (event.outcome == "allowed")
    facts = {fact["name"]: fact["evidence"] for fact in events[0].detail["request"]["facts"]}
    assert facts["baa_active"].startswith("agreement:")
    assert events[0].policy_digest == events[0].detail["decision"]["policy_digest"]
    forged = {**events[0].detail["decision"], "policy_digest": "0"}
    with pytest.raises(Refusal, match="no_policy"):
        decision_again({**events[0].detail, "decision": forged})


def test_the_agreement_of_another_partner_does_not_help(tenant, now, agreed):
    with pytest.raises(Refusal, match="not_allowed"):
        leave(tenant, now, recipient="connection:8")


def test_an_agreement_of_tomorrow_does_not_help_today(tenant, now):
    with tenant_scope(tenant.id, actor="person:1", at=now):
        agreement_record(kind=BAA, party=PARTNER, start_date=now.date() + timedelta(days=1))
    with pytest.raises(Refusal, match="not_allowed"):
        leave(tenant, now)


def test_work_inside_needs_its_leave_too(tenant, now):
    grant = work_grant("usmed", tenant.id, (1, 2), actor="person:1", at=now)
    assert (grant.action, grant.recipient, grant.practice_ids) == ("use", "self", (1, 2))
    assert grant.policy_digest == policy_in_force("usmed", now.date()).digest
    assert ("grant use", "allowed") in answers(tenant, now)


def test_a_company_without_a_policy_may_do_nothing(tenant, now):
    with pytest.raises(Refusal, match="no_policy"):
        work_grant("nobody", tenant.id, (1,), actor="person:1", at=now)
