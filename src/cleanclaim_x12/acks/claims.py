"""The 277CA for an 837: which claims were accepted, which were rejected and why, and totals.

Source: 005010X214. It holds one small record for each claim of a transaction until that is written.
"""

from collections.abc import Callable
from itertools import groupby

import msgspec

from cleanclaim_x12.acks.sending import Letter, Sending, clean
from cleanclaim_x12.acks.statuses import statuses_of
from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.findings import ERROR, Finding
from cleanclaim_x12.outline import GroupOutline, InterchangeOutline
from cleanclaim_x12.snip.cells import Cell, amount, cents, days
from cleanclaim_x12.snip.claim_view import Claim
from cleanclaim_x12.snip.codes import CodeTable
from cleanclaim_x12.snip.partner import Partner
from cleanclaim_x12.syntax import Transaction
from cleanclaim_x12.syntax.reader import Source

VERSION = "005010X214"


class AnsweredClaim(msgspec.Struct):
    """What an answer needs of a claim.

    Args:
        provider: NM1 of the billing provider, as it is sent back.
        patient: NM1 of the patient, as it is sent back.
        claim_id: CLM01.
        charge: CLM02 in cents.
        period: First and last day of service.
        trace: REF*D9 of a clearinghouse, or nothing.
        places: Stretches of places in the transaction whose findings concern the claim.
    """

    provider: tuple[str, ...]
    patient: tuple[str, ...]
    claim_id: str
    charge: int
    period: tuple[str, str]
    trace: str
    places: tuple[tuple[int, int], ...]


class ClaimBatch(msgspec.Struct):
    """What an answer needs of a transaction: who sent it, and its claims."""

    number: int
    reference: str
    day: str
    submitter: tuple[str, ...]
    payer: tuple[str, ...]
    claims: list[AnsweredClaim] = []


class ClaimDecision(msgspec.Struct, frozen=True):
    """What was decided about a claim: no statuses where it is accepted."""

    claim: AnsweredClaim
    statuses: tuple[str, ...]


def acknowledge_claims(  # noqa: PLR0913 - each argument is a decision of the receiver
    source: Source,
    sending: Sending,
    *,
    snip: int = 7,
    partner: Partner | None = None,
    codes: CodeTable | None = None,
    statuses: dict[str, str] | None = None,
    claim_number: Callable[[str], str] | None = None,
    put: Callable[[bytes], object] | None = None,
) -> bytes:
    """Make the 277CA that answers the 837s of a file.

    Transactions that a 999 rejects get none: nobody read their claims.

    Args:
        source: Bytes, or a binary file.
        sending: When and under which control numbers the answer goes out.
        snip: The highest SNIP type that decides about claims.
        partner: A trading partner's overlay, for type 7.
        codes: The application's code tables, for type 5.
        statuses: The payer's own status codes by finding code, `A7:562:85;A7:21`.
        claim_number: Gives the payer's claim number (REF*1K) of an accepted claim by its CLM01.
        put: Takes the answer piece by piece, so that it need not be held; then nothing is returned.

    Returns:
        One interchange for each interchange with claims; nothing where there are none.
    """
    checker = Checker(source, Options(snip, partner, codes), keep=True)
    pieces: list[bytes] = []
    answer = _Answer(checker.outline, Letter(sending), put or pieces.append)
    answer.own, answer.claim_number = statuses, claim_number
    checker.on_claim = answer.remember
    for _ in checker.findings():
        pass
    answer.end()
    return b"".join(pieces)


class _Answer:
    """The answer while the file is read: one transaction of claims is held, those before went."""

    def __init__(
        self,
        outline: list[InterchangeOutline],
        letter: Letter,
        put: Callable[[bytes], object],
    ) -> None:
        self.outline = outline
        self.letter = letter
        self.put = put
        self.own: dict[str, str] | None = None
        self.claim_number: Callable[[str], str] | None = None
        self.batch: ClaimBatch | None = None
        self.interchange: InterchangeOutline | None = None
        self.group: GroupOutline | None = None

    def remember(self, head: Transaction, claim: Claim) -> None:
        """Take a claim; a transaction is answered when the next one has a claim."""
        if self.batch is not None and self.batch.number != head.number:
            self._answer(self.batch)
            self.batch = None
        if self.batch is None:
            self.batch = _batch_of(head, claim)
        self.batch.claims.append(_answered(claim, self.batch.day))

    def end(self) -> None:
        """Answer the last transaction, and close what is open."""
        if self.batch is not None:
            self._answer(self.batch)
        self._close(None)
        self.put(self.letter.bytes())

    def _answer(self, batch: ClaimBatch) -> None:
        interchange, group, findings = self._place_of(batch.number)
        if any(found.severity == ERROR and found.snip <= 2 for found in findings):
            return  # a transaction that fails types 1 and 2 is rejected by the 999
        if group is not self.group:
            self._close(interchange)
            if self.interchange is None:
                self.letter.open_interchange(interchange.head)
            head = group.head
            self.letter.open_group("HN", head.receiver_code, head.sender_code, VERSION)
            self.interchange, self.group = interchange, group
        decisions = _decide(batch, findings, self.own)
        _transaction(self.letter, batch, decisions, self.claim_number)
        self.put(self.letter.bytes())

    def _close(self, interchange: InterchangeOutline | None) -> None:
        """Close the group; and the interchange, unless it is this one."""
        if self.group is not None:
            self.letter.close_group()
        if self.interchange is not None and self.interchange is not interchange:
            self.letter.close_interchange()
            self.interchange = None
        self.group = None

    def _place_of(self, number: int) -> tuple[InterchangeOutline, GroupOutline, list[Finding]]:
        """Find where a transaction stands: mostly it is the last but one."""
        return next(
            (interchange, group, item.findings)
            for interchange in reversed(self.outline)
            for group in reversed(interchange.groups)
            for item in reversed(group.sets)
            if item.number == number
        )


# -- what is remembered ---------------------------------------------------------------------------


def _batch_of(head: Transaction, claim: Claim) -> ClaimBatch:
    bht = claim.around("ST", "BHT")
    return ClaimBatch(
        head.number,
        clean(bht[3], 50) if bht else "",
        bht[4] if bht else "",
        _party(claim.around("ST", "NM1", "41"), "41", "46"),
        _party(claim.around("ST", "NM1", "40"), "PR", "46"),
    )


def _answered(claim: Claim, day: str) -> AnsweredClaim:
    return AnsweredClaim(
        _provider(claim),
        _patient(claim),
        clean(claim.clm[1], 38),
        cents(claim.clm[2]),
        _period(claim, day),
        clean(trace[2], 50) if (trace := claim.first("REF", "D9")) else "",
        _places(claim),
    )


def _party(cell: Cell | None, code: str, qualifier: str) -> tuple[str, ...]:
    if cell is None:
        return ("NM1", code, "2", "UNKNOWN", "", "", "", "", qualifier, "UNKNOWN")
    kind = cell[2] if code == "41" else "2"
    names = (clean(cell[3], 60) or "UNKNOWN", clean(cell[4], 35) if kind == "1" else "", "", "", "")
    return ("NM1", code, kind, *names, qualifier, clean(cell[9]) or "UNKNOWN")


def _provider(claim: Claim) -> tuple[str, ...]:
    cell = claim.around("2000A", "NM1", "85")
    if cell is None:
        return ("NM1", "85", "2", "UNKNOWN", "", "", "", "", "FI", "000000000")
    person = cell[2] == "1"
    first, middle = (clean(cell[4], 35), clean(cell[5], 25)) if person else ("", "")
    qualifier, number = cell[8], clean(cell[9])
    if not number:
        tax = claim.around("2000A", "REF", "EI") or claim.around("2000A", "REF", "SY")
        qualifier, number = "FI", clean(tax[2]) if tax else "000000000"
    name = clean(cell[3], 60) or "UNKNOWN"
    return ("NM1", "85", cell[2] or "2", name, first, middle, "", "", qualifier, number)


def _patient(claim: Claim) -> tuple[str, ...]:
    cell, _ = claim.patient
    member = claim.around("2000B", "NM1", "IL")
    number = clean(member[9]) if member else ""
    qualifier = member[8] if member and member[8] in ("MI", "II") else "MI"
    names = [clean(cell[at], 35) if cell else "" for at in (3, 4, 5)]
    return (
        "NM1",
        "QC",
        "1",
        names[0] or "UNKNOWN",
        *names[1:],
        "",
        "",
        qualifier,
        number or "UNKNOWN",
    )


def _period(claim: Claim, day: str) -> tuple[str, str]:
    cells = [*claim.cells, *(cell for line in claim.lines for cell in line.cells)]
    found = [
        days(cell[3])
        for cell in cells
        if cell.tag == "DTP" and cell[1] in ("472", "434") and cell[3][:8].isdigit()
    ]
    if not found:
        return day, day
    return min(first for first, _ in found), max(last for _, last in found)


def _places(claim: Claim) -> tuple[tuple[int, int], ...]:
    last = claim.clm.position
    groups = [claim.cells, *(payer.cells for payer in claim.others)]
    for line in claim.lines:
        groups.append(line.cells)
        groups += [[made.svd, *made.adjustments, *made.dates] for made in line.adjudications]
    last = max((cell.position for cells in groups for cell in cells), default=last)
    levels = [
        (cells[0].position, cells[-1].position)
        for name, cells in claim.levels.items()
        if cells and name != "2000C"
    ]
    patient = claim.levels.get("2000C")
    if patient:
        levels.append((patient[0].position, patient[-1].position))
    return (*levels, (claim.clm.position, last))


def _decide(
    batch: ClaimBatch, findings: list[Finding], own: dict[str, str] | None
) -> list[ClaimDecision]:
    errors = [found for found in findings if found.severity == ERROR]
    decisions = []
    for claim in batch.claims:
        said: list[str] = []
        for found in errors:
            at = found.segment_position
            if any(first <= at <= last for first, last in claim.places):
                said += statuses_of(found, own)
        decisions.append(ClaimDecision(claim, tuple(dict.fromkeys(said))))
    return decisions


# -- what is written ------------------------------------------------------------------------------


def _transaction(
    letter: Letter,
    batch: ClaimBatch,
    decisions: list[ClaimDecision],
    claim_number: Callable[[str], str] | None,
) -> None:
    moment = letter.sending.moment
    received = letter.sending.received or moment
    today = f"{moment:%Y%m%d}"
    control = letter.open_set("277", VERSION)
    reference = f"{letter.trailer}{control}"
    letter.add("BHT", "0085", "08", reference, today, f"{moment:%H%M}", "TH")
    letter.add("HL", "1", "", "20", "1")
    letter.add(*batch.payer)
    letter.add("TRN", "1", reference)
    letter.add("DTP", "050", "D8", f"{received:%Y%m%d}")
    letter.add("DTP", "009", "D8", today)
    letter.add("HL", "2", "1", "21", "1" if decisions else "0")
    letter.add(*batch.submitter)
    letter.add("TRN", "2", batch.reference or reference)
    total = amount(sum(decision.claim.charge for decision in decisions))
    letter.add("STC", "A1:19:PR", today, "WQ", total)
    _totals(letter, decisions, ("90", "AA"))
    level = 2
    for provider, items in groupby(decisions, key=lambda decision: decision.claim.provider):
        claims = list(items)
        level = _provider_level(letter, level, provider, claims, reference)
        parent = level
        for decision in claims:
            level += 1
            letter.add("HL", str(level), str(parent), "PT")
            _claim(letter, decision, today, claim_number)
    letter.close_set()


def _provider_level(
    letter: Letter,
    level: int,
    provider: tuple[str, ...],
    decisions: list[ClaimDecision],
    reference: str,
) -> int:
    level += 1
    letter.add("HL", str(level), "2", "19", "1")
    letter.add(*provider)
    letter.add("TRN", "1", reference)
    total = amount(sum(decision.claim.charge for decision in decisions))
    letter.add("STC", "A1:19:PR", "", "WQ", total)
    _totals(letter, decisions, ("QA", "QC"))
    return level


def _totals(letter: Letter, decisions: list[ClaimDecision], qualifiers: tuple[str, str]) -> None:
    accepted = [decision.claim.charge for decision in decisions if not decision.statuses]
    rejected = [decision.claim.charge for decision in decisions if decision.statuses]
    for qualifier, charges in zip(qualifiers, (accepted, rejected), strict=True):
        if charges:
            letter.add("QTY", qualifier, str(len(charges)))
    for qualifier, charges in (("YU", accepted), ("YY", rejected)):
        if charges:
            letter.add("AMT", qualifier, amount(sum(charges)))


def _claim(
    letter: Letter,
    decision: ClaimDecision,
    today: str,
    claim_number: Callable[[str], str] | None,
) -> None:
    claim = decision.claim
    letter.add(*claim.patient)
    letter.add("TRN", "2", claim.claim_id)
    first, *more = decision.statuses or ("A2:20:PR",)
    second, third = ([*more, "", ""])[:2]
    said = "U" if decision.statuses else "WQ"
    charge = amount(claim.charge)
    letter.add("STC", first, today, said, charge, "", "", "", "", "", second, third)
    if not decision.statuses and claim_number is not None:
        number = clean(claim_number(claim.claim_id), 50)
        if number:
            letter.add("REF", "1K", number)
    if claim.trace:
        letter.add("REF", "D9", claim.trace)
    begin, end = claim.period
    if begin == end:
        letter.add("DTP", "472", "D8", begin)
    else:
        letter.add("DTP", "472", "RD8", f"{begin}-{end}")
