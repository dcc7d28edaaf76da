"""The only door of the reports."""

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
    "LINES_AT_MOST",
    "AgedLine",
    "AgedRow",
    "ageing_lines",
    "ageing_rows",
    "ageing_workbook",
]
