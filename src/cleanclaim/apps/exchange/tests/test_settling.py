"""What a send that was cut short is taken for: one row for each way in which it can be cut."""

from datetime import timedelta

import pytest

from cleanclaim.apps.exchange.models import Interchange
from cleanclaim.apps.exchange.public import (
    connection_create,
    control_number_take,
    interchange_mark_sent,
    interchange_move,
    interchange_seal,
    interchange_send_again,
    interchanges_settle,
)
from cleanclaim.apps.exchange.ways import recipient_of, transport_for
from cleanclaim.apps.work.public import items_list
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope
from cleanclaim.platform.transports.transport import Disclosure

PRACTICE = 1
CONTENT = b"ISA*the bytes~"
# What was done before the kill; whether the partner took the file away; what it is then.
CUTS = """
prepared              no   sealed
prepared half         no   sealed
prepared whole        no   sealed
prepared withdrawn    no   sealed
prepared sent         no   sent
prepared sent         yes  unknown
"""


@pytest.fixture
def sending(tenant, grant_for, now, tmp_path):
    """An interchange in `sending`, its grant, and the folder that the partner looks into."""
    (tmp_path / "to").mkdir()
    (tmp_path / "from").mkdir()
    grant = grant_for(tenant.id, PRACTICE)
    with scope(grant, at=now):
        connection = connection_create(
            name="C",
            transport="folder",
            settings={"to": str(tmp_path / "to"), "from": str(tmp_path / "from")},
            sender_id="S",
            receiver_id="R",
        )
        number = control_number_take(connection, PRACTICE, at=now)
        row = interchange_seal(PRACTICE, connection, number, CONTENT, at=now)
        interchange_move(grant, row, Interchange.State.SENDING, at=now)
    return row, grant, tmp_path / "to"


def cut(row, folder, done, leave, at, *, is_taken):
    with transport_for(row.connection) as way:
        for word in done:
            if word == "prepared":
                way.prepare(row.name)
            elif word in {"half", "whole"}:
                part = CONTENT if word == "whole" else CONTENT[:4]
                (folder / f".{row.name}.part").write_bytes(part)
            elif word == "withdrawn":
                way.withdraw(row.name)
            else:
                way.send(
                    Disclosure(
                        grant=leave,
                        tenant_id=row.tenant_id,
                        practice_id=row.practice_id,
                        categories=Interchange.data_categories,
                        name=row.name,
                        content=CONTENT,
                        at=at,
                    )
                )
    if is_taken:
        (folder / row.name).unlink()


def state(row, grant, at):
    with scope(grant, at=at):
        return Interchange.objects.under(grant).get(id=row.id).state


@pytest.mark.parametrize("words", CUTS.strip().splitlines())
def test_a_cut_send_is_determined(sending, grant_for, now, words):
    row, grant, folder = sending
    *done, taken, outcome = words.split()
    leave = grant_for(row.tenant_id, PRACTICE, partner=recipient_of(row.connection))
    cut(row, folder, done, leave, now, is_taken=taken == "yes")
    assert interchanges_settle(grant, PRACTICE, at=now)[outcome] == 1
    assert state(row, grant, now) == outcome


def test_a_lasting_doubt_is_shown_to_a_person_who_decides(sending, grant_for, now):
    row, grant, folder = sending
    leave = grant_for(row.tenant_id, PRACTICE, partner=recipient_of(row.connection))
    cut(row, folder, ["prepared", "sent"], leave, now, is_taken=True)
    interchanges_settle(grant, PRACTICE, at=now)

    def items(at):
        with scope(grant, at=at):
            return [(one.kind, one.subject_id) for one in items_list(grant)]

    assert items(now) == []
    later = now + timedelta(minutes=31)
    interchanges_settle(grant, PRACTICE, at=later)
    interchanges_settle(grant, PRACTICE, at=later)
    assert items(later) == [("submit_failure", str(row.id))]
    interchange_send_again(grant, PRACTICE, row.id, at=later)
    assert (state(row, grant, later), items(later)) == ("sealed", [])
    with pytest.raises(Refusal, match=r"^wrong_state"):
        interchange_mark_sent(grant, PRACTICE, row.id, at=later)
    assert state(row, grant, later) == "sealed"


def test_a_person_may_know_that_it_arrived(sending, grant_for, now):
    row, grant, folder = sending
    leave = grant_for(row.tenant_id, PRACTICE, partner=recipient_of(row.connection))
    cut(row, folder, ["prepared", "sent"], leave, now, is_taken=True)
    interchanges_settle(grant, PRACTICE, at=now)
    interchange_mark_sent(grant, PRACTICE, row.id, at=now)
    assert state(row, grant, now) == "sent"


def test_a_partner_that_cannot_be_asked_leaves_it_unknown(sending, now):
    _, grant, folder = sending
    folder.rmdir()
    assert interchanges_settle(grant, PRACTICE, at=now)["unknown"] == 1
