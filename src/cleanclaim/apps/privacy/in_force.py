"""The policy in force of each tenant, read once for each state of its files and each day."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

import msgspec

from cleanclaim.apps.privacy.evidence import proofs_load
from cleanclaim.apps.privacy.inventory import policy_with_fields
from cleanclaim.apps.privacy.loading import Loaded, policy_load, policy_of_digest, tenant_paths
from cleanclaim.core.privacy import Policy
from cleanclaim.core.privacy.evidence import Proofs
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_path


def policy_loaded(name: str, day: date) -> Loaded:
    """Give the policy in force of a tenant with what is wrong with its newest file.

    An installation adds tenants in the folder `policies` of its data folder; the last good copy
    of each file is kept in `policies-in-force`.

    Raises:
        Refusal: `no_policy` where no file has that name.
    """
    path = tenant_paths(policies_folder()).get(name)
    if path is None:
        raise Refusal("no_policy", f"There is no policy file of the name {name}.")
    files = (path, *sorted(evidence_folder().glob("*.yaml")))
    state = tuple((file, file.stat().st_mtime_ns) for file in files)
    return _loaded(path, state, day, in_force_folder())


def policy_that_decided(digest: str) -> Policy:
    """Give the policy behind a recorded decision, to decide it again.

    Raises:
        Refusal: `no_policy` where no such policy was ever in force here.
    """
    policy = policy_of_digest(digest, versions_folder())
    if policy is None:
        raise Refusal("no_policy", f"No policy {digest[:12]} was ever in force here.")
    return policy


def proofs_here(at: datetime) -> Proofs:
    """Gather the evidence of this release and of this installation."""
    return proofs_load(at, evidence_folder(), in_force_folder() / "evidence.json")


def policies_folder() -> Path:
    """Name the folder of the installation's own policy files."""
    return home_path() / "policies"


def evidence_folder() -> Path:
    """Name the folder of the installation's probes and attestations."""
    return home_path() / "evidence"


def in_force_folder() -> Path:
    """Name the folder of what is in force: last good files, versions, evidence ever seen."""
    return home_path() / "policies-in-force"


def versions_folder() -> Path:
    """Name the folder of all versions that were ever in force."""
    return in_force_folder() / "versions"


def policy_in_force(name: str, day: date) -> Policy:
    """Give the policy that decides for a tenant on a day.

    Raises:
        Refusal: `no_policy`: the tenant never had a good file, so nothing may be done.
    """
    policy = policy_loaded(name, day).policy
    if policy is None:
        raise Refusal("no_policy", f"The company has no valid policy called {name}.")
    return policy


@lru_cache(maxsize=64)
def _loaded(path: Path, state: object, day: date, last_good: Path) -> Loaded:
    del state  # part of the key alone
    proofs = proofs_here(datetime.combine(day, time.max, UTC))
    loaded = policy_load(path, today=day, last_good=last_good, proofs=proofs)
    if loaded.policy is None:
        return loaded
    policy = policy_with_fields(loaded.policy, loaded.platform)
    return msgspec.structs.replace(loaded, policy=policy)
