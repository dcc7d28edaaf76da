"""A bank file has records of 94 characters in blocks of ten and adds up."""

from datetime import date

from cleanclaim.sandbox.eft import Transfer, write_ccd


def test_layout_and_sums():
    transfers = [
        Transfer(
            amount_cents=cents,
            trace=f"EFT{cents}",
            originator="1990000901",
            payer_name="ALPHA TEST HEALTH PLAN",
            payee_name="LAKESIDE",
        )
        for cents in (12225, 1)
    ]
    rows = write_ccd(transfers, date(2026, 3, 9), 7).decode().splitlines()
    assert {len(row) for row in rows} == {94}
    assert len(rows) % 10 == 0
    entries = [row for row in rows if row.startswith("622")]
    assert [int(row[29:39]) for row in entries] == [12225, 1]
    addenda = [row for row in rows if row.startswith("705")]
    assert addenda[0][3:].startswith("TRN*1*EFT12225*1990000901~")
    control = next(row for row in rows if row[0] == "9" and row[1] != "9")
    assert int(control[43:55]) == 12226
