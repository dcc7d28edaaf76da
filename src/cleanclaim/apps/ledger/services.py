"""Writing to the journal: entries, lines and balances in one go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from cleanclaim.apps.ledger.models import Balance, ClosedPeriod, JournalEntry, JournalLine
from cleanclaim.core.ledger import Account, Entry, Line, entry_findings
from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert, rows_put


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
    if not entries:
        return []
    known = entries_known(grant, practice_id, entries)
    fresh = [entry for entry in entries if entry.key not in known]
    if fresh:
        _insert(grant, practice_id, fresh, at)
        _balances_add(grant, practice_id, fresh)
    return fresh


def entries_known(grant: Grant, practice_id: int, entries: Sequence[Entry]) -> set[str]:
    """Give the keys of those entries that stand in the journal with the same lines.

    Raises:
        Refusal: `key_reused`: a key is there with other lines.
    """
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
        (
            {
                "id": entry_id,
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "key": entry.key,
                "event": entry.event,
                "day": entry.day,
                "period": entry.period,
                "reverses": entry.reverses,
                "back_period": entry.back_period,
                "actor": grant.actor,
                "made_at": at,
            }
            for entry_id, entry in zip(ids, entries, strict=True)
        ),
    )
    # One statement for all lines: the guard holds each statement's entries against zero.
    rows_insert(
        JournalLine,
        (
            {
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "entry_id": entry_id,
                "ordinal": ordinal,
                "account": line.account,
                "amount_cents": line.amount_cents,
                "day": entry.day,
                "payer_id": line.payer,
                "rank": line.rank,
                "claim_id": line.claim,
                "line_id": line.line,
                "patient_id": line.patient,
                "provider_id": line.provider,
                "trace": line.trace,
                "reason": line.reason,
                "plb": line.plb,
                "suspense": line.suspense,
                "month": line.month,
                "remittance": line.remittance or "",
            }
            for entry_id, entry in zip(ids, entries, strict=True)
            for ordinal, line in enumerate(entry.lines)
        ),
    )


def _balances_add(grant: Grant, practice_id: int, entries: Iterable[Entry]) -> None:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            detail = _detail(line)
            if detail:
                sums[str(line.account), detail] += line.amount_cents
    # Sorted, so that two writers take the rows' locks in the same order.
    rows_put(
        Balance,
        ("practice_id", "account", "detail"),
        (
            {
                "tenant_id": grant.tenant_id,
                "practice_id": practice_id,
                "account": account,
                "detail": detail,
                "cents": cents,
            }
            for (account, detail), cents in sorted(sums.items())
            if cents
        ),
        added=("cents",),
    )


def _detail(line: Line) -> str:
    """Name what an amount stands under, where its account has such names."""
    match line.account:
        case Account.EFT_CLEARING:
            return line.trace
        case Account.UNAPPLIED_INSURANCE:
            return line.suspense
        case Account.UNAPPLIED_PATIENT:
            return str(line.patient or "")
        case _:
            return ""


def periods_close(grant: Grant, practice_id: int, periods: Iterable[str], *, at: datetime) -> None:
    """Close months; once closed they stay closed."""
    rows = ClosedPeriod.objects.under(grant, practice_id=practice_id)
    for period in periods:
        rows.get_or_create(practice_id=practice_id, period=period, defaults={"closed_at": at})
