"""The bank's side: a NACHA file with one CCD+ entry and its TRN addenda for each payment.

Source: NACHA operating rules, record layouts of 94 characters; the health care EFT standard
(45 CFR 162.1602) puts the 835's TRN segment into the addenda.
"""

from datetime import date

import msgspec

RECORD = 94
_BLOCK = 10


class Transfer(msgspec.Struct, frozen=True, kw_only=True):
    """One payment: amount, trace and originator as in the 835's BPR02, TRN02 and TRN03."""

    amount_cents: int
    trace: str
    originator: str
    payer_name: str
    payee_name: str


def write_ccd(transfers: list[Transfer], day: date, number: int) -> bytes:
    """Write a bank file.

    Args:
        transfers: The payments; each is a batch of its own, as payers differ.
        day: File date and effective entry date.
        number: Gives the file id modifier and the trace numbers.

    Returns:
        Records of 94 characters ended by line feeds, filled up to a multiple of ten.
    """
    bank = "09990000"
    rows = [
        (
            f"101 {bank}9 {bank}9{day:%y%m%d}0900{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}094101"
            f"{'PRACTICE BANK':23}{'PAYER BANK':23}{number:08d}"
        )
    ]
    for position, item in enumerate(transfers, 1):
        trace = f"{bank}{position:07d}"
        addenda = f"TRN*1*{item.trace}*{item.originator}~"
        rows += [
            (
                f"5220{item.payer_name[:16]:16}{'':20}{item.originator[:10]:10}CCD{'HCCLAIMPMT':10}"
                f"{day:%y%m%d}{day:%y%m%d}   1{bank}{position:07d}"
            ),
            f"622{bank}9{'1':17}{item.amount_cents:010d}{'':15}{item.payee_name[:22]:22}  1{trace}",
            f"705{addenda:80}0001{position:07d}",
            (
                f"8220000002{int(bank):010d}{0:012d}{item.amount_cents:012d}{item.originator[:10]:10}"
                f"{'':25}{bank}{position:07d}"
            ),
        ]
    total = sum(item.amount_cents for item in transfers)
    count = len(rows) + 1
    blocks = -(-count // _BLOCK)
    rows.append(
        f"9{len(transfers):06d}{blocks:06d}{2 * len(transfers):08d}"
        f"{int(bank) * len(transfers) % 10**10:010d}{0:012d}{total:012d}{'':39}"
    )
    rows += ["9" * RECORD] * (blocks * _BLOCK - count)
    return "".join(f"{row}\n" for row in rows).encode()
