"""Evidence that lapses raises an alert; only a person withdraws, as a dated version."""

from datetime import timedelta

import pytest

from cleanclaim.apps.privacy.evidence import proofs_load
from cleanclaim.apps.privacy.in_force import policy_loaded, proofs_here, versions_folder
from cleanclaim.apps.privacy.pages import page_for
from cleanclaim.apps.privacy.public import (
    alerts_open,
    evidence_attest,
    evidence_watch,
    sentences_withdraw,
)
from cleanclaim.apps.privacy.tasks import evidence_look
from cleanclaim.apps.privacy.tests.files import document, text
from cleanclaim.apps.tenancy.public import person_create
from cleanclaim.core.privacy.evidence import State
from cleanclaim.core.privacy.page import page_text
from cleanclaim.core.privacy.source import document_read
from cleanclaim.core.privacy.withdrawal import Withdrawal, text_withdrawn
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.models import AuditEvent
from cleanclaim.platform.models.scope import tenant_scope

RIGHTS, RETENTION = "attest:usmed.rights", "attest:usmed.retention"
WHY = "The desk is closed."


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def officer(home, tenant, now):
    return worker(tenant, now, "privacy_officer")


def worker(tenant, now, role):
    with tenant_scope(tenant.id, actor="test", at=now):
        return person_create(
            username=role, name="Dana Fictional", role=role, password="long-enough-for-all-7"
        )


def attest(officer, now, *names, days=30):
    for name in names:
        until = now + timedelta(days=days)
        evidence_attest(officer, name, until=until, told="looked", at=now)


def watched(tenant, at):
    with tenant_scope(tenant.id, actor="test", at=at):
        counts = evidence_watch("usmed", at=at)
        return counts, [row.subject for row in alerts_open()]


def published(at):
    return page_for(policy_loaded("usmed", at.date()), proofs_here(at), archive=versions_folder())


def told(at):
    return page_text(published(at))


def audited(tenant, now, action):
    with tenant_scope(tenant.id, actor="test", at=now):
        return list(AuditEvent.objects.filter(action=action).values_list("actor", "resource_ids"))


def test_an_attestation_publishes_a_part_until_its_end(officer, tenant, now):
    assert "This part waits for its proof." in told(now)
    attest(officer, now, RIGHTS, RETENTION)
    assert "This part waits for its proof." not in told(now)
    assert audited(tenant, now, "attest") == [
        (officer.actor, [RIGHTS]),
        (officer.actor, [RETENTION]),
    ]
    assert watched(tenant, now) == ((0, 0), [])


def test_what_lapses_raises_an_alert_once_and_stays_published(officer, tenant, now):
    attest(officer, now, RIGHTS, RETENTION, days=1)
    late = now + timedelta(days=2)
    assert watched(tenant, late) == ((2, 0), ["Section retention", "Section rights"])
    assert watched(tenant, late) == ((0, 0), ["Section retention", "Section rights"])
    assert "You can ask us to see your data; we answer within 30 days." in told(late)
    attest(officer, late, RIGHTS)
    assert watched(tenant, late)[1] == ["Section retention"]
    assert len(audited(tenant, now, "open")) == 1


def test_the_clock_looks_at_every_company(officer, tenant, now):
    attest(officer, now, RIGHTS, days=1)
    late = now + timedelta(days=2)
    evidence_look.func(int(late.timestamp()))
    assert watched(tenant, late) == ((0, 0), ["Section rights"])


def test_a_file_of_evidence_that_somebody_removes_withdraws_nothing(officer, home, tenant, now):
    attest(officer, now, RIGHTS, RETENTION)
    watched(tenant, now)
    (home / "evidence" / "usmed.yaml").unlink()
    assert published(now).held_back == ()
    assert watched(tenant, now)[1] == ["Section retention", "Section rights"]


def test_a_file_of_evidence_that_cannot_be_read_is_an_alert_and_stops_no_work(home, tenant, now):
    (home / "evidence").mkdir()
    (home / "evidence" / "x.yaml").write_text("nonsense")
    assert policy_loaded("usmed", now.date()).policy is not None
    assert watched(tenant, now)[1] == ["evidence x.yaml"]
    with pytest.raises(Refusal, match="evidence_unreadable"):
        proofs_load(now, home / "evidence")


def test_a_bad_file_is_an_alert_and_the_last_good_one_stays(home, tenant, now):
    good = policy_loaded("usmed", now.date()).policy
    (home / "policies").mkdir()
    (home / "policies" / "usmed.yaml").write_text("tenant: [")
    assert watched(tenant, now)[1] == ["POLICY-SYNTAX usmed.yaml:1"]
    loaded = policy_loaded("usmed", now.date())
    assert (loaded.is_last_good, loaded.policy.digest) == (True, good.digest)


def test_a_person_withdraws_a_sentence_as_a_dated_version(officer, tenant, now):
    version = sentences_withdraw(officer, ("SA-10",), why=WHY, at=now)
    page = published(now)
    assert (page.version, page.since) == (version, "2026-11-23") == ("2", "2026-11-23")
    assert "children under 13 on our sites" not in page_text(page).partition("Who receives")[0]
    assert "A sentence was withdrawn on 2026-11-22." in page_text(page)
    assert page.versions[0].change == f"Withdrawn: SA-10. {WHY}"
    assert audited(tenant, now, "withdraw") == [(officer.actor, ["SA-10"])]
    with pytest.raises(Refusal, match="no_sentence"):
        sentences_withdraw(officer, ("SA-10",), why=WHY, at=now)


def test_withdrawing_what_lapsed_closes_its_alert(officer, tenant, now):
    attest(officer, now, RIGHTS, RETENTION, days=1)
    late = now + timedelta(days=2)
    watched(tenant, late)
    with pytest.raises(Refusal, match="Section rights is published and its evidence lapsed"):
        sentences_withdraw(officer, ("retention",), why=WHY, at=late)
    assert published(late).version == "1"
    sentences_withdraw(officer, ("retention", "rights"), why=WHY, at=late)
    assert watched(tenant, late) == ((0, 0), [])
    states = {section.anchor: section.state for section in published(late).sections}
    assert states["rights"] is states["retention"] is State.WITHDRAWN
    assert "This part was withdrawn on 2026-11-24." in told(late)
    assert "we answer within" not in told(late)


@pytest.mark.parametrize("role", ["administrator", "lead", "biller", "auditor"])
def test_nobody_else_withdraws_or_attests(home, tenant, now, role):
    person = worker(tenant, now, role)
    with pytest.raises(Refusal, match="role_may_not"):
        sentences_withdraw(person, ("SA-10",), why=WHY, at=now)
    with pytest.raises(Refusal, match="role_may_not"):
        attest(person, now, RIGHTS)
    assert not (home / "policies").exists()
    assert not (home / "evidence").exists()


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [
        ("attest:umbs.rights", 30, "no_such_evidence"),
        ("test_nothing_is_ever_sold", 30, "no_such_evidence"),
        (RIGHTS, 0, "bad_end"),
        (RIGHTS, 400, "bad_end"),
    ],
)
def test_an_attestation_is_refused(officer, home, now, name, days, code):
    with pytest.raises(Refusal, match=code):
        attest(officer, now, name, days=days)
    assert not (home / "evidence").exists()


BLOCK = """\
versions:
  - version: "1"
    date: 2026-11-01
    change: First.

statements:
  - id: S-1
    text: One.
    evidence: [a]
  - id: S-2
    text: Two.
    evidence: [a]
sections:
  rights:
    - b
    - c
"""


@pytest.mark.parametrize("source", [text("usmed"), text("umbs"), BLOCK], ids=["A", "B", "block"])
def test_the_rest_of_a_file_stays_as_people_wrote_it(source, now):
    names = ("rights", "S-2" if source is BLOCK else f"S{'A' if 'usmed' in source else 'B'}-02")
    fresh = text_withdrawn(
        source, Withdrawal(names=names, day=now.date(), by="privacy officer", why='A "why": x.')
    )
    before, after = document_read("x", source).data, document_read("x", fresh).data
    assert after["versions"][:-1] == before["versions"]
    assert after["versions"][-1]["change"] == f'Withdrawn: {", ".join(names)}. A "why": x.'
    mark = {"date": "2026-11-22", "by": "privacy officer", "why": 'A "why": x.'}
    assert after["sections"].pop("rights") == {"withdrawn": mark}
    before["sections"].pop("rights")
    [row] = [row for row in after["statements"] if "withdrawn" in row]
    assert row.pop("withdrawn") == mark
    for data in (before, after):
        data.pop("versions")
    assert after == before
    comments = [line for line in source.splitlines() if line.startswith("#")]
    assert [line for line in fresh.splitlines() if line.startswith("#")] == comments


def test_the_withdrawn_version_passes_the_linter_of_the_files(now):
    assert "withdrawn" not in str(document("usmed").data["statements"])
