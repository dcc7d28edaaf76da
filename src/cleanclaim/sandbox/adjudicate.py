"""How a made-up payer decides: its terms first, then a seeded mishap, always to the cent."""

from random import Random

import msgspec

from cleanclaim.sandbox.bill import Bill, BillLine, Cut, LineVerdict, Verdict
from cleanclaim.sandbox.world import CROSSES_OVER, WorldPayer, payer_by_id

# Shares of the claims that meet a mishap, in thousandths; the others are paid by the terms.
MISHAPS = {
    "clearinghouse_rejects": 6,
    "payer_rejects": 12,
    "silence": 8,
    "claim_denied": 35,
    "line_denied": 60,
    "underpaid": 15,
    "reversed_later": 12,
    "interest": 8,
    "taken_back_later": 8,
    "refund_acknowledged": 4,
}

# Group, CARC, RARC of whole claims and of single lines that are denied.
CLAIM_DENIALS = (
    ("CO", "16", "M51"),
    ("CO", "16", "MA130"),
    ("OA", "18", "N522"),
    ("CO", "22", "MA04"),
    ("CO", "27", "N30"),
    ("CO", "29", ""),
    ("CO", "31", "N382"),
    ("CO", "109", "N418"),
    ("CO", "197", "M62"),
    ("CO", "B7", "N570"),
)
LINE_DENIALS = (
    ("CO", "4", "N519"),
    ("CO", "11", "M76"),
    ("CO", "50", "N115"),
    ("CO", "96", "N425"),
    ("CO", "97", "M15"),
    ("CO", "151", "N362"),
    ("CO", "236", "N20"),
    ("PR", "204", "N130"),
)


def mishap_of(seed: int, bill: Bill) -> str:
    """Say which mishap a claim meets: the same one for the same seed and services.

    A claim that is sent again as a replacement, or to the next payer, meets none.
    """
    if bill.frequency_code != "1" or bill.rank != "P":
        return ""
    point = Random(f"mishap {seed} {bill.fate}").randrange(1000)  # noqa: S311  made up
    for name, share in MISHAPS.items():
        point -= share
        if point < 0:
            return name
    return ""


def adjudicate(seed: int, bill: Bill, control_number: str, deductible_left_cents: int) -> Verdict:
    """Decide a claim that the payer accepted.

    Args:
        seed: The day's seed.
        bill: The claim.
        control_number: The payer's number for it.
        deductible_left_cents: What the member still owes this year.

    Returns:
        The verdict; each line's charge is its payment plus its cuts.
    """
    payer = payer_by_id(bill.payer_id)
    mishap = mishap_of(seed, bill)
    random = Random(f"verdict {seed} {bill.fate}")  # noqa: S311  made up
    if payer is None:
        return _denied(bill, control_number, ("CO", "109", "N418"))
    if mishap == "claim_denied":
        return _denied(bill, control_number, random.choice(CLAIM_DENIALS))
    if bill.rank != "P":
        return Verdict(
            bill=bill,
            status_code="2",
            control_number=control_number,
            lines=_secondary_lines(bill),
        )
    percent = payer.allowed_percent - (9 if mishap == "underpaid" else 0)
    denied_at = random.randrange(len(bill.lines)) if mishap == "line_denied" else -1
    lines = []
    left = deductible_left_cents
    for position, line in enumerate(bill.lines):
        if position == denied_at:
            lines.append(_denied_line(line, random.choice(LINE_DENIALS)))
            continue
        verdict = _line(payer, line, percent, left, is_first=position == 0)
        left -= sum(cut.amount_cents for cut in verdict.cuts if cut.reason_code == "1")
        lines.append(verdict)
    forwarded_to = payer.crosses_over_to if bill.member_id.startswith(CROSSES_OVER) else ""
    return Verdict(
        bill=bill,
        status_code="19" if forwarded_to else "1",
        control_number=control_number,
        lines=tuple(lines),
        forwarded_to=forwarded_to,
    )


def corrected(verdict: Verdict) -> Verdict:
    """Decide again more kindly: what the payer says when it takes its first word back."""
    payer = payer_by_id(verdict.bill.payer_id)
    lines = tuple(
        item
        if payer is None or not item.paid_cents
        else _line(payer, item.line, payer.allowed_percent + 6, 0, is_first=False)
        for item in verdict.lines
    )
    return msgspec.structs.replace(verdict, lines=lines)


def _line(
    payer: WorldPayer, line: BillLine, percent: int, deductible_left: int, *, is_first: bool
) -> LineVerdict:
    allowed = (line.charge_cents * percent + 50) // 100
    cuts = [Cut("CO", "45", line.charge_cents - allowed)]
    rest = allowed
    deductible = min(rest, max(deductible_left, 0))
    rest -= deductible
    coinsurance = (rest * payer.coinsurance_percent + 50) // 100
    copay = min(rest, payer.copay_cents) if is_first else 0
    rest -= coinsurance + copay
    sequestered = (rest * 2 + 50) // 100 if payer.pays_sequestered else 0
    cuts += [
        Cut("CO", "253", sequestered),
        Cut("PR", "1", deductible),
        Cut("PR", "2", coinsurance),
        Cut("PR", "3", copay),
    ]
    return LineVerdict(line, rest - sequestered, tuple(cut for cut in cuts if cut.amount_cents))


def _denied_line(line: BillLine, denial: tuple[str, str, str]) -> LineVerdict:
    group, reason, remark = denial
    cut = Cut(group, reason, line.charge_cents)
    return LineVerdict(line, 0, (cut,), (remark,) if remark else ())


def _denied(bill: Bill, control_number: str, denial: tuple[str, str, str]) -> Verdict:
    lines = tuple(_denied_line(line, denial) for line in bill.lines)
    return Verdict(bill=bill, status_code="4", control_number=control_number, lines=lines)


def _secondary_lines(bill: Bill) -> tuple[LineVerdict, ...]:
    """Pay what earlier payers left to the patient, line by line, first lines first."""
    left = bill.prior_patient_cents
    lines = []
    for line in bill.lines:
        paid = min(left, line.charge_cents)
        left -= paid
        cut = Cut("OA", "23", line.charge_cents - paid)
        lines.append(LineVerdict(line, paid, (cut,) if cut.amount_cents else ()))
    return tuple(lines)
