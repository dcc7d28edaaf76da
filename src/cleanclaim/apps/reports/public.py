"""The only door of the reports."""

from cleanclaim.apps.reports.edits import (
    CLAIMS_AT_MOST,
    EDIT_GROUPS,
    EditClaim,
    EditGroup,
    RuleWorth,
    edit_claims,
    edit_groups,
    rules_worth,
)
from cleanclaim.apps.reports.queries import (
    BUCKET_DAYS,
    LINES_AT_MOST,
    AgedLine,
    AgedRow,
    ageing_lines,
    ageing_rows,
)
from cleanclaim.apps.reports.workbook import ageing_workbook

__all__ = [
    "BUCKET_DAYS",
    "CLAIMS_AT_MOST",
    "EDIT_GROUPS",
    "LINES_AT_MOST",
    "AgedLine",
    "AgedRow",
    "EditClaim",
    "EditGroup",
    "RuleWorth",
    "ageing_lines",
    "ageing_rows",
    "ageing_workbook",
    "edit_claims",
    "edit_groups",
    "rules_worth",
]
