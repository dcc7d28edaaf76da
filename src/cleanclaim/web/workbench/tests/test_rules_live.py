"""Own rules through their pages: written, refused with the place, tried, in force, overridden."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings

from cleanclaim.apps.claims.models import Claim, ClaimFinding, ClaimLine
from cleanclaim.apps.claims.public import claims_recheck, scrub_check
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.rules.public import rules_active
from cleanclaim.apps.tenancy.public import person_create, second_factor_create
from cleanclaim.config.practice_world import companies_make, patients_make, visits_make
from cleanclaim.config.trip import Meter, turn
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.jobs.worker import worker_run
from cleanclaim.platform.models.scope import directory_scope, scope, tenant_scope

PLAIN = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office(own_database, tmp_path, monkeypatch):
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    home_folder("sandbox")
    at = datetime.now(UTC)
    company = companies_make(3, at=at)[0]
    for practice_id, patients in patients_make(company, 3, 6, at=at):
        visits_make(company, practice_id, patients, 6, seed=3, at=at)
    turn(company.office, lambda: at, Meter())
    return company.office


def signed_in(office, role):
    with tenant_scope(office.tenant_id, actor="test", at=datetime.now(UTC)):
        person = person_create(
            username=f"{role}.{office.policy}",
            name="Dana Fictional",
            role=role,
            password="long-enough-for-everybody-7",
            has_all_practices=True,
        )
        second_factor_create(person)
    client = Client(HTTP_HOST="localhost")
    with directory_scope():
        client.force_login(person, backend=BACKEND)
    return client


def typed(**changed):
    fields = {
        "rule_id": "LOOK",
        "practice": "",
        "payer": "",
        "when": "line.units >= 1",
        "message": "{line.procedure_code}: look at it.",
        "severity": "warns",
        "effective_date": "2020-01-01",
        "end_date": "",
    }
    return fields | changed


def _decide(office):
    """Let one claim be denied, one rejected on the way, one paid, as postings would leave them."""
    at = datetime.now(UTC)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="test", at=at)
    with scope(grant, at=at):
        claims = Claim.objects.under(grant)
        ids = list(claims.filter(stage="transmitted", level=1).values_list("id", flat=True)[:3])
        claims.filter(id=ids[0]).update(stage="adjudicated", outcome="denied")
        ClaimLine.objects.under(grant).filter(claim_id=ids[0]).update(outcome="denied")
        claims.filter(id=ids[1]).update(stage="rejected_payer")
        claims.filter(id=ids[2]).update(stage="adjudicated", outcome="paid", paid_cents=700)


def _refused(lead):
    """Texts that can't be read are told with their place, and nothing is saved."""
    wrong = typed(when="line.unit >= 1")
    told = lead.post("/rules/check/", wrong, secure=True).json()["problems"]["when"]
    assert (told["start"], told["end"]) == (0, 9)
    refused = lead.post("/rules/save/", wrong, secure=True)
    assert refused.status_code == 422
    assert "<mark>line.unit</mark>" in refused.content.decode()
    no_day = lead.post("/rules/save/", typed(effective_date="soon"), secure=True)
    assert no_day.status_code == 422
    assert not lead.get("/rules/", secure=True).context["page"].rows


def _tried(lead, page):
    """Ask for a back-test, see it wait, let a worker do it, and give what it found."""
    assert lead.post(f"{page}try/", secure=True).status_code == 302
    assert lead.post(f"{page}try/", secure=True).status_code == 302  # asked twice is asked once
    job = lead.get(page, secure=True).context["page"].job
    assert (job.done, job.left_words) == (0, "waits for a worker")
    part = lead.get(job.poll_href, secure=True, headers={"HX-Target": "job"})
    assert part.content.decode().lstrip().startswith('<div id="job"')
    worker_run(wait=False)
    ended = lead.get(page, secure=True, headers={"HX-Target": "job"})
    assert ended.headers["HX-Refresh"] == "true"
    shown = lead.get(page, secure=True).context["page"]
    assert (shown.job, shown.problem) == (None, "")
    return shown.test


def _checked(lead, claim_id, day):
    """The claim says when it was checked, with which releases, and what its contract allows."""
    shown = lead.get(f"/claims/{claim_id}/edits/", secure=True)
    assert "Override" in shown.content.decode()
    check = shown.context["page"].check
    assert check.on_date == day
    assert {"icd10cm", "carc"} <= {one.table for one in check.releases}
    assert any("ended on" in one for one in check.notices)
    lines = lead.get(f"/claims/{claim_id}/lines/", secure=True).context["page"].lines
    assert lines.has_expected  # the made-up practice has a contract with each payer


@override_settings(STORAGES=PLAIN)
def test_a_rule_goes_from_the_editor_into_force_and_its_warning_is_overridden(office):
    lead = signed_in(office, "lead")
    for page in ("/edits/", "/rules/", "/rules/new/", "/reports/rules/"):
        assert lead.get(page, secure=True).status_code == 200, page
    notices = lead.get("/edits/", secure=True).context["page"].notices
    assert any(one.startswith("ICD-10-CM") and "ended on" in one for one in notices)
    names = lead.get("/rules/fields/?q=line.proc", secure=True).json()
    assert names == {"fields": [{"name": "line.procedure_code", "kind": "text"}]}

    _refused(lead)
    page = lead.post("/rules/save/", typed(), secure=True).headers["Location"]
    assert lead.post(f"{page}activate/", secure=True).status_code == 403
    test = _tried(lead, page)
    assert test.claims == test.stopped == len(test.rows) > 0
    _decide(office)
    test = _tried(lead, page)
    assert (test.denied, test.paid, test.open) == (2, 1, test.stopped - 3)
    assert (test.paid_cents, test.missed_denied) == (700, 0)
    assert test.denied_cents > 0
    assert lead.post(f"{page}activate/", secure=True).status_code == 302
    assert "Active" in lead.get("/rules/", secure=True).content.decode()

    at = datetime.now(UTC) + timedelta(minutes=1)
    grant = work_grant(office.policy, office.tenant_id, office.practice_ids, actor="test", at=at)
    with scope(grant, at=at):
        assert [rule.rule_id for rule in rules_active(grant)] == ["LOOK"]
        claim = Claim.objects.under(grant).filter(stage="transmitted").first()
        Claim.objects.under(grant).filter(id=claim.id).update(stage="ready")
        checked = claims_recheck(
            grant, claim.practice_id, [claim.id], check=scrub_check(at.date()), at=at
        )
        assert checked.checked == 1
        finding = ClaimFinding.objects.under(grant).filter(code="SCRUB-OWN-LOOK").first()
    for by in ("rule", "payer", "practice"):
        shown = lead.get(f"/edits/?by={by}", secure=True).context["page"].rows
        assert shown, by
        assert lead.get(shown[0].href, secure=True).context["page"].claims, by
    _checked(lead, claim.id, at.date())
    away = signed_in(office, "auditor")
    address = f"/findings/{finding.id}/override/"
    assert away.post(address, secure=True).status_code == 403
    assert "Override" not in away.get(f"/claims/{claim.id}/edits/", secure=True).content.decode()
    assert away.post("/rules/save/", typed(), secure=True).status_code == 403
    assert lead.post(address, secure=True).status_code == 302
    assert (
        "Overridden; who did it"
        in lead.get(f"/claims/{claim.id}/edits/", secure=True).content.decode()
    )
    worth = {row.code: row for row in lead.get("/reports/rules/", secure=True).context["page"].rows}
    assert worth["SCRUB-OWN-LOOK"].overridden == 1
    unfixable = lead.post(f"/findings/{finding.id}/accept/", secure=True)
    assert unfixable.status_code == 403
    assert lead.post(f"{page}end/", secure=True).status_code == 302
    assert "Ended" in lead.get(page, secure=True).content.decode()
    careful = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    careful.cookies = lead.cookies
    assert careful.post(f"{page}try/", secure=True).status_code == 403
