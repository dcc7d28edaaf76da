"""Every figure of the ageing is a sum of ledger lines, whatever index it is read from."""

from collections import defaultdict

import pytest
from django.db import connection

from cleanclaim.apps.exchange.public import inbound_receive
from cleanclaim.apps.practices.public import practice_create
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.remittance.public import money_apply
from cleanclaim.apps.reports.public import ageing_lines, ageing_rows
from cleanclaim.config.billing_files import ACTOR, bill_file
from cleanclaim.config.tests.foreign import claim, file_835, file_837
from cleanclaim.core.posting.state import Policy
from cleanclaim.platform.models.scope import scope, tenant_scope

NPI = "1234567893"
DATES = ("20261120", "20261001", "20260820", "20260720", "20260102")
_LEDGER = """
    select coalesce(c.{column}::text, 'nobody'),
           least(greatest((%s - c.service_date - 1) / 30, 0), 4), sum(l.amount_cents)
    from ledger_line l join claim c on c.id = l.claim_id
    where l.account = %s group by 1, 2 having sum(l.amount_cents) <> 0
"""


@pytest.fixture
def books(tenant, now, tmp_path):
    """Claims of five ages at two payers; one is paid in part, one in full."""
    with tenant_scope(tenant.id, actor="person:test", at=now):
        practice = practice_create(name="Sample Clinic", npi=NPI, tax_id="001234567")
    texts = [
        claim(f"AGE-{at}", level=at + 2)
        .replace("20260102", day)
        .replace("UNSEEN1", "UNSEEN1" if at % 2 else "OTHER1")
        for at, day in enumerate(DATES)
    ]
    path = tmp_path / "old.837"
    path.write_bytes(file_837(*texts, npi=NPI))
    assert bill_file(path, tenant, "", lambda: now, is_sent=True).imported == len(DATES)
    for number in ("AGE-1", "AGE-3"):
        content = file_835(number, npi=NPI).replace(b"TRACE77", number.encode())
        content = content.replace(b"ICN900", number.encode())
        with tenant_scope(tenant.id, actor=ACTOR, at=now):
            file_id = inbound_receive(None, number, content, at=now)[0].id
        grant = work_grant("usmed", tenant.id, (practice.id,), actor=ACTOR, at=now)
        policy = Policy(post_before_eft_match=True)
        money_apply(grant, file_id, policy=policy, at=now, day=now.date())
    with scope(grant, at=now):
        yield grant


@pytest.mark.parametrize("by", ["payer", "practice", "provider"])
def test_every_figure_is_a_sum_of_ledger_lines(books, now, by):
    day = now.date()
    rows = ageing_rows(books, by=by, day=day)
    for account, shown in (("1100", rows[:-1]), ("1110", rows[-1:])):
        column = f"{by}_id" if account == "1100" else "tenant_id"
        sums = defaultdict(lambda: [0] * 5)
        with connection.cursor() as cursor:
            cursor.execute(_LEDGER.format(column=column), [day, account])
            for key, bucket, cents in cursor.fetchall():
                sums[key][bucket] += cents
        assert sorted(list(row.cents) for row in shown) == sorted(sums.values())
    for row in rows:
        for bucket, cents in enumerate(row.cents):
            told = ageing_lines(books, by=by, key=row.key, bucket=bucket, day=day)
            assert told[1] == cents
