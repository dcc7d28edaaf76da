"""277CA: what becomes of each claim before any money, from the clearinghouse or a payer."""

from collections.abc import Sequence

import msgspec

from cleanclaim.kernel.money import format_cents
from cleanclaim.sandbox.bill import Bill
from cleanclaim.sandbox.letter import Letter


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One claim's fate; `status` is STC01: `A2:20:PR` accepted, `A7:164:IL` rejected."""

    bill: Bill
    status: str
    control_number: str = ""

    @property
    def is_rejected(self) -> bool:
        """Say whether the claim goes no further."""
        return self.status.split(":")[0] in ("A3", "A6", "A7", "A8")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Who answers which batch: `entity` is `AY` clearinghouse or `PR` payer."""

    entity: str
    name: str
    identifier: str
    submitter: str
    submitter_id: str
    batch_reference: str
    reference: str


def write_answers(letter: Letter, head: Head, answers: Sequence[Answer]) -> bytes:
    """Write a 277CA about claims of one practice."""
    day = f"{letter.at:%Y%m%d}"
    accepted = [item for item in answers if not item.is_rejected]
    rejected = [item for item in answers if item.is_rejected]
    letter.add("BHT", "0085", "08", head.reference, day, f"{letter.at:%H%M}", "TH")
    letter.add("HL", 1, "", 20, 1)
    qualifier = "PI" if head.entity == "PR" else "46"
    letter.add("NM1", head.entity, 2, head.name, "", "", "", "", qualifier, head.identifier)
    letter.add("TRN", 1, head.reference)
    letter.add("DTP", "050", "D8", day)
    letter.add("DTP", "009", "D8", day)
    letter.add("HL", 2, 1, 21, 1)
    letter.add("NM1", 41, 2, head.submitter, "", "", "", "", 46, head.submitter_id)
    letter.add("TRN", 2, head.batch_reference)
    total = sum(item.bill.charge_cents for item in answers)
    letter.add("STC", f"A1:19:{head.entity}", day, "WQ", format_cents(total))
    for code, items in (("90", accepted), ("AA", rejected)):
        if items:
            letter.add("QTY", code, len(items))
    for amount, items in (("YU", accepted), ("YY", rejected)):
        if items:
            letter.add("AMT", amount, format_cents(sum(one.bill.charge_cents for one in items)))
    letter.add("HL", 3, 2, 19, 1)
    first = answers[0].bill
    letter.add("NM1", 85, 2, first.billing_name, "", "", "", "", "XX", first.billing_npi)
    for number, item in enumerate(answers, 4):
        _patient(letter, item, number, day)
    return letter.content("HN", "277", "005010X214")


def _patient(letter: Letter, item: Answer, number: int, day: str) -> None:
    bill = item.bill
    letter.add("HL", number, 3, "PT")
    letter.add(
        "NM1", "QC", 1, bill.patient_last, bill.patient_first, "", "", "", "MI", bill.member_id
    )
    letter.add("TRN", 2, bill.number)
    verb = "U" if item.is_rejected else "WQ"
    letter.add("STC", item.status, day, verb, format_cents(bill.charge_cents))
    if item.control_number:
        letter.add("REF", "1K", item.control_number)
    letter.add("DTP", 472, "D8", f"{bill.service_date:%Y%m%d}")
