"""Reports as workbooks: numbers as numbers, dates as dates."""

from datetime import date
from io import BytesIO

import xlsxwriter

from cleanclaim.apps.reports.queries import ageing_every_line, ageing_rows
from cleanclaim.core.privacy import Grant

_HEADS = ("0 to 30", "31 to 60", "61 to 90", "91 to 120", "over 120", "total")
_LINE_HEADS = (
    "Row",
    "Claim",
    "Service",
    "Posted",
    "Account",
    "Event",
    "Reason",
    "Trace",
    "Amount",
)


def ageing_workbook(grant: Grant, *, by: str, day: date) -> bytes:
    """Write the ageing and all its ledger lines as XLSX.

    Args:
        grant: Opens the practices' claims and payments.
        by: `payer`, `practice` or `provider`.
        day: Age is counted up to it.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        money = book.add_format({"num_format": "#,##0.00"})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Ageing")
        sheet.write_row(0, 0, (by.capitalize(), *_HEADS))
        for at, row in enumerate(ageing_rows(grant, by=by, day=day), 1):
            sheet.write_string(at, 0, row.words)
            for column, cents in enumerate((*row.cents, sum(row.cents)), 1):
                sheet.write_number(at, column, cents / 100, money)
        lines = book.add_worksheet("Ledger lines")
        lines.write_row(0, 0, _LINE_HEADS)
        for at, (words, line) in enumerate(ageing_every_line(grant, by=by, day=day), 1):
            texts = (words, line.number)
            for column, text in enumerate(texts):
                lines.write_string(at, column, text)
            lines.write_datetime(at, 2, line.service_date, days)
            lines.write_datetime(at, 3, line.posted_date, days)
            rest = (line.account, line.event, line.reason, line.trace)
            for column, text in enumerate(rest, 4):
                lines.write_string(at, column, text)
            lines.write_number(at, 8, line.amount_cents / 100, money)
    return out.getvalue()
