"""Reading the journal and its balances."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from cleanclaim.apps.ledger.models import Balance, ClosedPeriod, JournalEntry, JournalLine
from cleanclaim.core.ledger import Account, Entry, Line, Totals
from cleanclaim.core.ledger.accounts import ADJUSTMENT_ACCOUNTS
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.models.scope import refuse_unless_allowed


def balances_by_detail(
    grant: Grant, practice_id: int, account: Account, details: Iterable[str] | None = None
) -> dict[str, int]:
    """Give the balances of an account by trace, parked item or patient, those that are not zero.

    Args:
        grant: Opens the practice's claims and payments.
        practice_id: Whose.
        account: One that is kept by such names.
        details: Those alone; all where not given.
    """
    rows = Balance.objects.under(grant, practice_id=practice_id).filter(account=str(account))
    if details is not None:
        rows = rows.filter(detail__in=list(details))
    return dict(rows.exclude(cents=0).values_list("detail", "cents"))


def entries_for_claim(
    grant: Grant, practice_id: int, claim_id: UUID
) -> list[tuple[JournalEntry, list[JournalLine]]]:
    """Give a claim's entries with all their lines, oldest first."""
    own = JournalLine.objects.under(grant, practice_id=practice_id)
    ids = own.filter(claim_id=claim_id).values_list("entry_id", flat=True).distinct()
    lines: dict[UUID, list[JournalLine]] = defaultdict(list)
    for line in own.filter(entry_id__in=list(ids)).order_by("entry_id", "ordinal"):
        lines[line.entry_id].append(line)
    entries = JournalEntry.objects.under(grant, practice_id=practice_id).filter(id__in=lines)
    return [(entry, lines[entry.id]) for entry in entries.order_by("day", "id")]


def journal_totals(grant: Grant) -> Totals:
    """Split the practices' charges into paid, adjusted, patient and open, from the lines.

    The sums are those of `core.ledger.totals_of`; charged = paid + adjusted + patient + open.
    """
    sums: dict[str, int] = dict(
        JournalLine.objects.under(grant)
        .values("account")
        .annotate(cents=Sum("amount_cents"))
        .values_list("account", "cents")
    )
    charged = -sums.get(str(Account.CHARGES), 0)
    adjusted = sum(sums.get(str(account), 0) for account in ADJUSTMENT_ACCOUNTS)
    patient = sums.get(str(Account.PATIENT), 0)
    opened = sums.get(str(Account.INSURANCE), 0)
    return Totals(
        charged_cents=charged,
        paid_cents=charged - adjusted - patient - opened,
        adjusted_cents=adjusted,
        patient_cents=patient,
        open_cents=opened,
        ledger_sum=sum(sums.values()),
    )


def balances_prove(grant: Grant) -> list[dict[str, Any]]:
    """Add the journal up anew and compare it with the balances that are kept.

    Returns:
        One row for each trace, parked item or patient whose balance differs; empty when all agree.
    """
    refuse_unless_allowed(grant, grant.practice_ids, JournalLine.data_categories)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with journal as (
              select practice_id, account,
                case account when '1040' then trace when '1190' then suspense
                  else coalesce(patient_id::text, '') end as detail, sum(amount_cents) as cents
              from ledger_line
              where practice_id = any(%(practices)s) and account in ('1040', '1190', '1191')
              group by 1, 2, 3),
            kept as (
              select practice_id, account, detail, cents from ledger_balance
              where practice_id = any(%(practices)s))
            select practice_id, account, detail, coalesce(j.cents, 0), coalesce(k.cents, 0)
            from journal j full join kept k using (practice_id, account, detail)
            where coalesce(j.cents, 0) <> coalesce(k.cents, 0) and detail <> ''
            """,
            {"practices": list(grant.practice_ids)},
        )
        names = ("practice_id", "account", "detail", "journal_cents", "balance_cents")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def entries_by_key(grant: Grant, practice_id: int, keys: Iterable[str]) -> dict[str, Entry]:
    """Read entries back as the core knows them, by key."""
    heads = JournalEntry.objects.under(grant, practice_id=practice_id).filter(key__in=list(keys))
    found = {head.id: head for head in heads}
    lines: dict[UUID, list[Line]] = defaultdict(list)
    rows = JournalLine.objects.under(grant, practice_id=practice_id).filter(entry_id__in=found)
    for row in rows.order_by("entry_id", "ordinal"):
        lines[row.entry_id].append(_line(row))
    return {
        head.key: Entry(
            head.event, tuple(lines[head.id]), head.key, head.day, head.reverses, head.back_period
        )
        for head in found.values()
    }


def _line(row: JournalLine) -> Line:
    return Line(
        Account(row.account),
        row.amount_cents,
        payer=_ref(row.payer_id),
        rank=row.rank,
        claim=_ref(row.claim_id),
        line=_ref(row.line_id),
        patient=_ref(row.patient_id),
        provider=_ref(row.provider_id),
        trace=row.trace,
        reason=row.reason,
        plb=row.plb,
        suspense=row.suspense,
        month=row.month,
        remittance=row.remittance or None,
    )


def _ref(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def entry_keys(grant: Grant, practice_id: int) -> list[str]:
    """Give the keys of a practice's whole journal, oldest first."""
    rows = JournalEntry.objects.under(grant, practice_id=practice_id)
    return list(rows.order_by("made_at", "id").values_list("key", flat=True))


def patient_own_balances(grant: Grant, practice_id: int, patient_id: str) -> dict[str | None, int]:
    """Give what a patient owes beside claims, by charge; None for what has no charge."""
    rows = JournalLine.objects.under(grant, practice_id=practice_id).filter(
        account=str(Account.PATIENT), claim_id=None, patient_id=patient_id
    )
    sums = rows.values("line_id").annotate(cents=Sum("amount_cents"))
    return {_ref(line): cents for line, cents in sums.values_list("line_id", "cents")}


def closed_periods(grant: Grant, practice_id: int) -> list[str]:
    """Give the months that take no more entries."""
    rows = ClosedPeriod.objects.under(grant, practice_id=practice_id)
    return list(rows.order_by("period").values_list("period", flat=True))
