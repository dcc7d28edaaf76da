import msgspec
from jsonschema import Draft202012Validator

from cleanclaim.apps.privacy.loading import (
    SHIPPED,
    policy_load,
    policy_of_digest,
    schema,
    tenant_paths,
)
from cleanclaim.apps.privacy.tests.asking import all_good
from cleanclaim.apps.privacy.tests.files import TENANTS, TODAY, document, redated, text
from cleanclaim.apps.privacy.tests.test_page import AT, evidence, proofs
from cleanclaim.core.privacy import Decision, Request, decide
from cleanclaim.core.privacy.source import document_read


def load(path, kept=None):
    return policy_load(path, today=TODAY, last_good=kept)


def test_every_shipped_tenant_has_a_policy():
    assert tuple(sorted(TENANTS)) == tuple(tenant_paths())
    for path in tenant_paths().values():
        loaded = load(path)
        assert loaded.policy is not None
        assert loaded.policy.tenant == path.stem


def test_an_installation_adds_a_tenant(tmp_path):
    own = tmp_path / "third.yaml"
    own.write_text(redated(text("usmed").replace("tenant: usmed", "tenant: third")))
    assert tuple(tenant_paths(tmp_path)) == ("third", "umbs", "usmed")
    assert load(own).policy.tenant == "third"


def test_a_bad_file_never_replaces_a_good_one(tmp_path):
    kept, path = tmp_path / "kept", tmp_path / "usmed.yaml"
    path.write_text(text("usmed"))
    good = load(path, kept)
    for bad in ("tenant: [", text("usmed").replace("keep: P6Y", "keep: P1Y"), ""):
        path.write_text(bad)
        now = load(path, kept)
        assert now.findings
        assert now.is_last_good
        assert now.policy == good.policy
    assert sorted(item.name for item in kept.iterdir()) == ["usmed.yaml", "versions"]
    path.write_text(redated(text("usmed").replace("P18M", "P12M")))
    better = load(path, kept)
    assert (better.findings, better.is_last_good) == ((), False)
    assert better.policy.digest != good.policy.digest


def test_without_any_good_file_there_is_no_policy(tmp_path):
    path = tmp_path / "fourth.yaml"
    path.write_text("tenant: fourth")
    loaded = load(path, tmp_path / "kept")
    assert (loaded.policy, loaded.is_last_good) == (None, False)
    assert loaded.findings[0].code == "POLICY-SCHEMA"


def test_the_schema_ships_with_the_files_and_is_one():
    assert (SHIPPED / "schema.json").exists()
    Draft202012Validator.check_schema(schema())
    for path in SHIPPED.glob("*.yaml"):
        data = document_read(path.name, path.read_text(encoding="utf-8")).data
        assert list(Draft202012Validator(schema()).iter_errors(data)) == []


def test_a_recorded_decision_is_decided_again(tmp_path):
    kept, path = tmp_path / "kept", tmp_path / "usmed.yaml"
    path.write_text(text("usmed"))
    old = load(path, kept).policy
    request = all_good(
        old, action="disclose", categories={"phi.billing.claims"}, purpose="billing.claims",
        recipient="payer",
    )  # fmt: skip
    record = msgspec.json.encode({"request": request, "decision": decide(old, request)})
    path.write_text(redated(text("usmed").replace("UA-03, effect: allow", "UA-03, effect: deny")))
    assert not decide(load(path, kept).policy, request).is_allowed
    kept_request = msgspec.json.decode(record, type=Recorded)
    digest = kept_request.decision.policy_digest
    policy = policy_of_digest(digest, kept / "versions")
    assert decide(policy, kept_request.request) == kept_request.decision
    assert policy_of_digest("0" * 64, kept / "versions") is None


class Recorded(msgspec.Struct):
    request: Request
    decision: Decision


def test_a_new_version_waits_for_evidence_that_lapsed(tmp_path):
    kept, path = tmp_path / "kept", tmp_path / "usmed.yaml"
    path.write_text(text("usmed"))
    first = policy_load(path, today=TODAY, last_good=kept, proofs=proofs())
    path.write_text(redated(text("usmed").replace("P18M", "P12M")))
    lapsed = proofs(evidence("attest:usmed.rights", until=AT))
    held = policy_load(path, today=TODAY, last_good=kept, proofs=lapsed)
    assert [item.code for item in held.findings] == ["PAGE-EVIDENCE-LAPSED"]
    assert (held.is_last_good, held.policy) == (True, first.policy)
    assert policy_load(path, today=TODAY, last_good=kept, proofs=proofs()).findings == ()


def test_contradictions_of_the_published_pages_are_resolved():
    told = {
        tenant: {c for row in document(tenant).data["resolutions"] for c in row["clauses"]}
        for tenant in TENANTS
    }
    assert told["usmed"] == {"A-41", "A-56", "A-57", "A-67", "A-72"}
    assert told["umbs"] == {"B-1", "B-2", "B-13", "B-26", "B-31", "B-34", "B-35", "B-38", "B-45"}
