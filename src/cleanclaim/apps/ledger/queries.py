"""Reading the journal and its balances."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from cleanclaim.apps.ledger.models import Balance, JournalEntry, JournalLine
from cleanclaim.core.ledger import Account, Totals
from cleanclaim.core.ledger.accounts import ADJUSTMENT_ACCOUNTS
from cleanclaim.core.privacy import Grant


def balances_for_claims(
    grant: Grant, practice_id: int, claim_ids: Iterable[UUID]
) -> dict[UUID, list[Balance]]:
    """Give what each claim's lines owe, at payers (1100) and at the patient (1110).

    Returns:
        Rows by claim; a claim without open lines may be missing.
    """
    rows: dict[UUID, list[Balance]] = defaultdict(list)
    for row in Balance.objects.under(grant, practice_id=practice_id).filter(
        claim_id__in=list(claim_ids)
    ):
        rows[row.claim_id].append(row)
    return rows


def balances_by_detail(grant: Grant, practice_id: int, account: Account) -> dict[str, int]:
    """Give the balances of an account by trace or parked item, those that are not zero."""
    rows = Balance.objects.under(grant, practice_id=practice_id).filter(account=str(account))
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
    """Add the journal up anew and compare.

    Returns:
        One row for each claim and account whose balance differs from its lines; empty when the
        balances are what the journal says.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with journal as (
              select practice_id, account, sum(amount_cents) as cents from ledger_line
              where practice_id = any(%(practices)s) group by 1, 2),
            kept as (
              select practice_id, account, sum(cents) as cents from ledger_balance
              where practice_id = any(%(practices)s) group by 1, 2)
            select coalesce(j.practice_id, k.practice_id), coalesce(j.account, k.account),
                   coalesce(j.cents, 0), coalesce(k.cents, 0)
            from journal j full join kept k using (practice_id, account)
            where coalesce(j.cents, 0) <> coalesce(k.cents, 0)
            """,
            {"practices": list(grant.practice_ids)},
        )
        names = ("practice_id", "account", "journal_cents", "balance_cents")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
