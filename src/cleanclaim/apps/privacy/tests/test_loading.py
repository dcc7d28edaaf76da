from cleanclaim.apps.privacy.loading import SHIPPED, policy_load, tenant_paths
from cleanclaim.apps.privacy.tests.files import TENANTS, TODAY, redated, text


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
    assert [item.name for item in kept.iterdir()] == ["usmed.yaml"]
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


def test_the_schema_ships_with_the_files():
    assert (SHIPPED / "schema.json").exists()
