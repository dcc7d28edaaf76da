"""Timely filing, claim frequency, and duplicates."""

from collections.abc import Iterator
from datetime import date, timedelta

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.facts import ACCEPTED, HistoryClaim
from cleanclaim.core.scrub.fixes import remove_line, set_field
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

LIMIT = "payer's contract or manual; Medicare 42 CFR 424.44"
FREQUENCY = "X12 837, CLM05-3 and REF*F8"
REPEATED = frozenset({"76", "77", "91", "59", "XE", "XP", "XS", "XU"})


def original_deadline(case: Case) -> date | None:
    """Give the last day for an original to the first payer; None if no limit is known.

    Medicare counts one calendar year; a facility counts from the end of the statement.
    """
    start = case.dos
    if case.payer.filing_days is not None:
        return start + timedelta(days=case.payer.filing_days)
    if case.is_medicare:
        leap_day = (start.month, start.day) == (2, 29)
        return date(start.year + 1, start.month, 28 if leap_day else start.day)
    return None


def _earlier(case: Case) -> HistoryClaim | None:
    number = case.claim.payer_control_number
    found = (item for item in case.history.claims if number and item.payer_control_number == number)
    return next(found, None)


def _later_deadline(case: Case) -> tuple[date | None, str]:
    """Give the last day for a replacement or a secondary claim, and from what it counts."""
    if case.claim.frequency_code != "1":
        earlier = _earlier(case)
        days = case.payer.corrected_filing_days
        if earlier is not None and earlier.decided_date and days is not None:
            return earlier.decided_date + timedelta(days=days), "the first decision"
    elif case.claim.payer_rank > 1:
        decided = [d.paid_date for d in case.claim.prior_adjudications if d.paid_date]
        days = case.payer.secondary_filing_days
        if decided and days is not None:
            return max(decided) + timedelta(days=days), "the earlier payer's decision"
    return None, ""


def _is_first(case: Case) -> bool:
    return case.claim.frequency_code == "1" and case.claim.payer_rank == 1


@rule("TF-001", "Filing limit passed", BLOCKS, LIMIT)
def too_late(case: Case) -> Iterator[Hit]:
    """Find originals after the payer's limit without a delay reason."""
    last = original_deadline(case)
    if _is_first(case) and last and case.day > last and not case.claim.delay_reason_code:
        yield Hit(
            "delay_reason_code",
            f"The filing limit passed on {last}. Enter a delay reason with proof of timely "
            "filing, or move the claim to the write-off queue.",
            f"sent by {last}",
            str(case.day),
        )


@rule("TF-002", "Filing limit near", WARNS, LIMIT)
def soon_too_late(case: Case) -> Iterator[Hit]:
    """Find originals whose limit is near."""
    last = original_deadline(case)
    if not _is_first(case) or last is None:
        return
    left = (last - case.day).days
    if 0 <= left <= case.payer.filing_warning_days:
        yield Hit(
            "",
            f"Only {left} days are left to file: the limit is {last}. Send it today.",
            f"sent by {last}",
            str(case.day),
        )


@rule(
    "TF-003",
    "Limit for a corrected or secondary claim passed",
    BLOCKS,
    LIMIT,
    when=Trait.CHANGES_EARLIER | Trait.NOT_FIRST_PAYER,
)
def later_too_late(case: Case) -> Iterator[Hit]:
    """Find replacements and secondary claims after the limit that counts from a decision."""
    last, since = _later_deadline(case)
    if last and case.day > last and not case.claim.delay_reason_code:
        yield Hit(
            "delay_reason_code",
            f"The limit counted from {since} passed on {last}. Enter a delay reason with proof, "
            "or move the claim to the write-off queue.",
            f"sent by {last}",
            str(case.day),
        )


@rule(
    "FRQ-001",
    "7 or 8 without the payer's number",
    BLOCKS,
    FREQUENCY,
    when=Trait.CHANGES_EARLIER,
)
def number_missing(case: Case) -> Iterator[Hit]:
    """Find replacements and voids that don't name the payer's claim."""
    claim = case.claim
    if claim.frequency_code not in {"7", "8"} or claim.payer_control_number:
        return
    numbers = {
        item.payer_control_number
        for item in case.history.claims
        if item.payer_id == case.coverage.payer.payer_id
        and item.service_date == claim.first_service_date
        and item.payer_control_number
    }
    fix = None
    if len(numbers) == 1:
        fix = set_field("payer_control_number", numbers.pop(), "Take the number from the remit")
    yield Hit(
        "payer_control_number",
        f"Frequency {claim.frequency_code} needs the payer's control number of the claim that it "
        "changes. Take it from the remittance or the 277.",
        "the payer's number",
        "",
        fix,
    )


@rule(
    "FRQ-002",
    "Payer doesn't take this frequency",
    BLOCKS,
    "payer's profile; Medicare Part B takes no 7 or 8",
    when=Trait.CHANGES_EARLIER,
)
def frequency_not_taken(case: Case) -> Iterator[Hit]:
    """Find frequencies that the payer rejects."""
    code = case.claim.frequency_code
    taken = case.payer.frequency_codes
    if case.is_medicare and not case.is_institutional:
        taken -= {"7", "8"}
    if code not in taken:
        yield Hit(
            "frequency_code",
            f"This payer doesn't take frequency {code}. Ask for a reopening, or send a new claim "
            "if the first was rejected.",
            " ".join(sorted(taken)),
            code,
        )


@rule("FRQ-003", "Original with a payer's number", WARNS, FREQUENCY)
def number_unwanted(case: Case) -> Iterator[Hit]:
    """Find originals that name an earlier claim."""
    if case.claim.frequency_code == "1" and case.claim.payer_control_number:
        yield Hit(
            "payer_control_number",
            "Frequency 1 is an original, yet a payer's control number is given. Empty it, or use "
            "frequency 7.",
            "",
            "",
            set_field("payer_control_number", "", "Empty the payer's control number"),
        )


def _key(row: Row, case: Case) -> tuple[object, ...]:
    return (row.code, row.dos, frozenset(row.modifiers), row.line.units, case.rendering(row).npi)


@rule("DUP-001", "Duplicate service", BLOCKS, "CARC 18; CMS Claims Processing Manual, chapter 1")
def duplicate(case: Case) -> Iterator[Hit]:
    """Find a line that was already billed, on this claim or on an earlier one."""
    if not case.past and len({row.code for row in case.rows}) == len(case.rows):
        return
    seen: dict[tuple[object, ...], Row] = {}
    for row in case.rows:
        if not row.code:
            continue
        key = _key(row, case)
        where = f"line {seen[key].number}" if key in seen else _billed_on(case, row)
        seen.setdefault(key, row)
        if where:
            yield Hit(
                row.place(),
                f"Line {row.number}: {row.code} on {row.dos} is a duplicate of {where}. Remove "
                "it; if it was done again, add 76, 77, 91 or 59, or replace with frequency 7.",
                found=row.code,
                correction=remove_line(case, row),
            )


def _billed_on(case: Case, row: Row) -> str:
    for line in case.past:
        same = (
            line.procedure_code == row.code
            and line.service_date == row.dos
            and frozenset(line.modifiers) == frozenset(row.modifiers)
            and line.units == row.line.units
            and line.rendering_npi == case.rendering(row).npi
        )
        if same and case.claim.payer_rank == 1:
            return f"claim {line.claim_number}"
    return ""


@rule("DUP-002", "Possible duplicate", WARNS, "CARC 18", when=Trait.HISTORY)
def possible_duplicate(case: Case) -> Iterator[Hit]:
    """Find a service already billed that day with another provider, modifier or charge."""
    if case.claim.payer_rank > 1:
        return
    for row in case.rows:
        if REPEATED & set(row.modifiers) or _billed_on(case, row):
            continue
        for line in case.past:
            if line.procedure_code == row.code and line.service_date == row.dos:
                yield Hit(
                    row.place(),
                    f"Line {row.number}: {row.code} on {row.dos} may be a duplicate of claim "
                    f"{line.claim_number}. Review both.",
                    found=row.code,
                )
                break


@rule("DUP-003", "Already at the payer", BLOCKS, FREQUENCY, when=Trait.HISTORY)
def already_there(case: Case) -> Iterator[Hit]:
    """Find originals whose services the payer has already accepted on another claim."""
    if case.claim.frequency_code != "1":
        return
    codes = {(row.code, row.dos) for row in case.rows}
    for item in case.history.claims:
        if (
            item.status == ACCEPTED
            and item.payer_id == case.coverage.payer.payer_id
            and item.claim_number != case.claim.claim_number
            and codes
            == {
                (line.procedure_code, line.service_date)
                for line in case.history.lines
                if line.claim_number == item.claim_number
            }
        ):
            yield Hit(
                "frequency_code",
                f"These services are already at the payer on claim {item.claim_number}. Use "
                "frequency 7 with the payer's number, or wait for the decision.",
                "7",
                "1",
            )
