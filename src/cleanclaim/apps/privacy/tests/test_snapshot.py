"""All decisions are a reviewed file; a change of a policy shows there, line by line."""

import pytest

from cleanclaim.apps.privacy.tests.files import ROOT, TENANTS, document, policy, text
from cleanclaim.core.privacy.compile import policy_from_documents
from cleanclaim.core.privacy.snapshot import policy_diff, snapshot_text
from cleanclaim.core.privacy.source import document_read


@pytest.mark.parametrize("tenant", TENANTS)
def test_the_decisions_are_those_that_were_reviewed(tenant):
    """Renew with `cleanclaim policy check --write` and read the difference."""
    path = ROOT / "docs" / "reference" / "decisions" / f"{tenant}.txt"
    assert snapshot_text(policy(tenant)) == path.read_text(encoding="utf-8")


def changed(tenant, out, put):
    assert out in text(tenant)
    tenant_document = document_read(f"{tenant}.yaml", text(tenant).replace(out, put, 1))
    return policy_from_documents(document("platform"), tenant_document)


def test_a_change_is_told_in_words_and_what_it_allows_comes_first():
    wider = changed(
        "usmed",
        "categories: [phi.clinical.notes], purposes: [billing.authorization, billing.claims, "
        "billing.collections], recipients: [payer, clearinghouse], when: [payer_request_on_file]",
        "categories: [phi.clinical.notes], purposes: [billing.authorization, billing.eligibility], "
        "recipients: [payer, clearinghouse]",
    )
    told = policy_diff(policy("usmed"), wider)
    assert told[0] == (
        "Now allowed: disclose clinical notes of all for checking insurance with clearinghouses"
        " [before: no; after: yes UA-04 attachment_scope"
        " access_event,disclosure_event,field_mask,require_aead_or_tls if"
        " agreed_restriction_applies=no:F-07/required_by_law baa_active:F-03"
        " crosses_practice=no:F-11 leaves_united_states=no:F-15]"
    )
    kinds = [line.partition(":")[0] for line in told]
    assert kinds == sorted(
        kinds, key=["Now allowed", "No longer allowed", "Allowed on other terms"].index
    )
    assert set(kinds) == {"Now allowed", "No longer allowed", "Allowed on other terms"}


def test_a_dropped_deny_shows_even_where_nothing_gets_allowed():
    start = text("usmed").index("  - {id: UA-90")
    row = text("usmed")[start : text("usmed").index("\n", start) + 1]
    told = policy_diff(policy("usmed"), changed("usmed", row, ""))
    assert told
    assert {line.partition(":")[0] for line in told} == {"Denied by another rule"}


def test_no_change_tells_nothing():
    assert policy_diff(policy("usmed"), policy("usmed")) == []
