"""Acknowledgements: text in, text out."""

from datetime import datetime
from pathlib import Path

import pytest

from cleanclaim_x12.acks import Sending, acknowledge, acknowledge_claims
from cleanclaim_x12.checking import check

DATA = Path(__file__).parent / "data"
CLAIM = (DATA / "837p-cob.x12").read_bytes()
SENDING = Sending(moment=datetime(2026, 11, 23, 8, 0), interchange=7, group=3)  # noqa: DTZ001 - local time


def inside(data):
    """Give what stands between GS and GE, and a TA1."""
    parts = data.decode().split("~")[1:-2]
    return [part for part in parts if part[:3] not in ("GS*", "GE*")]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ["IK5*A", "AK9*A*1*1*1"]),
        (
            "DMG*D8*19800214*F",
            "DMG*D8*19801314*F",
            ["IK3*DMG*17*2010*8", "IK4*2*1251*8*19801314", "IK5*R*5", "AK9*R*1*1*0"],
        ),
        (
            "HI*ABK:E119",
            "HI*ABX:E119",
            [
                "IK3*HI*20*2300*8",
                "CTX*CLM01:ENC1001A",
                "IK4*1:1*1270*7*ABX",
                "IK5*R*5",
                "AK9*R*1*1*0",
            ],
        ),
        ("N3*100 MAIN ST~\n", "", ["IK3*N3*9*2010*3", "IK5*R*4*5", "AK9*R*1*1*0"]),
        ("SE*43*0001", "SE*43*0002", ["IK5*R*3", "AK9*R*1*1*0"]),
        ("GE*1*101", "GE*1*102", ["IK5*A", "AK9*R*1*1*1*4"]),
    ],
)
def test_999(old, new, expected):
    answer = acknowledge(CLAIM.replace(old.encode(), new.encode()), SENDING)
    lines = inside(answer)
    assert lines[0] == "ST*999*0001*005010X231A1"
    assert lines[1] == "AK1*HC*101*005010X222A1"
    assert lines[3:-1] == expected
    assert list(check(answer)) == []


def test_answer_goes_back_to_the_sender():
    parts = acknowledge(CLAIM, SENDING).decode().split("~")
    assert parts[0].split("*")[5:9] == ["ZZ", "RECEIVE01      ", "ZZ", "SUBMIT01       "]
    assert parts[1] == "GS*FA*RECEIVE01*SUBMIT01*20261123*0800*3*X*005010X231A1"
    assert parts[0].split("*")[13] == "000000007"


@pytest.mark.parametrize(
    ("old", "new", "ta1"),
    [
        ("000000101*0*T", "000000101*1*T", "TA1*000000101*261122*0930*A*000"),
        ("IEA*1*000000101", "IEA*1*000000102", "TA1*000000101*261122*0930*R*001"),
        ("IEA*1*000000101", "IEA*3*000000101", "TA1*000000101*261122*0930*R*021"),
        ("IEA*1*000000101~\n", "", "TA1*000000101*261122*0930*R*023"),
        ("*0930*^*", "*0930*U*", "TA1*000000101*261122*0930*E*016"),
    ],
)
def test_ta1(old, new, ta1):
    lines = inside(acknowledge(CLAIM.replace(old.encode(), new.encode()), SENDING))
    wanted = [line for line in lines if line.startswith("TA1")]
    assert wanted == ([ta1] if ta1[-5] != "E" else [])


def test_several_transactions_are_partly_accepted():
    text = CLAIM.decode()
    body = text[text.index("ST*") : text.index("GE*")]
    second = body.replace("*0001", "*0002").replace("ABK:", "ABX:")
    data = text.replace(body, body + second).replace("GE*1*", "GE*2*")
    lines = inside(acknowledge(data.encode(), SENDING))
    assert [line for line in lines if line[:3] in ("IK5", "AK9")] == [
        "IK5*A",
        "IK5*R*5",
        "AK9*P*2*2*1",
    ]


def test_older_versions_get_a_997():
    data = CLAIM.replace(b"005010X222A1", b"004010X098A1").replace(b"*00501*", b"*00401*")
    lines = inside(acknowledge(data, SENDING))
    assert lines == [
        "ST*997*0001",
        "AK1*HC*101",
        "AK2*837*0001",
        "AK5*A",
        "AK9*A*1*1*1",
        "SE*6*0001",
    ]


def test_acknowledgements_are_never_acknowledged():
    answer = acknowledge(CLAIM, SENDING)
    assert inside(acknowledge(answer, SENDING)) == []


@pytest.mark.parametrize(
    ("old", "new", "stc"),
    [
        ("", "", "STC*A2:20:PR*20261123*WQ*200"),
        ("XX*1234567893~\nN3", "XX*1234567890~\nN3", "STC*A7:562:85*20261123*U*200"),
        ("*W123456789~", "*W123456789~", "STC*A2:20:PR*20261123*WQ*200"),
        ("CLM*ENC1001A*200*", "CLM*ENC1001A*210*", "STC*A8:178*20261123*U*210******A8:400"),
        ("ABF:I10", "ABF:1I0", "STC*A7:255*20261123*U*200******A7:700"),
        ("IL*62702", "IL*6270", "STC*A7:500*20261123*U*200"),
    ],
)
def test_277ca(old, new, stc):
    answer = acknowledge_claims(CLAIM.replace(old.encode(), new.encode()), SENDING)
    lines = inside(answer)
    assert [line for line in lines if line.startswith("STC")][-1] == stc
    accepted = "WQ*2" in stc
    assert [line for line in lines if line.startswith("QTY")] == (
        ["QTY*90*1", "QTY*QA*1"] if accepted else ["QTY*AA*1", "QTY*QC*1"]
    )
    assert [item for item in check(answer) if item.code != "X12-CODE-NPI"] == []


def test_277ca_carries_the_payers_number_and_own_statuses():
    answer = acknowledge_claims(CLAIM, SENDING, claim_number=lambda claim: f"P{claim}")
    assert "REF*1K*PENC1001A" in inside(answer)
    broken = CLAIM.replace(b"ABF:I10", b"ABF:1I0")
    own = {"X12-CODE-DIAGNOSIS": "A3:21"}
    answer = acknowledge_claims(broken, SENDING, statuses=own)
    assert "STC*A3:21*20261123*U*200" in inside(answer)


def test_rejected_transactions_get_no_277ca():
    assert acknowledge_claims(CLAIM.replace(b"ABK:", b"ABX:"), SENDING) == b""


@pytest.mark.parametrize("data", [b"", b"hello", b"ST*837*0001~SE*2*0001~"])
def test_what_cannot_be_read_gets_a_ta1(data):
    answer = acknowledge(data, SENDING)
    assert answer.decode().split("~")[1] == "TA1*000000000*261123*0800*R*022"
    assert acknowledge_claims(data, SENDING) == b""


@pytest.mark.parametrize("sender", [b"               ", b"\x07              "])
def test_a_sender_without_a_name_is_answered(sender):
    answer = acknowledge(CLAIM.replace(b"SUBMIT01       ", sender, 1), SENDING)
    assert answer.split(b"*")[8] == b"UNKNOWN        "
    assert list(check(answer)) == []
