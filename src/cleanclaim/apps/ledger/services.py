"""Writing to the journal: entries, lines and balances in one go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from cleanclaim.apps.ledger.models import NONE, Balance, JournalEntry, JournalLine
from cleanclaim.core.ledger import Account, Entry, Line, entry_findings
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert

_ENTRY = (
    "id",
    "tenant_id",
    "practice_id",
    "key",
    "event",
    "day",
    "period",
    "reverses",
    "back_period",
    "actor",
    "made_at",
)
_LINE = (
    "tenant_id",
    "practice_id",
    "entry_id",
    "ordinal",
    "account",
    "amount_cents",
    "day",
    "payer_id",
    "rank",
    "claim_id",
    "line_id",
    "patient_id",
    "provider_id",
    "trace",
    "reason",
    "plb",
    "suspense",
    "month",
    "remittance",
)
_KEY = ("practice_id", "claim_id", "account", "line_id", "payer_id", "rank", "patient_id", "detail")


def entries_post(
    grant: Grant, practice_id: int, entries: Sequence[Entry], *, at: datetime
) -> list[Entry]:
    """Add entries to a practice's journal and to its balances.

    Args:
        grant: Opens the practice's claims and payments.
        practice_id: Whose journal.
        entries: With keys and days; each sums to zero.
        at: The instant of the writing.

    Returns:
        The entries that are new; the others were there already with the same content.

    Raises:
        Refusal: `entry_unsound` for one that breaks a law of the ledger, `key_reused` for a key
            that is there with other lines. Nothing is written then.
    """
    for entry in entries:
        findings = entry_findings(entry)
        if findings or not entry.key:
            words = findings[0].message if findings else "an entry needs its natural key"
            raise Refusal("entry_unsound", f"The {entry.event} entry is unsound: {words}.")
    known = _known(grant, practice_id, entries)
    fresh = [entry for entry in entries if entry.key not in known]
    if fresh:
        _insert(grant, practice_id, fresh, at)
        _balances_add(grant.tenant_id, practice_id, fresh)
    return fresh


def _known(grant: Grant, practice_id: int, entries: Sequence[Entry]) -> set[str]:
    rows = JournalEntry.objects.under(grant, practice_id=practice_id)
    found = dict(rows.filter(key__in=[item.key for item in entries]).values_list("id", "key"))
    if not found:
        return set()
    held: dict[str, list[tuple[str, int]]] = defaultdict(list)
    lines = JournalLine.objects.under(grant, practice_id=practice_id)
    for entry_id, account, cents in lines.filter(entry_id__in=found).values_list(
        "entry_id", "account", "amount_cents"
    ):
        held[found[entry_id]].append((account, cents))
    for entry in entries:
        if entry.key in held and sorted(held[entry.key]) != sorted(
            (str(line.account), line.amount_cents) for line in entry.lines
        ):
            raise Refusal(
                "key_reused", f"The entry {entry.key} is in the journal with other lines."
            )
    return set(held)


def _insert(grant: Grant, practice_id: int, entries: Sequence[Entry], at: datetime) -> None:
    ids = [new_id() for _ in entries]
    rows_insert(
        JournalEntry,
        _ENTRY,
        [
            (
                entry_id,
                grant.tenant_id,
                practice_id,
                entry.key,
                entry.event,
                entry.day,
                entry.period,
                entry.reverses,
                entry.back_period,
                grant.actor,
                at,
            )
            for entry_id, entry in zip(ids, entries, strict=True)
        ],
    )
    # One statement for all lines: the guard holds each statement's entries against zero.
    rows_insert(
        JournalLine,
        _LINE,
        [
            (grant.tenant_id, practice_id, entry_id, ordinal, *_line_row(entry, line))
            for entry_id, entry in zip(ids, entries, strict=True)
            for ordinal, line in enumerate(entry.lines)
        ],
    )


def _line_row(entry: Entry, line: Line) -> tuple[Any, ...]:
    return (
        str(line.account),
        line.amount_cents,
        entry.day,
        line.payer,
        line.rank,
        line.claim,
        line.line,
        line.patient,
        line.provider,
        line.trace,
        line.reason,
        line.plb,
        line.suspense,
        line.month,
        str(line.remittance or ""),
    )


def _balances_add(tenant_id: int, practice_id: int, entries: Iterable[Entry]) -> None:
    sums: dict[tuple[Any, ...], int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            sums[_balance_key(line)] += line.amount_cents
    keys = ", ".join(_KEY)
    table = Balance._meta.db_table  # noqa: SLF001  Django's public place for it
    # Sorted, so that two writers take the rows' locks in the same order.
    rows = sorted((*map(str, key), cents) for key, cents in sums.items() if cents)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE added ON COMMIT DROP AS"  # noqa: S608  names of our own
            f" SELECT {keys}, cents FROM {table} WITH NO DATA"
        )
        with cursor.copy(f"COPY added ({keys}, cents) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((practice_id, *row))
        cursor.execute(
            f"INSERT INTO {table} (tenant_id, {keys}, cents)"  # noqa: S608  names of our own
            f" SELECT %s, {keys}, cents FROM added ON CONFLICT ({keys})"
            f" DO UPDATE SET cents = {table}.cents + excluded.cents",
            [tenant_id],
        )
        cursor.execute("DROP TABLE added")


def _balance_key(line: Line) -> tuple[Any, ...]:
    """Give the key of the balance that a line adds to, the practice left out."""
    detail = ""
    if line.account == Account.EFT_CLEARING:
        detail = line.trace
    elif line.account == Account.UNAPPLIED_INSURANCE:
        detail = line.suspense
    is_claims = line.account in (Account.INSURANCE, Account.PATIENT)
    return (
        (line.claim or NONE) if is_claims else NONE,
        str(line.account),
        (line.line or NONE) if is_claims else NONE,
        (line.payer or NONE) if line.account == Account.INSURANCE else NONE,
        line.rank if line.account == Account.INSURANCE else 0,
        (line.patient or NONE) if line.account == Account.UNAPPLIED_PATIENT else NONE,
        detail,
    )
