"""What is kept of people, and how: the whole database is looked through as an attacker would.

The names of these tests stand in the policy files and in docs/reference/clauses.csv.
"""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.test import Client

from cleanclaim.apps.patients.public import Coverage, Patient
from cleanclaim.apps.privacy.models import Agreement
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.public import person_create, second_factor_create
from cleanclaim.config.practice_world import companies_make, patients_make, visits_make
from cleanclaim.config.trip import Meter, turn
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.models.scope import directory_scope, scope, tenant_scope
from cleanclaim.sandbox import world

PASSWORD = "long-enough-for-everybody-7"
# Names that stand nowhere else.
LAST = tuple(f"Zqxvark{mark}" for mark in ("ander", "olby", "umsey", "ettle", "inton"))
FIRST = tuple(f"Wyxq{mark}" for mark in ("anne", "otto", "ulla", "ebba", "ivar"))
STREETS = ("Qvexley Row", "Qvembly Lane")


@pytest.fixture
def company(own_database, tmp_path, monkeypatch):
    """A company whose patients have names that stand nowhere else, with a day's claims sent."""
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    home_folder("sandbox")
    at = datetime.now(UTC)
    made = companies_make(3, at=at)[0]
    for name, words in (("LAST", LAST), ("FIRST", {"F": FIRST, "M": FIRST}), ("STREETS", STREETS)):
        monkeypatch.setattr(world, name, words)
    return made


def billed(company):
    """Take visits in and send their claims; gives the patients."""
    at, seen = datetime.now(UTC), []
    for practice_id, patients in patients_make(company, 3, 8, at=at):
        visits_make(company, practice_id, patients, 8, seed=3, at=at)
        seen += patients
    turn(company.office, lambda: at, Meter())
    return seen


@pytest.fixture
def stolen(template):
    """Everything that stands in the database: all rows as text, and the bytes of its files."""

    def look(since):
        from django.db import connection

        name = connection.settings_dict["NAME"]
        connection.close()
        address = {**template[0], "dbname": name}
        with psycopg.connect(**address, autocommit=True) as thief:
            tables = thief.execute(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            ).fetchall()
            rows = [
                row
                for (table,) in tables
                for (row,) in thief.execute(f"SELECT t::text FROM {table} t")  # noqa: S608  its own names
            ]
            thief.execute("CHECKPOINT")
            place = _data_folder(thief)
            oid = thief.execute(
                "SELECT oid FROM pg_database WHERE datname = current_database()"
            ).fetchone()[0]
        files = [*(place / "base" / str(oid)).rglob("*")]
        files += [one for one in (place / "pg_wal").glob("0*") if one.stat().st_mtime >= since]
        return "\n".join(rows), [one.read_bytes() for one in files if one.is_file()]

    return look


def _data_folder(connection):
    from pathlib import Path

    return Path(connection.execute("SHOW data_directory").fetchone()[0])


def found(canaries, text, files):
    """The canaries that stand readable somewhere, plain or as the hex of their bytes."""
    return {
        word
        for word in canaries
        if word in text
        or word.encode().hex() in text
        or any(word.encode() in content for content in files)
    }


def test_nothing_of_a_patient_stands_readable_in_the_database(company, stolen, caplog):
    since = datetime.now(UTC).timestamp()
    patients = billed(company)
    members = {member for one in patients for _, member in one.coverages}
    canaries = {*LAST, *FIRST, *STREETS, *members}
    assert len(members) > 5
    text, files = stolen(since)
    assert found(canaries, text, files) == set()
    assert found(canaries, caplog.text, []) == set()
    # The look sees what stands there: the name of the practice is no secret.
    assert found({company.practices[0].name}, text, files)


def test_what_would_stand_readable_is_seen(company, stolen, own_superuser):
    since = datetime.now(UTC).timestamp()
    hidden = LAST[1].encode().hex()
    own_superuser(f"CREATE TABLE leak AS SELECT '{LAST[0]}' AS name, '\\x{hidden}'::bytea AS more")
    text, files = stolen(since)
    assert found(LAST, text, files) == {LAST[0], LAST[1]}


def test_insurance_of_one_practice_is_not_seen_by_another(company):
    billed(company)
    office, at = company.office, datetime.now(UTC)
    mine, other = office.practice_ids[:2]
    grant = work_grant(office.policy, office.tenant_id, (mine,), actor="test", at=at)
    with scope(grant, at=at):
        for model in (Coverage, Patient):
            seen = set(model.objects.values_list("practice_id", flat=True))
            assert seen == {mine}
            assert not model.objects.filter(practice_id=other).exists()
            with pytest.raises(Refusal, match="grant_wrong_practice"):
                model.objects.under(grant, practice_id=other)


def test_nothing_of_a_visitor_s_browser_is_kept(company, stolen, caplog):
    since = datetime.now(UTC).timestamp()
    marks = {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "198.51.100.23",
        "HTTP_USER_AGENT": "Zqxbrowser/7.7 (Zqxdevice)",
        "HTTP_REFERER": "https://zqxreferrer.example/page",
        "HTTP_ACCEPT_LANGUAGE": "zq-XL",
    }
    client = Client(HTTP_HOST="localhost", **marks)
    with tenant_scope(company.office.tenant_id, actor="test", at=datetime.now(UTC)):
        person = person_create(username="dana", name="D", role="lead", password=PASSWORD)
        second_factor_create(person)
    for password in ("wrong", PASSWORD):
        client.post("/accounts/login/", {"login": "dana", "password": password}, secure=True)
    for page in ("/privacy/usmed/", "/", "/nothing-here/", "/accounts/2fa/authenticate/"):
        client.get(page, secure=True)
    with directory_scope():
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get("/claims/?q=Zqxsearch", secure=True)
    client.get("/privacy/usmed/?zqxquery=1", secure=True)
    text, files = stolen(since)
    kept = {"203.0.113.77", "198.51.100.23", "Zqxbrowser", "Zqxdevice", "zqxreferrer", "zq-XL"}
    kept |= {"Zqxsearch", "zqxquery"}  # nor what was looked at or for
    assert found(kept, text, files) == set()
    assert found(kept, caplog.text, []) == set()


def test_an_agreement_that_ended_stops_sending(company):
    office, at = company.office, datetime.now(UTC)
    with tenant_scope(office.tenant_id, actor="test", at=at):
        Agreement.objects.update(end_date=at.date() - timedelta(days=1))
    with pytest.raises(Refusal, match="only under an active agreement"):
        billed(company)
    assert list(company.folder.rglob("*.837")) == []
    with tenant_scope(office.tenant_id, actor="test", at=at):
        codes = AuditEvent.objects.filter(action="refuse").values_list("detail", flat=True)
        assert [one["code"] for one in codes] == ["not_allowed"]
        Agreement.objects.update(end_date=None)
    turn(office, lambda: at, Meter())  # what waited goes out
    assert list(company.folder.rglob("*.837"))


def test_every_send_is_recorded_as_a_disclosure(company):
    import hashlib

    billed(company)
    office, at = company.office, datetime.now(UTC)
    sent = {hashlib.sha256(one.read_bytes()).hexdigest() for one in company.folder.rglob("*.837")}
    with tenant_scope(office.tenant_id, actor="test", at=at):
        events = list(AuditEvent.objects.filter(action="disclose"))
    for outcome in ("begun", "sent"):
        assert {one.detail["sha256"] for one in events if one.outcome == outcome} == sent
    assert all(one.recipient.startswith("clearinghouse:connection:") for one in events)
    assert all(one.rule == "UA-03" and one.policy_digest and one.decision_id for one in events)


def test_reports_about_a_practice_name_no_patient(company):
    patients = billed(company)
    client = Client(HTTP_HOST="localhost")
    with tenant_scope(company.office.tenant_id, actor="test", at=datetime.now(UTC)):
        person = person_create(
            username="eve", name="E", role="lead", password=PASSWORD, has_all_practices=True
        )
        second_factor_create(person)
    with directory_scope():
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    from io import BytesIO
    from zipfile import ZipFile

    told = ""
    for by in ("payer", "practice", "provider"):
        told += client.get(f"/reports/ageing/?by={by}", secure=True).content.decode()
        book = ZipFile(BytesIO(client.get(f"/reports/ageing.xlsx?by={by}", secure=True).content))
        told += "".join(book.read(name).decode() for name in book.namelist())
    members = {member for one in patients for _, member in one.coverages}
    assert company.practices[0].name in told
    assert found({*LAST, *FIRST, *STREETS, *members}, told, []) == set()
