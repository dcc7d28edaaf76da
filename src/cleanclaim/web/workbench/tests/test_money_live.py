"""What people do with files, parked work and money on screen, over real rows."""

from datetime import UTC, datetime
from uuid import uuid4

from cleanclaim.apps.exchange.models import InboundFile, Interchange
from cleanclaim.apps.exchange.public import inbound_receive
from cleanclaim.apps.ledger.public import journal_totals
from cleanclaim.apps.work.public import ItemNote, item_open, items_list, notes_of
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


def test_a_file_that_may_not_have_left_is_decided_about(office, opened):
    def unknown(grant, at):
        row = Interchange.objects.under(grant).first()
        Interchange.objects.under(grant).filter(id=row.id).update(state="unknown")
        note = ItemNote(
            kind="submit_failure", subject_id=str(row.id), subject_kind="interchange", words="?"
        )
        item_open(grant, row.practice_id, note, at=at)
        return row, items_list(grant, kind="submit_failure")[0]

    row, item = opened(unknown)
    biller = signed_in(office, "biller")
    assert "It arrived" in page(biller, "/work/submit-failure/").content.decode()
    assert sent(biller, f"/items/{item.id}/arrived/").status_code == 302
    state = opened(lambda grant, _at: Interchange.objects.under(grant).get(id=row.id).state)
    assert state == "sent"
    assert "Nothing waits" in page(biller, "/work/submit-failure/").content.decode()
    assert sent(biller, f"/items/{item.id}/send-again/").status_code == 403


def test_a_parked_file_is_applied_again_or_set_aside_with_a_reason(office, opened):
    with tenant_scope(office.tenant_id, actor="test", at=datetime.now(UTC)):
        files = [
            inbound_receive(None, f"{at}.835", f"ISA {at}".encode(), at=datetime.now(UTC))[0]
            for at in range(2)
        ]
        InboundFile.objects.update(state="parked", reason="No practice has this payee.")
    poster = signed_in(office, "poster")
    assert "No practice has this payee." in page(poster, "/work/parked-files/").content.decode()
    assert sent(poster, f"/files/{files[0].id}/again/").status_code == 302
    bare = sent(poster, f"/files/{files[1].id}/aside/", form="aside", reason="")
    assert bare.status_code == 422
    reason = {"form": "aside", "reason": "Not for us", "key": str(uuid4())}
    assert sent(poster, f"/files/{files[1].id}/aside/", **reason).status_code == 302
    assert "already" in sent(poster, f"/files/{files[1].id}/aside/", **reason).content.decode()
    with tenant_scope(office.tenant_id, actor="test", at=datetime.now(UTC)):
        states = {one.id: one.state for one in InboundFile.objects.all()}
    assert [states[one.id] for one in files] == ["received", "refused"]


def test_work_is_set_aside_with_a_reason_that_is_kept(office, opened):
    def waits(grant, at):
        practice = office.practice_ids[0]
        note = ItemNote(kind="plb_open", subject_id=str(uuid4()), subject_kind="thing")
        item_open(grant, practice, note, at=at)
        return items_list(grant, kind="plb_open")[0]

    item = opened(waits)
    lead = signed_in(office, "lead")
    do = f"/items/{item.id}/aside/"
    assert sent(lead, do, form="aside", reason="", key=str(uuid4())).status_code == 422
    assert (
        sent(lead, do, form="aside", reason="Settled by phone", key=str(uuid4())).status_code == 302
    )
    kept = opened(lambda grant, _at: notes_of(grant, item.practice_id, [item.subject_id]))
    assert [one.text for one in kept] == ["Settled by phone"]
    assert opened(lambda grant, _at: items_list(grant, kind="plb_open")) == []


def test_money_by_hand_is_taken_once_and_balances(office, opened):
    poster = signed_in(office, "poster")
    claim = first_claim(opened, stage="scrub_hold")
    payment = {
        "form": "payment",
        "key": str(uuid4()),
        "claim": claim.number,
        "tender": "cash",
        "amount": "25.00",
        "receipt": "R-1",
    }
    for _ in range(2):
        assert sent(poster, "/money/payment/", **payment).status_code == 302
    other = sent(poster, "/money/payment/", **payment | {"amount": "26.00"})
    assert "another amount" in other.content.decode()
    nobody = sent(poster, "/money/payment/", **payment | {"claim": "NONE", "receipt": "R-2"})
    assert "No claim bears this number" in nobody.content.decode()
    choices = page(poster, "/money/").context["page"].forms[1].form
    transfer = {
        "form": "transfer",
        "practice": str(claim.practice_id),
        "payer": choices.fields["payer"].choices[0][0],
        "trace": "CHECK7",
        "amount": "1,250.00",
    }
    assert sent(poster, "/money/transfer/", **transfer).status_code == 302
    assert "CHECK7" in page(poster, "/work/unmatched-eft/").content.decode()
    bank = {"form": "bank", "practice": str(claim.practice_id), "amount": "25.00", "slip": "S1"}
    assert sent(poster, "/money/bank/", **bank, key=str(uuid4())).status_code == 302
    assert opened(lambda grant, _at: journal_totals(grant)).ledger_sum == 0
    assert sent(signed_in(office, "coder"), "/money/payment/", **payment).status_code == 403


def test_a_paper_eob_is_posted_as_an_835_is(office, opened):
    poster = signed_in(office, "poster")
    claim = first_claim(opened, stage="transmitted")
    do = f"/claims/{claim.id}/eob/"
    lines = page(poster, do).context["page"].work.lines
    head = {"form": "eob", "trace": "PAPER9", "payment_date": "2026-11-20", "method": "CHK"}
    head |= {"patient_reason": "2", "denial_reason": ""}
    grid = {}
    for line in lines:
        patient = 1000 if line.charge_cents >= 2000 else 0
        amounts = (line.charge_cents - patient - 500, 500, patient)
        names = ("paid", "contract", "patient")
        grid |= {
            f"{name}-{line.number}": f"{cents // 100}.{cents % 100:02d}"
            for name, cents in zip(names, amounts, strict=True)
        }
    left = sent(poster, do, **head, **grid | {"contract-1": "4.99"})
    assert "Line 1 does not add up: 0.01 is left." in left.content.decode()
    assert 'value="4.99"' in left.content.decode()
    assert sent(poster, do, **head, **grid).status_code == 302
    paid = sum(float(value) for name, value in grid.items() if name.startswith("paid"))
    after = first_claim(opened, id=claim.id)
    assert (after.outcome, after.open_cents, after.paid_cents) == ("paid", 0, round(paid * 100))
    again = poster.get(do, secure=True)
    assert again.status_code == 403
    shown = page(poster, "/claims/?q=PAPER9").context["page"]
    assert [row.id for row in shown.rows] == [str(claim.id)]
    deposits = page(poster, "/deposits/").context["page"].rows
    href = next(row.href for row in deposits if row.trace == "PAPER9")
    document = page(poster, href).context["page"].document
    assert document.transfer_cents == round(paid * 100)
    assert opened(lambda grant, _at: journal_totals(grant)).ledger_sum == 0


def test_a_patient_s_credit_goes_back_by_two_steps(office, opened):
    poster, lead = signed_in(office, "poster"), signed_in(office, "lead")
    claim = first_claim(opened, stage="transmitted")
    paid = {"form": "payment", "key": str(uuid4()), "claim": claim.number, "tender": "cash"}
    assert sent(poster, "/money/payment/", **paid, amount="40.00", receipt="R-9").status_code == 302
    early = {"form": "refund", "key": str(uuid4()), "claim": claim.number, "to": "patient"}
    assert sent(poster, "/money/refund/", **early, amount="40.00").status_code == 422

    def credit(grant, _at):
        kinds = ("credit_balance", "refund_approval")
        return {one.kind: one for kind in kinds for one in items_list(grant, kind=kind)}

    def notice(grant, at):
        who = str(claim.patient_id)
        note = ItemNote(kind="credit_balance", subject_kind="patient", subject_id=who)
        item_open(grant, claim.practice_id, note, at=at)

    opened(notice)
    asked = opened(credit)["credit_balance"]
    page(poster, "/work/credit-balance/")
    do = f"/items/{asked.id}/refund-ask/"
    assert sent(poster, do, key=str(uuid4()), amount="41.00").status_code == 422
    assert sent(poster, do, key=str(uuid4()), amount="40.00").status_code == 302
    waits = opened(credit)["refund_approval"]
    page(lead, "/work/refund-approval/")
    do = f"/items/{waits.id}/refund-patient/"
    assert sent(poster, do, key=str(uuid4()), amount="40.00").status_code == 403
    assert sent(lead, do, key=str(uuid4()), amount="40.00").status_code == 302
    assert sent(poster, "/money/refund/", **early, amount="40.00").status_code == 302
    assert opened(lambda grant, _at: journal_totals(grant)).ledger_sum == 0
