"""What the sandbox remembers: one SQLite file of its own, so that a kill loses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from cleanclaim.sandbox.bill import Bill, Verdict

_TABLES = """
create table if not exists interchange (
  sender text not null, control text not null, digest text not null, name text not null,
  times integer not null default 1, primary key (sender, control));
create table if not exists claim (
  payee text not null, payer_id text not null, number text not null, control_number text not null,
  bill blob not null, verdict blob, state text not null, times integer not null default 1,
  primary key (payee, payer_id, number));
create index if not exists claim_state on claim (state, payer_id, payee);
create table if not exists member (
  payer_id text not null, member_id text not null, used_cents integer not null,
  primary key (payer_id, member_id));
create table if not exists counter (name text primary key, value integer not null);
create table if not exists outbox (
  id integer primary key, name text not null unique, content blob not null, sent integer not null);
create table if not exists balance (payer_id text, payee text, owed_cents integer not null,
  primary key (payer_id, payee));
"""


class State:
    """The sandbox's memory.

    Args:
        path: The SQLite file; made when it is not there.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = full")
        self._db.executescript(_TABLES)

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do one step whole or not at all."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def interchange_seen(self, sender: str, control: str, digest: str, name: str) -> str:
        """Remember an interchange; say `new`, `same` content again, or `other` content."""
        row = self._db.execute(
            "select digest from interchange where sender = ? and control = ?", (sender, control)
        ).fetchone()
        if row is None:
            self._db.execute(
                "insert into interchange (sender, control, digest, name) values (?, ?, ?, ?)",
                (sender, control, digest, name),
            )
            return "new"
        self._db.execute(
            "update interchange set times = times + 1 where sender = ? and control = ?",
            (sender, control),
        )
        return "same" if row[0] == digest else "other"

    def next_number(self, name: str) -> int:
        """Count up from 1."""
        row = self._db.execute(
            "insert into counter values (?, 1)"
            " on conflict (name) do update set value = value + 1 returning value",
            (name,),
        ).fetchone()
        return int(row[0])

    def claim_keep(
        self, bill: Bill, control_number: str, verdict: Verdict | None, state: str
    ) -> None:
        """Keep a claim; one that is already there is counted as given twice."""
        self._db.execute(
            "insert into claim (payee, payer_id, number, control_number, bill, verdict, state)"
            " values (?, ?, ?, ?, ?, ?, ?)"
            " on conflict (payee, payer_id, number) do update set times = times + 1",
            (
                bill.billing_npi,
                bill.payer_id,
                bill.number,
                control_number,
                msgspec.json.encode(bill),
                msgspec.json.encode(verdict) if verdict else None,
                state,
            ),
        )

    def claim_move(self, verdict: Verdict, state: str) -> None:
        """Give a claim another state and the verdict that holds now."""
        bill = verdict.bill
        self._db.execute(
            "update claim set state = ?, verdict = ?"
            " where payee = ? and payer_id = ? and number = ?",
            (state, msgspec.json.encode(verdict), bill.billing_npi, bill.payer_id, bill.number),
        )

    def claim_by_control_number(self, payer_id: str, control_number: str) -> Verdict | None:
        """Find the claim that a replacement or void names."""
        row = self._db.execute(
            "select verdict from claim where payer_id = ? and control_number = ?"
            " and verdict is not null",
            (payer_id, control_number),
        ).fetchone()
        return msgspec.json.decode(row[0], type=Verdict) if row else None

    def payees_waiting(self, state: str) -> list[tuple[str, str]]:
        """List payer and payee of claims in a state, in a stable order."""
        return self._db.execute(
            "select distinct payer_id, payee from claim where state = ? order by 1, 2", (state,)
        ).fetchall()

    def verdicts(self, state: str, payer_id: str, payee: str, limit: int) -> list[Verdict]:
        """Give verdicts in a state, oldest first."""
        rows = self._db.execute(
            "select verdict from claim where state = ? and payer_id = ? and payee = ?"
            " order by rowid limit ?",
            (state, payer_id, payee, limit),
        )
        return [msgspec.json.decode(row[0], type=Verdict) for row in rows]

    def deductible_used(self, payer_id: str, member_id: str) -> int:
        """Give what a member has paid of the deductible."""
        row = self._db.execute(
            "select used_cents from member where payer_id = ? and member_id = ?",
            (payer_id, member_id),
        ).fetchone()
        return int(row[0]) if row else 0

    def deductible_add(self, payer_id: str, member_id: str, amount_cents: int) -> None:
        """Add to what a member has paid of the deductible."""
        self._db.execute(
            "insert into member values (?, ?, ?) on conflict (payer_id, member_id)"
            " do update set used_cents = used_cents + excluded.used_cents",
            (payer_id, member_id, amount_cents),
        )

    def balance_owed(self, payer_id: str, payee: str) -> int:
        """Give what a payee owes a payer from remittances that came out below zero."""
        row = self._db.execute(
            "select owed_cents from balance where payer_id = ? and payee = ?", (payer_id, payee)
        ).fetchone()
        return int(row[0]) if row else 0

    def balance_set(self, payer_id: str, payee: str, owed_cents: int) -> None:
        """Set what a payee owes a payer."""
        self._db.execute(
            "insert into balance values (?, ?, ?)"
            " on conflict (payer_id, payee) do update set owed_cents = excluded.owed_cents",
            (payer_id, payee, owed_cents),
        )

    def outbox_put(self, name: str, content: bytes) -> None:
        """Lay a file out for the sender; it is written when the step is done."""
        self._db.execute(
            "insert into outbox (name, content, sent) values (?, ?, 0)", (name, content)
        )

    def outbox_waiting(self) -> list[tuple[int, str, bytes]]:
        """Give files that are not yet written, oldest first."""
        return self._db.execute(
            "select id, name, content from outbox where not sent order by id"
        ).fetchall()

    def outbox_sent(self, ids: list[int]) -> None:
        """Note that files are written."""
        self._db.executemany("update outbox set sent = 1 where id = ?", [(item,) for item in ids])

    def report(self) -> dict[str, int]:
        """Count what was received, to hold against what the sender believes."""
        one = self._db.execute(
            "select (select count(*) from interchange), (select count(*) from claim),"
            " (select count(*) from claim where times > 1),"
            " (select count(*) from interchange where times > 1)"
        ).fetchone()
        names = ("interchanges", "claims", "claims_twice", "interchanges_twice")
        states = self._db.execute("select state, count(*) from claim group by 1").fetchall()
        return dict(zip(names, one, strict=True)) | {f"claims_{name}": n for name, n in states}
