"""A second engine, made by others, reads the same files and gives the same answers."""

import random

import cedarpy
import pytest

from cleanclaim.apps.privacy.tests.asking import request_random
from cleanclaim.apps.privacy.tests.cedar import cedar_from_files, cedar_request
from cleanclaim.apps.privacy.tests.files import TENANTS, document, policy
from cleanclaim.core.privacy import decide


@pytest.mark.proof
@pytest.mark.parametrize("tenant", TENANTS)
def test_cedar_agrees(tenant, proof):
    count = proof.count(50_000, 2_000)
    source = cedar_from_files(document("platform").data, document(tenant).data)
    engine = cedarpy.PolicySet.from_str(source)
    rules = policy(tenant)
    allowed = 0
    for start in range(0, count, 1000):
        asked = [request_random(proof.random, rules) for _ in range(min(1000, count - start))]
        answers = cedarpy.is_authorized_batch([cedar_request(r) for r in asked], engine, [])
        for request, other in zip(asked, answers, strict=True):
            assert not other.diagnostics.errors
            ours = decide(rules, request).is_allowed
            assert ours == (other.decision == cedarpy.Decision.Allow), request
            allowed += ours
    assert count / 10 < allowed < count * 9 / 10
    proof.tell(cases=count, allowed=allowed)


def test_cedar_would_notice_a_difference():
    rules = policy("usmed")
    platform = dict(document("platform").data)
    platform["floors"] = [row for row in platform["floors"] if row["id"] != "F-11"]
    engine = cedarpy.PolicySet.from_str(cedar_from_files(platform, document("usmed").data))
    chance = random.Random(1)  # noqa: S311  no secret is made here
    asked = [request_random(chance, rules) for _ in range(2000)]
    answers = cedarpy.is_authorized_batch([cedar_request(r) for r in asked], engine, [])
    assert any(
        decide(rules, request).is_allowed != (other.decision == cedarpy.Decision.Allow)
        for request, other in zip(asked, answers, strict=True)
    )
