"""Every row, file and way out refuses a grant for something else, and the refusal is recorded."""

from contextlib import suppress
from datetime import timedelta

import pytest


def test_every_kind_of_data_of_a_row_is_a_word_of_the_policy():
    from cleanclaim.apps.privacy.loading import SHIPPED, document_from_file

    words = document_from_file(SHIPPED / "platform.yaml").data["categories"].keys()
    strange = {
        model.__name__: sorted(model.data_categories - words)
        for model in practice_models()
        if model.data_categories - words
    }
    assert strange == {}


def practice_models():
    from django.apps import apps

    from cleanclaim.platform.models.bases import PracticeModel

    return [model for model in apps.get_models() if issubclass(model, PracticeModel)]


def refusal(call):
    from cleanclaim.kernel.refusal import Refusal

    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.code


def test_every_row_of_a_practice_refuses_without_a_grant(db, tenant, now):
    from cleanclaim.platform.models.scope import tenant_scope

    found = practice_models()
    assert found
    for model in found:
        assert refusal(model.objects.all) == "no_scope"
    with tenant_scope(tenant.id, actor="person:test", at=now):
        for model in found:
            assert refusal(model.objects.all) == "no_practice"


def test_every_row_refuses_a_grant_for_other_data(db, tenant, now, grant_for):
    from cleanclaim.platform.models.scope import scope

    grant = grant_for(tenant.id, 1, categories=("biz",))
    with scope(grant, at=now):
        for model in practice_models():
            if any(name.startswith("phi") for name in model.data_categories):
                assert refusal(lambda model=model: model.objects.under(grant)) == "grant_wrong_data"


def test_a_grant_is_void_for_another_practice_and_after_its_end(db, tenant, now, grant_for):
    from cleanclaim.platform.models.scope import scope

    grant = grant_for(tenant.id, 1)
    model = next(m for m in practice_models() if m.__name__ == "Claim")
    with scope(grant, at=now):
        assert refusal(lambda: model.objects.under(grant, practice_id=2)) == "grant_wrong_practice"
        other = grant_for(tenant.id + 1, 1)
        assert refusal(lambda: model.objects.under(other)) == "grant_wrong_tenant"
    late = grant.not_after + timedelta(seconds=1)

    def use():
        with scope(grant, at=late):
            model.objects.all()

    assert refusal(use) == "grant_expired"


def test_a_row_of_a_practice_asks_the_scope_s_grant_whatever_way_leads_to_it(
    db, tenant, now, grant_for
):
    from cleanclaim.platform.models.scope import scope

    with scope(grant_for(tenant.id, 1, categories=("biz",)), at=now):
        for model in practice_models():
            if any(name.startswith("phi") for name in model.data_categories):
                assert refusal(model.objects.all) == "grant_wrong_data"
                assert refusal(model.objects.count) == "grant_wrong_data"


# What is asked of a grant that it does not cover | refusal
MISUSES = {
    "other data": "grant_wrong_data",
    "other practice": "grant_wrong_practice",
    "other company": "grant_wrong_tenant",
    "other recipient": "grant_wrong_recipient",
    "other act": "grant_wrong_action",
    "after its end": "grant_expired",
}
PARTNER = "clearinghouse:connection:7"


def misuse(words, grant_for, tenant_id, now):
    """Use a grant for what it is not for, with nobody who would tell."""
    from cleanclaim.kernel.refusal import Refusal
    from cleanclaim.platform.models.scope import scope
    from cleanclaim.platform.transports.transport import refuse_undisclosed

    claim = next(m for m in practice_models() if m.__name__ == "Claim")
    grant = grant_for(tenant_id, 1)
    if words in {"other recipient", "other act"}:
        partner = "clearinghouse:connection:8" if words == "other recipient" else ""
        refuse_undisclosed(
            grant_for(tenant_id, 1, partner=partner), tenant_id=tenant_id, practice_id=1,
            categories=claim.data_categories, recipient=PARTNER, at=now,
        )  # fmt: skip
    if words == "after its end":
        with scope(grant, at=grant.not_after):
            pass
    uses = {
        "other data": lambda: claim.objects.under(grant_for(tenant_id, 1, categories=("biz",))),
        "other practice": lambda: claim.objects.under(grant, practice_id=2),
        "other company": lambda: claim.objects.under(grant_for(tenant_id + 1, 1)),
    }
    with scope(grant, at=now), pytest.raises(Refusal):
        uses[words]()  # the work goes on as if nothing had been refused


@pytest.mark.parametrize(("words", "code"), MISUSES.items())
def test_a_grant_used_for_something_else_is_refused_and_recorded(
    db, tenant, now, grant_for, words, code
):

    from cleanclaim.kernel.refusal import Refusal
    from cleanclaim.platform.audit.models import AuditEvent
    from cleanclaim.platform.models.scope import tenant_scope

    with suppress(Refusal):
        misuse(words, grant_for, tenant.id, now)
    with tenant_scope(tenant.id, actor="person:test", at=now):
        events = AuditEvent.objects.filter(action="refuse", resource_type="grant")
        told = [(row.outcome, row.detail["code"], row.detail["decision_id"]) for row in events]
    assert told == [("refused", code, "test")]
