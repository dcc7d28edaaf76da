"""Words for what the capabilities name by code: work items, accounts, events of the journal."""

from datetime import date

from cleanclaim.apps.codes.public import codes_tables
from cleanclaim.core.codes.records import Listed
from cleanclaim.core.codes.release import Table
from cleanclaim.core.ledger import ACCOUNT_NAMES, Account
from cleanclaim.core.remit import Cas

ITEM_GROUPS: dict[str, tuple[str, ...]] = {
    "Before sending": (
        "import_refused",
        "run_validations_failure",
        "secondary_ready",
        "code_claim",
    ),
    "On the way": ("rejection_resolution", "claim_follow_up", "no_ack", "submit_failure"),
    "Money": (
        "refund_approval",
        "restricted_payment_failed",
        "denial_resolution",
        "posting_exception",
        "remit_unbalanced",
        "underpayment",
        "overpayment",
        "credit_balance",
        "unmatched_eft",
        "unmatched_era",
        "plb_open",
        "reversal_without_correction",
        "crossover_late",
    ),
}

_ITEMS = {
    "run_validations_failure": "Held by edits",
    "rejection_resolution": "Rejected on the way",
    "denial_resolution": "Denied",
    "posting_exception": "Parked money",
    "remit_unbalanced": "Remits out of balance",
    "unmatched_eft": "Transfer without remit",
    "unmatched_era": "Remit without transfer",
    "plb_open": "Provider level, open",
    "claim_follow_up": "Follow up",
    "no_ack": "No answer yet",
    "submit_failure": "Files not known to have left",
    "import_refused": "Refused rows",
    "restricted_payment_failed": "Restricted payment returned",
}
_EVENTS = {
    "charge": "Charge",
    "charge_void": "Charge taken back",
    "era_payment": "Payment",
    "era_adjustment": "Adjustment",
    "pr_to_patient": "Patient share",
    "pr_transfer": "Share to the next payer",
    "bank_eft": "Bank transfer",
    "line_reallocation": "Moved between lines",
    "suspense": "Parked",
    "suspense_release": "Parked money placed",
    "nsf": "Returned payment",
    "eft": "Bank transfer",
}


def item_words(kind: str) -> str:
    """Name a kind of work item.

    >>> item_words("credit_balance")
    'Credit balance'
    """
    return _ITEMS.get(kind, kind.replace("_", " ").capitalize())


def reason_of(cut: Cas, day: date) -> tuple[str, str]:
    """Name a payer's reason and say it in words: `("CO 45", "Above the contract rate")`."""
    found = codes_tables().carc(cut.carc, day)
    return cut.reason.replace("-", " "), found.words if isinstance(found, Listed) else ""


def rejection_words(reason: str, day: date) -> str:
    """Say the codes of a rejection in words: category, status and entity of `A7:164:IL`."""
    tables = (Table.CLAIM_STATUS_CATEGORY, Table.CLAIM_STATUS, Table.ENTITY)
    known = codes_tables()
    found = (
        known.listed(table, code, day)
        for table, code in zip(tables, reason.split(":"), strict=False)
    )
    return ": ".join(row.words for row in found if isinstance(row, Listed) and row.words)


def event_words(event: str, reason: str = "", trace: str = "") -> str:
    """Name what a ledger entry posts."""
    words = _EVENTS.get(event, event.replace("_", " ").capitalize())
    return ", ".join(part for part in (words, reason.replace("-", " "), trace) if part)


def account_words(number: str) -> str:
    """Name an account of the chart."""
    return ACCOUNT_NAMES.get(Account(number), number)
