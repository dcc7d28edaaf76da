"""A day's result, for people and for programs."""

import json

from cleanclaim.config.billing_day import Day
from cleanclaim.kernel.money import show_cents


def day_json(day: Day) -> str:
    """Write one JSON object: stages, outcomes, cents, seconds, rates, memory."""
    totals = day.totals
    return json.dumps(
        {
            "stages": day.stages,
            "outcomes": day.outcomes,
            "rows": day.rows,
            "work": day.work,
            "interchanges": day.interchanges,
            "charged_cents": totals.charged_cents,
            "paid_cents": totals.paid_cents,
            "adjusted_cents": totals.adjusted_cents,
            "patient_cents": totals.patient_cents,
            "open_cents": totals.open_cents,
            "ledger_sum": totals.ledger_sum,
            "differences": day.differences,
            "leaves": {
                "seconds": day.leave_seconds,
                "share": round(day.leave_share, 4),
                "calls": day.leave_calls,
            },
            "seconds": {**day.seconds, "whole": day.whole_seconds},
            "rates": _rates(day),
            "peak_mb": day.peak_mb,
        }
    )


def _rates(day: Day) -> dict[str, float]:
    """Give how much each step moved in a second."""
    return {
        name: round(day.counts[name] / seconds, 1)
        for name, seconds in day.seconds.items()
        if seconds and day.counts.get(name)
    }


def day_text(day: Day) -> str:
    """Write the day for people: rows, claims, the equation of the money, what waits."""
    totals = day.totals
    rows = [
        "Superbill rows",
        *_lines(day.rows),
        "Claims by stage",
        *_lines(day.stages),
        "Claims by outcome",
        *_lines(day.outcomes),
        "Waiting for a person",
        *_lines(day.work),
        "Money",
        f"  {'charged':28}{show_cents(totals.charged_cents):>16}",
        f"  {'\N{MINUS SIGN} paid':28}{show_cents(totals.paid_cents):>16}",
        f"  {'\N{MINUS SIGN} adjusted':28}{show_cents(totals.adjusted_cents):>16}",
        f"  {'\N{MINUS SIGN} due from patients':28}{show_cents(totals.patient_cents):>16}",
        f"  {'= open at payers':28}{show_cents(totals.open_cents):>16}",
        f"  {'sum of the ledger':28}{show_cents(totals.ledger_sum):>16}",
        f"Done in {day.whole_seconds:.1f} s",
        f"Privacy took {day.leave_seconds:.2f} s of it: {day.leave_share:.1%} of our own time",
    ]
    return "\n".join(rows)


def _lines(counts: dict[str, int]) -> list[str]:
    return [f"  {name.replace('_', ' '):28}{count:>13,}" for name, count in counts.items()]
