"""Bank files of the NACHA format: credits of the kind CCD+ with the trace of their remittance.

Source: NACHA operating rules (records of 94 characters); 45 CFR 162.1602 puts the TRN segment of
the 835 into the addenda record.
"""

from datetime import date

import msgspec

from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.kernel.refusal import Refusal

_RECORD = 94
_CREDITS = ("22", "32")


class BankTransfer(msgspec.Struct, frozen=True, kw_only=True):
    """One credit to the practice's account.

    Args:
        trace: TRN02 of the addenda; empty where the entry carries none.
        payer_trace_id: TRN03 of the addenda, else the company's identification.
        payee_name: As the bank writes it, at most 22 characters.
        effective_date: Day the money is there.
        ordinal: Position of the entry in the file, from 1.
    """

    trace: str
    payer_trace_id: str
    amount_cents: int
    payee_name: str
    effective_date: date
    ordinal: int


def transfers_from_ccd(content: bytes) -> tuple[list[BankTransfer], list[Finding]]:
    r"""Read the credits of a bank file.

    Args:
        content: The file; line breaks between records or none.

    Returns:
        Credits in the order of the file, and what is wrong with it. A file whose control record
        does not agree with its entries yields a finding that blocks.

    Raises:
        Refusal: `not_a_bank_file`.

    >>> transfers_from_ccd(b"ISA*00*")
    Traceback (most recent call last):
    ...
    cleanclaim.kernel.refusal.Refusal: not_a_bank_file: The file has no NACHA header.
    """
    text = content.decode("latin-1").replace("\r", "").replace("\n", "")
    if not text.startswith("101") or len(text) % _RECORD:
        raise Refusal("not_a_bank_file", "The file has no NACHA header.")
    records = [text[at : at + _RECORD] for at in range(0, len(text), _RECORD)]
    transfers: list[BankTransfer] = []
    company, day = "", date.min
    for record in records:
        match record[0]:
            case "5":
                company, day = record[40:50].strip(), _day(record[69:75])
            case "6" if record[1:3] in _CREDITS:
                transfers.append(
                    BankTransfer(
                        trace="",
                        payer_trace_id=company,
                        amount_cents=int(record[29:39]),
                        payee_name=record[54:76].strip(),
                        effective_date=day,
                        ordinal=len(transfers) + 1,
                    )
                )
            case "7" if transfers:
                transfers[-1] = _with_trace(transfers[-1], record[3:83])
            case _:
                pass
    return transfers, _control_findings(records, transfers)


def _with_trace(transfer: BankTransfer, addenda: str) -> BankTransfer:
    """Take trace and originator from an addenda record that holds a TRN segment."""
    elements = addenda.strip().rstrip("\\~ ").split("*")
    if elements[0] != "TRN" or len(elements) < 4:
        return transfer
    return msgspec.structs.replace(transfer, trace=elements[2], payer_trace_id=elements[3])


def _day(text: str) -> date:
    return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6]))


def _control_findings(records: list[str], transfers: list[BankTransfer]) -> list[Finding]:
    control = next((row for row in records if row[0] == "9" and row[1:4] != "999"), "")
    said = int(control[43:55]) if control else -1
    whole = sum(item.amount_cents for item in transfers)
    if said == whole:
        return []
    return [
        Finding(
            code="BANK-CONTROL",
            severity=Severity.BLOCKS,
            place="file control",
            message="The bank file's total differs from its entries: ask the bank for a new one.",
            expected="the sum of the credits",
        )
    ]
