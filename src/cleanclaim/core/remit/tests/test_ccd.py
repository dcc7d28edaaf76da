"""Bank files: what the bank wrote is read to the cent, and a wrong total is noticed."""

from datetime import date

from cleanclaim.core.remit.ccd import transfers_from_ccd


def bank_file(entries: list[tuple[int, str]], total: int | None = None) -> bytes:
    rows = [f"101 {'':90}"]
    for number, (cents, addenda) in enumerate(entries, 1):
        rows += [
            f"5220{'ALPHA':16}{'':20}{'1990000901':10}CCD{'HCCLAIMPMT':10}{'':6}260309   1",
            f"622{'':26}{cents:010d}{'':15}{'LAKESIDE':22}  1{number:015d}",
            f"705{addenda:80}0001",
        ]
    said = sum(cents for cents, _ in entries) if total is None else total
    rows.append(f"9{1:06d}{1:06d}{1:08d}{0:010d}{0:012d}{said:012d}")
    rows += ["9" * 94] * 3
    return "\n".join(f"{row:94}" for row in rows).encode()


def test_amount_trace_and_day_are_read():
    content = bank_file([(12225, "TRN*1*EFT1*1990000901\\"), (1, "no trace")])
    transfers, findings = transfers_from_ccd(content)
    assert [(one.amount_cents, one.trace, one.payer_trace_id) for one in transfers] == [
        (12225, "EFT1", "1990000901"),
        (1, "", "1990000901"),
    ]
    assert transfers[0].effective_date == date(2026, 3, 9)
    assert transfers[0].payee_name == "LAKESIDE"
    assert findings == []


def test_a_wrong_total_blocks():
    _, findings = transfers_from_ccd(bank_file([(12225, "TRN*1*EFT1*1990000901~")], 12226))
    assert [finding.code for finding in findings] == ["BANK-CONTROL"]
