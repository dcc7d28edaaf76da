import copy
import dataclasses
import pickle
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from cleanclaim.core.privacy import Batch, Grant, grant_allows, grant_allows_action, grant_for
from cleanclaim.core.privacy.tests.trial import POLICY, SCOPE, ask

AT = datetime(2026, 11, 22, 11, tzinfo=UTC)


def granted(**scope):
    return grant_for(Batch(POLICY), ask(), msgspec.structs.replace(SCOPE, **scope))[1]


def test_a_grant_says_what_was_allowed():
    decision, grant = grant_for(Batch(POLICY), ask(), SCOPE)
    assert decision.is_allowed
    assert (grant.rule, grant.recipient, grant.actor) == ("U-01", "payer", "job:7")
    assert grant.field_set == {"patient.name.last"}
    assert grant.policy_digest == POLICY.digest


def test_a_denied_question_gives_no_grant():
    decision, grant = grant_for(Batch(POLICY), ask(purpose="marketing"), SCOPE)
    assert (decision.outcome, grant) == ("denied", None)


def test_nobody_else_makes_changes_copies_or_stores_a_grant():
    grant = granted()
    fields = {f.name: getattr(grant, f.name) for f in dataclasses.fields(grant)}
    with pytest.raises(TypeError, match="made by"):
        Grant(**fields, maker=object())
    with pytest.raises(TypeError):
        Grant(**fields)
    with pytest.raises((TypeError, ValueError), match="maker"):
        dataclasses.replace(grant, tenant_id=2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        grant.tenant_id = 2
    for store in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="stored"):
            store(grant)


# how the use differs from what was granted | refusal
USES = [
    ({}, None),
    ({"practice_ids": (10, 11)}, None),
    ({"tenant_id": 2}, "grant_wrong_tenant"),
    ({"practice_ids": (10, 12)}, "grant_wrong_practice"),
    ({"at": SCOPE.not_after}, "grant_expired"),
    ({"at": SCOPE.not_after - timedelta(seconds=1)}, None),
    ({"recipient": "payer:17"}, None),
    ({"recipient": "vendor"}, "grant_wrong_recipient"),
    ({"recipient": "self"}, "grant_wrong_recipient"),
    ({"categories": frozenset({"phi.notes"})}, "grant_wrong_data"),
    ({"categories": frozenset({"phi.name", "phi.notes"})}, "grant_wrong_data"),
    ({"categories": frozenset({"phi"})}, "grant_wrong_data"),
    ({"categories": frozenset()}, "grant_wrong_data"),
    ({"categories": frozenset({"phi.name.last"})}, None),
]


def use(grant, **changed):
    base = {
        "tenant_id": 1,
        "practice_ids": (10,),
        "recipient": "payer",
        "categories": frozenset({"phi.name"}),
        "at": AT,
    }
    return grant_allows(grant, **(base | changed))


@pytest.mark.parametrize(("changed", "refusal"), USES)
def test_a_grant_is_good_for_its_own_use_alone(changed, refusal):
    assert use(granted(), **changed) == refusal


def test_a_grant_for_one_recipient_is_not_for_its_class():
    grant = granted(recipient_id="17")
    assert use(grant, recipient="payer:17") is None
    assert use(grant, recipient="payer:18") == "grant_wrong_recipient"
    assert use(grant, recipient="payer") == "grant_wrong_recipient"


def test_a_grant_to_send_does_not_erase():
    assert grant_allows_action(granted(), "disclose") is None
    assert grant_allows_action(granted(), "erase") == "grant_wrong_action"
