"""A/R by age, the ledger lines behind each figure, and the workbook of both."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cleanclaim.apps.reports.public import (
    LINES_AT_MOST,
    AgedRow,
    ageing_lines,
    ageing_rows,
    ageing_workbook,
)
from cleanclaim.platform.ui.frame import Choice
from cleanclaim.web.workbench.live.desk import desk
from cleanclaim.web.workbench.live.words import account_words, event_words
from cleanclaim.web.workbench.pages import (
    AgeingLine,
    AgeingLinesPage,
    AgeingPage,
    AgeingRow,
    AgeingTable,
    Pager,
)
from cleanclaim.web.workbench.pages.ageing import BUCKETS

GROUPS = ("payer", "practice", "provider")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ageing_page(request: HttpRequest) -> AgeingPage:
    """Fill the ageing."""
    by = _by(request)
    with desk(request, "read", "ledger") as place:
        rows = ageing_rows(place.grant, by=by, day=place.today)
        return AgeingPage(
            as_of=place.today,
            basis="age from service date",
            groups=tuple(
                Choice(
                    words=name.capitalize(),
                    href=f"{reverse('workbench:ageing')}?by={name}",
                    is_current=name == by,
                )
                for name in GROUPS
            ),
            table=ageing_table(by, rows),
            export_href=f"{reverse('workbench:ageing-export')}?by={by}",
            credits_cents=sum(row.credit_cents for row in rows),
        )


def ageing_table(by: str, rows: Sequence[AgedRow]) -> AgeingTable:
    """Draw rows with the addresses of the ledger lines behind them."""
    return AgeingTable(
        head=by.capitalize(),
        rows=tuple(
            AgeingRow(
                words=row.words,
                cents=row.cents,  # type: ignore[arg-type]
                hrefs=tuple(_lines_href(by, row.key, at) for at in range(5)),  # type: ignore[arg-type]
                href=_lines_href(by, row.key),
                marked=frozenset({4}) if row.cents[4] else frozenset(),
            )
            for row in rows
            if any(row.cents)
        ),
    )


def _lines_href(by: str, key: str, bucket: int | None = None) -> str:
    words = {"by": by, "row": key} | ({} if bucket is None else {"bucket": str(bucket)})
    return f"{reverse('workbench:ageing-lines')}?{urlencode(words)}"


def _by(request: HttpRequest) -> str:
    by = request.GET.get("by", "payer")
    if by not in GROUPS:
        raise Http404
    return by


def ageing_lines_page(request: HttpRequest) -> AgeingLinesPage:
    """Fill the ledger lines behind one figure."""
    by, key = _by(request), request.GET.get("row", "")
    text = request.GET.get("bucket", "")
    bucket = int(text) if text in ("0", "1", "2", "3", "4") else None
    with desk(request, "read", "ledger") as place:
        rows = {row.key: row for row in ageing_rows(place.grant, by=by, day=place.today)}
        if key not in rows:
            raise Http404
        count, total, lines = ageing_lines(
            place.grant, by=by, key=key, bucket=bucket, day=place.today
        )
        span = f", {BUCKETS[bucket]} days" if bucket is not None else ""
        return AgeingLinesPage(
            title=f"{rows[key].words}{span}",
            back_href=f"{reverse('workbench:ageing')}?by={by}",
            as_of=place.today,
            total_cents=total,
            count=count,
            rows=tuple(
                AgeingLine(
                    claim_number=line.number,
                    claim_href=reverse("workbench:claim-tab", args=[line.claim_id, "ledger"]),
                    service_date=line.service_date,
                    age_days=(place.today - line.service_date).days,
                    posted_date=line.posted_date,
                    account=account_words(line.account),
                    words=event_words(line.event, line.reason, line.trace),
                    amount_cents=line.amount_cents,
                )
                for line in lines
            ),
            pager=Pager(shown=min(len(lines), LINES_AT_MOST)),
            export_href=f"{reverse('workbench:ageing-export')}?by={by}",
        )


def ageing_export(request: HttpRequest) -> HttpResponse:
    """Send the ageing with all its ledger lines as a workbook."""
    by = _by(request)
    with desk(request, "export", "report") as place:
        content = ageing_workbook(place.grant, by=by, day=place.today)
    day = datetime.now(UTC).date()  # noqa: TID251  a page is an edge
    return HttpResponse(
        content,
        content_type=_XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="ageing-{by}-{day}.xlsx"',
            "Cache-Control": "no-store",
        },
    )
