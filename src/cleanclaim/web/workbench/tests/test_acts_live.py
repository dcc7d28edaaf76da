"""What people do with claims on screen: each form does its act once, or says what is wrong."""

from datetime import UTC, datetime
from uuid import uuid4

from django.test import Client

from cleanclaim.apps.claims.models import Claim, ClaimFinding
from cleanclaim.apps.encounters.models import Encounter
from cleanclaim.apps.ledger.public import journal_totals
from cleanclaim.apps.work.public import items_list, notes_of, run_last
from cleanclaim.platform.models.scope import tenant_scope
from cleanclaim.web.workbench.tests.office import (
    first_claim,
    office,
    opened,
    page,
    sent,
    signed_in,
)

__all__ = ["office", "opened"]  # fixtures


def edit_of(client, claim, **changed):
    """What the edit page holds, as a browser would send it back."""
    record = page(client, f"/claims/{claim.id}/edit/").context["page"]
    typed = {"form": "edit", **{n: v or "" for n, v in record.form.initial.items()}}
    lines = record.lines.initial
    typed |= {"line-TOTAL_FORMS": len(lines), "line-INITIAL_FORMS": len(lines)}
    for at, line in enumerate(lines):
        typed |= {f"line-{at}-{name}": value for name, value in line.items()}
    return typed | changed


def test_a_claim_is_noted_pended_and_given_to_somebody(office, opened):
    lead = signed_in(office, "lead")
    claim = first_claim(opened, stage="scrub_hold")
    do = f"/claims/{claim.id}/do"
    key = str(uuid4())
    for _ in range(2):  # a double submit is one note
        assert sent(lead, f"{do}/note/", text="Called the payer", key=key).status_code == 302
    notes = opened(lambda grant, _at: notes_of(grant, claim.practice_id, [str(claim.id)]))
    assert [one.text for one in notes] == ["Called the payer"]
    assert "Called the payer" in page(lead, f"/claims/{claim.id}/").content.decode()

    empty = sent(lead, f"{do}/note/", form="note", text=" ", key=str(uuid4()))
    assert empty.status_code == 422
    wrong = sent(lead, f"{do}/pend/", form="pend", days="0")
    assert wrong.status_code == 422
    assert "greater than or equal to 1" in wrong.content.decode()

    person = page(lead, "/").context["request"].user.pk
    assert sent(lead, f"{do}/assign/", choice=str(person)).status_code == 302
    item = opened(lambda grant, _at: items_list(grant, kind="run_validations_failure"))[0]
    back = "/work/run-validations-failure/"
    held = len(page(lead, back).context["page"].rows)
    told = sent(lead, f"{do}/pend/", days="3", reason="Waits for the chart", back=back)
    assert (told.status_code, told.headers["Location"]) == (302, back)
    assert len(page(lead, back).context["page"].rows) == held - 1
    assert item.id
    away = sent(lead, f"{do}/pend/", days="3", back="https://elsewhere.example/")
    assert away.headers["Location"] == f"/claims/{claim.id}/"


def test_a_claim_is_changed_by_hand_and_what_changed_is_told(office, opened):
    biller = signed_in(office, "biller")
    claim = first_claim(opened, stage="scrub_hold")
    before = opened(lambda grant, _at: journal_totals(grant))
    wrong = sent(biller, f"/claims/{claim.id}/edit/", **edit_of(biller, claim, diagnoses="?!"))
    assert wrong.status_code == 422
    assert "is no code" in wrong.content.decode()
    stale = edit_of(biller, claim, **{"line-0-units": "2"})
    asked = edit_of(biller, claim, **{"line-0-units": "3", "line-0-charge_cents": "900.10"})
    same = sent(biller, f"/claims/{claim.id}/edit/", **edit_of(biller, claim))
    assert "Nothing was changed" in same.content.decode()
    assert sent(biller, f"/claims/{claim.id}/edit/", **asked).status_code == 302
    after = opened(lambda grant, _at: journal_totals(grant))
    assert after.ledger_sum == before.ledger_sum == 0
    assert after.charged_cents != before.charged_cents
    refused = sent(biller, f"/claims/{claim.id}/edit/", **stale)
    assert refused.status_code == 422
    assert "Somebody changed this claim meanwhile" in refused.content.decode()
    shown = page(biller, f"/claims/{claim.id}/").content.decode()
    assert "units, line 1: " in shown
    assert "is 3" in shown
    poster = signed_in(office, "poster")
    assert sent(poster, f"/claims/{claim.id}/edit/", **asked).status_code == 403


def test_a_rejected_claim_is_sent_again_and_a_sent_one_is_not(office, opened):
    biller = signed_in(office, "biller")
    gone = first_claim(opened, stage="transmitted")
    refused = sent(biller, f"/claims/{gone.id}/do/send-again/")
    assert refused.status_code == 422
    assert biller.get(f"/claims/{gone.id}/edit/", secure=True).status_code == 403
    opened(
        lambda grant, _at: (
            Claim.objects.under(grant).filter(id=gone.id).update(stage="rejected_payer")
        )
    )
    assert sent(biller, f"/claims/{gone.id}/do/send-again/").status_code == 302
    assert first_claim(opened, id=gone.id).stage in ("ready", "scrub_hold")


def test_a_balance_is_written_off_once_and_by_those_who_may(office, opened):
    lead, biller = signed_in(office, "lead"), signed_in(office, "biller")
    claim = first_claim(opened, stage="scrub_hold")
    do = f"/claims/{claim.id}/do/write-off/"
    typed = {"form": "write-off", "reason": "courtesy", "key": str(uuid4())}
    assert sent(biller, do, **typed, amount="1.00").status_code == 403
    wrong = sent(lead, do, **typed, amount="one")
    assert "dollars and cents" in wrong.content.decode()
    for _ in range(2):
        assert sent(lead, do, **typed, amount="1.00").status_code == 302
    assert first_claim(opened, id=claim.id).open_cents == claim.open_cents - 100
    more = sent(lead, do, form="write-off", reason="courtesy", key=str(uuid4()), amount="99999.00")
    assert "open here" in more.content.decode()


def test_a_draft_is_completed_and_frees_the_claims_it_held(office, opened):
    def hold(grant, _at):
        row = Encounter.objects.under(grant).filter(state="billed").order_by("id").first()
        claim = Claim.objects.under(grant).filter(encounter=row, level=1).first()
        row.drafts = ["patient_differs"]
        row.save(update_fields=["drafts"])
        Claim.objects.under(grant).filter(id=claim.id).update(stage="scrub_hold")
        ClaimFinding.objects.create(
            practice_id=claim.practice_id,
            claim=claim,
            code="CLAIM-UNCONFIRMED-PATIENT-DIFFERS",
            severity="blocks",
            found_at=datetime.now(UTC),
        )
        return claim

    claim = opened(hold)
    lead = signed_in(office, "lead")
    rows = page(lead, "/work/drafts/").context["page"].rows
    key = f"patient.{claim.patient_id}"
    assert key in [row.id for row in rows]
    do = f"/drafts/patient/{claim.patient_id}/confirm/"
    wrong = sent(lead, do, form="confirm", last="", birth_date="soon", sex="U")
    assert wrong.status_code == 422
    assert "Write the day as 2026-11-22" in wrong.content.decode()
    typed = {"last": "Fictional", "first": "Dana", "birth_date": "1980-02-14", "sex": "F"}
    assert sent(lead, do, form="confirm", **typed).status_code == 302
    codes = opened(
        lambda grant, _at: [
            one.code for one in ClaimFinding.objects.under(grant).filter(claim=claim)
        ]
    )
    assert "CLAIM-UNCONFIRMED-PATIENT-DIFFERS" not in codes
    assert "Fictional, Dana" in page(lead, f"/claims/{claim.id}/").content.decode()
    again = sent(lead, do, form="confirm", **typed)
    assert "confirmed this already" in again.content.decode()


def test_a_visit_is_coded_with_what_is_wrong_told_at_its_field(office, opened):
    def wait(grant, _at):
        row = Encounter.objects.under(grant).order_by("id").first()
        Encounter.objects.under(grant).filter(id=row.id).update(state="waiting_for_coding")
        return row

    visit = opened(wait)
    coder = signed_in(office, "coder")
    assert "To be coded" in page(coder, "/work/to-be-coded/").content.decode()
    do = f"/visits/{visit.id}/code/"
    page(coder, do)
    line = {
        "line-TOTAL_FORMS": 2,
        "line-INITIAL_FORMS": 0,
        "line-0-procedure_code": "99213",
        "line-0-diagnosis_pointers": "A",
        "line-0-units": "1",
        "line-0-charge_cents": "120.00",
        "line-0-service_date": "2026-11-20",
        "line-1-diagnosis_pointers": "A",
        "line-1-units": "1",
    }
    wrong = sent(
        coder,
        do,
        form="visit",
        diagnoses="I10",
        place_of_service="11",
        **line | {"line-0-diagnosis_pointers": "B"},
    )
    assert "points at a diagnosis that is not there" in wrong.content.decode()
    assert 'value="120.00"' in wrong.content.decode()
    typed = {"form": "visit", "diagnoses": "I10", "place_of_service": "11", **line}
    assert sent(coder, do, **typed).status_code == 302
    assert sent(coder, do, **typed).status_code == 404
    state = opened(lambda grant, _at: Encounter.objects.under(grant).get(id=visit.id).state)
    assert state == "charge_ready"
    found = coder.get("/codes/?of=diagnosis&q=high blood&on=2026-05-01", secure=True).json()
    assert any(one["code"] == "I10" for one in found["codes"])


def test_the_running_day_is_shown_and_goes_on(office):
    lead = signed_in(office, "lead")
    board = page(lead, "/").context["page"]
    assert "waits for partners" in board.job.words
    run = page(lead, board.job.href).context["page"]
    assert run.charged_cents == (
        run.paid_cents + run.adjusted_cents + run.patient_cents + run.open_cents
    )
    assert {stage.words: stage.done for stage in run.stages}["Write as 837P"] > 0
    part = lead.get(board.job.href, secure=True, headers={"HX-Target": "job"}).content.decode()
    assert "<html" not in part
    assert 'hx-target="#job"' in part
    with tenant_scope(office.tenant_id, actor="test", at=datetime.now(UTC)):
        assert run_last() is not None
    assert lead.get(f"/runs/{uuid4()}/", secure=True).status_code == 404


def test_the_claim_list_is_sorted_and_paged_by_a_column(office, opened):
    lead = signed_in(office, "lead")

    def everything(grant, _at):
        return [
            str(one.id)
            for one in sorted(
                Claim.objects.under(grant), key=lambda one: (one.charge_cents, one.id), reverse=True
            )
        ]

    expected = opened(everything)
    first = page(lead, "/claims/?sort=-billed").context["page"]
    assert [row.id for row in first.rows] == expected[:50]
    assert 'aria-sort="descending"' in page(lead, "/claims/?sort=-billed").content.decode()
    turned = page(lead, first.sorting.hrefs["billed"]).context["page"]
    assert [row.id for row in turned.rows] == expected[::-1][:50]
    assert first.sorting.hrefs["claim"] == "/claims/"


def test_keyset_pages_of_a_sorted_list_meet_without_a_gap(office, opened):
    from cleanclaim.apps.claims.public import Wanted, claims_sorted

    def walk(grant, _at):
        whole = claims_sorted(grant, Wanted(), "service", limit=500).rows
        forth, mark = [], None
        while True:
            listed = claims_sorted(grant, Wanted(), "service", after=mark, limit=7)
            forth += [row.id for row in listed.rows]
            if listed.older is None:
                break
            mark = listed.older
        back, mark = [row.id for row in listed.rows], listed.newer
        while mark:
            listed = claims_sorted(grant, Wanted(), "service", before=mark, limit=7)
            back = [row.id for row in listed.rows] + back
            mark = listed.newer
        return [row.id for row in whole], forth, back

    whole, forth, back = opened(walk)
    assert len(whole) > 14
    assert whole == forth == back


def test_other_companies_roles_and_forged_requests_change_nothing(office, opened):
    claim = first_claim(opened, stage="transmitted")
    do = f"/claims/{claim.id}/do/note/"
    typed = {"text": "x", "key": str(uuid4())}
    assert sent(Client(HTTP_HOST="localhost"), do, **typed).status_code == 302
    auditor = signed_in(office, "auditor")
    assert sent(auditor, do, **typed).status_code == 403
    assert "Decide" not in page(auditor, f"/claims/{claim.id}/").content.decode()
    lead = signed_in(office, "lead")
    careful = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    careful.cookies = lead.cookies
    assert sent(careful, do, **typed).status_code == 403
    assert lead.get(do, secure=True).status_code == 405
    assert sent(lead, f"/claims/{uuid4()}/do/note/", **typed).status_code == 404
    assert opened(lambda grant, _at: notes_of(grant, claim.practice_id, [str(claim.id)])) == []
