"""What decisions, grants and the cut of claims cost; run it with the project's Python.

.venv/bin/python benchmarks/privacy/run.py
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import cedarpy
import msgspec

from cleanclaim.apps.privacy.inventory import policy_with_fields
from cleanclaim.apps.privacy.loading import SHIPPED, policy_load
from cleanclaim.apps.privacy.minimum import claim_for_grant
from cleanclaim.apps.privacy.tests.asking import request_random
from cleanclaim.apps.privacy.tests.cedar import cedar_from_files, cedar_request
from cleanclaim.apps.privacy.tests.files import document
from cleanclaim.apps.privacy.tests.records import claim_random
from cleanclaim.apps.privacy.tests.test_minimum import SCOPE, granted
from cleanclaim.core.privacy import Batch, decide, grant_allows, grant_for
from cleanclaim.core.privacy.snapshot import snapshot_text

COUNT = 20_000


def once(label: str, work: Callable[[], object]) -> None:
    """Time something long, three times."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    print(f"{label:<58} {min(times) * 1e3:>10.1f} ms")


def each(label: str, calls: list[Callable[[], object]]) -> None:
    """Time many short calls: median and 99th percentile."""
    times = []
    for call in calls:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    times.sort()
    median, late = statistics.median(times), times[int(len(times) * 0.99)]
    print(f"{label:<58} {median * 1e6:>10.1f} µs  p99 {late * 1e6:>8.1f} µs")


def tenant_figures(tenant: str) -> None:
    """Print what one tenant's policy costs."""
    today = datetime.now(UTC).date()
    path = Path(SHIPPED / f"{tenant}.yaml")
    loaded = policy_load(path, today=today)
    if loaded.policy is None:
        raise SystemExit(str(loaded.findings))
    rules = policy_with_fields(loaded.policy, loaded.platform)
    chance = Random(str(tenant))
    asked = [request_random(chance, rules) for _ in range(COUNT)]
    batch = Batch(rules)
    each(f"{tenant}: a decision", [lambda r=r: decide(rules, r) for r in asked])
    for request in asked:
        batch.decide(request)
    again = [msgspec.json.decode(msgspec.json.encode(r), type=type(r)) for r in asked]
    each(f"{tenant}: a repeated question of a batch", [lambda r=r: batch.decide(r) for r in again])
    anew = [lambda r=r: grant_for(Batch(rules), r, SCOPE) for r in asked[:5000]]
    each(f"{tenant}: a grant, decided anew", anew)
    once(f"{tenant}: checking and loading the files", lambda: policy_load(path, today=today))
    once(f"{tenant}: all decisions on paper", lambda: snapshot_text(rules))
    source = cedar_from_files(document("platform").data, document(tenant).data)
    engine = cedarpy.PolicySet.from_str(source)
    questions = [cedar_request(r) for r in asked[:2000]]
    theirs = [lambda q=q: cedarpy.is_authorized(q, engine, []) for q in questions]
    each(f"{tenant}: the same decision by Cedar, parsed before", theirs)


def main() -> None:
    """Print every figure."""
    for tenant in ("usmed", "umbs"):
        tenant_figures(tenant)
    grant = granted("usmed")
    claims = [claim_random(Random(str(number))) for number in range(2000)]
    use = {
        "tenant_id": 1, "practice_ids": (1,), "recipient": "payer",
        "categories": frozenset({"phi.billing.claims", "phi.identity.name"}),
        "at": SCOPE.not_after - timedelta(hours=1),
    }  # fmt: skip
    each("one check of a grant", [lambda: grant_allows(grant, **use)] * COUNT)
    each("one claim cut to its field set", [lambda c=c: claim_for_grant(c, grant) for c in claims])


if __name__ == "__main__":
    main()
