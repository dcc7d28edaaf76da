"""Asking for pages as a signed-in lead, in this process, and counting their queries."""

import logging
import os
import random
import statistics
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from loading import SEED

from cleanclaim.apps.claims.models import Claim
from cleanclaim.apps.patients.public import patients_opened
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.models import Person
from cleanclaim.apps.tenancy.public import person_create, second_factor_create
from cleanclaim.config.practice_world import companies_make
from cleanclaim.platform.models.scope import directory_scope, scope, tenant_scope

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
_PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
_NAME = "lead.pages"

type Page = Callable[[], str]


class Looked(NamedTuple):
    """What asking for one page took, in milliseconds; processor time knows no other load."""

    processor: float
    median: float
    p95: float
    queries: int


def looked(rounds: int) -> dict[str, Looked]:
    """Ask for every page many times."""
    logging.disable(logging.WARNING)
    company = companies_make(SEED, at=datetime.now(UTC))[0]
    with override_settings(STORAGES=_PLAIN, ALLOWED_HOSTS=["localhost"], DEBUG=False):
        client = _signed_in(company.office)
        return {name: _asked(client, page, rounds) for name, page in _pages(company.office).items()}


def _asked(client: Client, page: Page, rounds: int) -> Looked:
    for _ in range(2):  # these fill caches
        client.get(page(), secure=True)
    times, queries = [], 0
    begun = _processor_ms()
    for _ in range(rounds):
        address = page()
        with CaptureQueriesContext(connection) as asked:
            start = perf_counter()
            answer = client.get(address, secure=True)
            times.append((perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        queries = max(queries, len(asked))
    ordered = sorted(times)
    most = ordered[max(0, int(len(ordered) * 0.95) - 1)]
    spent = (_processor_ms() - begun) / rounds
    return Looked(spent, statistics.median(ordered), most, queries)


def _processor_ms() -> float:
    """Add up the processor time of this process and of its PostgreSQL backend, if it is here."""
    own = process_time() * 1000
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not stat.exists():
        return own
    fields = stat.read_text().rpartition(")")[2].split()
    return own + (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _signed_in(office) -> Client:
    with tenant_scope(office.tenant_id, actor="bench", at=datetime.now(UTC)):
        person = Person.objects.filter(username=_NAME).first()
        if person is None:
            person = person_create(
                username=_NAME,
                name="Dana Fictional",
                role="lead",
                password="long-enough-for-everybody-7",
                has_all_practices=True,
            )
            second_factor_create(person)
    client = Client(HTTP_HOST="localhost")
    with directory_scope():
        client.force_login(person, backend=_BACKEND)
    return client


def _pages(office) -> dict[str, Page]:
    at = datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="bench", at=at)
    chance = random.Random(7)
    with scope(grant, at=at):
        every = Claim.objects.under(grant)
        low, high = (
            every.order_by(way).values_list("id", flat=True).first() for way in ("id", "-id")
        )
        claims = []
        while len(claims) < 60:  # spread over all times, not all rows
            place = low.int + int((high.int - low.int) * chance.random())
            row = every.filter(id__gte=UUID(int=place)).order_by("id").first()
            claims.append(row)
        sent = list(every.filter(version__gt=0).order_by("-id")[:200])
        opened = patients_opened(grant, [row.patient_id for row in claims])
        people = [record.patient for record in opened.values()]
    pick = chance.choice

    def person() -> str:
        one = pick(people)
        return f"/claims/?q={one.name.last}, {one.birth_date}"

    numbers = [one for row in claims for one in row.payer_control_numbers] or ["none"]
    return {
        "day board": lambda: "/",
        "claim list": lambda: "/claims/",
        "claim list, later page": lambda: f"/claims/?after={pick(claims).id}",
        "claim list, common stage": lambda: "/claims/?stage=closed",
        "claim list, rare stage": lambda: "/claims/?stage=rejected_ch",
        "claim list, payer": lambda: f"/claims/?payer={pick(claims).payer_id}",
        "claim list, client": lambda: f"/claims/?practice={pick(claims).practice_id}",
        "search, claim number": lambda: f"/claims/?q={pick(claims).number}",
        "search, payer's number": lambda: f"/claims/?q={pick(numbers)}",
        "search, name and birth date": person,
        "search, nobody": lambda: "/claims/?q=NOBODY-99",
        "claim page": lambda: f"/claims/{pick(claims).id}/",
        "claim page, with X12": lambda: f"/claims/{pick(sent).id}/",
        "claim page, ledger": lambda: f"/claims/{pick(claims).id}/ledger/",
        "claim page, remits": lambda: f"/claims/{pick(claims).id}/remits/",
        "queue, large": lambda: "/work/run-validations-failure/",
        "queue, small": lambda: "/work/rejection-resolution/",
        "deposits": lambda: "/deposits/",
        "ageing by payer": lambda: "/reports/ageing/",
        "ageing by practice": lambda: "/reports/ageing/?by=practice",
        "ageing by provider": lambda: "/reports/ageing/?by=provider",
        "ageing lines": lambda: (
            f"/reports/ageing/lines/?by=payer&row={pick(claims).payer_id}&bucket=1"
        ),
        "edits": lambda: "/edits/",
    }
