"""Makes files of any size to measure on: varied people, codes and amounts, always the same."""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

ISA = (
    "ISA*00*          *00*          *ZZ*SUBMIT01       *ZZ*RECEIVE01      "
    "*261122*0930*^*00501*000000101*0*T*:~"
)
NAMES = [
    "DOE",
    "ROE",
    "POE",
    "LOE",
    "SMITH",
    "JONES",
    "BROWN",
    "MILLER",
    "DAVIS",
    "WILSON",
    "MOORE",
    "TAYLOR",
    "THOMAS",
    "WHITE",
]
CODES = [
    "99213",
    "99214",
    "99203",
    "83036",
    "85025",
    "36415",
    "93000",
    "90471",
    "J1100",
    "97110",
    "97140",
    "99396",
]
ILLS = [
    "E119",
    "I10",
    "J069",
    "M545",
    "E785",
    "F411",
    "K219",
    "N390",
    "R05",
    "Z0000",
    "J4520",
    "M5450",
]


def npi(rng: random.Random) -> str:
    """Give ten digits with a right check digit."""
    nine = "1" + "".join(rng.choices("0123456789", k=8))
    total = 24
    for at, char in enumerate(reversed(nine)):
        doubled = int(char) * 2 if at % 2 == 0 else int(char)
        total += doubled - 9 if doubled > 9 else doubled
    return nine + str(-total % 10)


def money(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    text = f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)
    return ("-" if cents < 0 else "") + text


def day(rng: random.Random) -> str:
    return f"2026{rng.randint(1, 9):02}{rng.randint(1, 28):02}"


def transactions_837p(size: int, per_st: int) -> Iterator[str]:
    """Yield whole transactions until so many bytes are made."""
    rng = random.Random(837)
    done = number = 0
    while done < size:
        number += 1
        text = _transaction_837p(rng, number, per_st)
        done += len(text)
        yield text


def _transaction_837p(rng: random.Random, number: int, claims: int) -> str:
    rows = [
        f"ST*837*{number:04}*005010X222A1",
        f"BHT*0019*00*B{number}*20261122*0930*CH",
        "NM1*41*2*EXAMPLE BILLING LLC*****46*SUBMIT01",
        "PER*IC*EDI DESK*TE*5555550100",
        "NM1*40*2*EXAMPLE PAYER*****46*RECEIVE01",
        "HL*1**20*1",
        "PRV*BI*PXC*207Q00000X",
        "NM1*85*2*EXAMPLE FAMILY CLINIC*****XX*1234567893",
        "N3*100 MAIN ST",
        "N4*SPRINGFIELD*IL*627010001",
        "REF*EI*123456789",
    ]
    for at in range(claims):
        rows += _claim_837p(rng, number, at)
    rows.append(f"SE*{len(rows) + 1}*{number:04}")
    return "~".join(rows) + "~"


def _claim_837p(rng: random.Random, number: int, at: int) -> list[str]:
    name, first = rng.choice(NAMES), rng.choice(NAMES).title().upper()
    charges = [rng.randrange(1000, 40000, 25) for _ in range(rng.choice((1, 2, 2, 3, 4)))]
    ills = rng.sample(ILLS, rng.choice((1, 2, 3, 4)))
    rows = [
        f"HL*{at + 2}*1*22*0",
        "SBR*P*18*GRP" + str(rng.randrange(1000)) + "******CI",
        f"NM1*IL*1*{name}*{first}*Q***MI*W{rng.randrange(10**9):09}",
        f"N3*{rng.randrange(1, 9999)} OAK AVE",
        f"N4*SPRINGFIELD*IL*{rng.randrange(60000, 63000)}",
        f"DMG*D8*{rng.randrange(1930, 2020)}0{rng.randint(1, 9)}{rng.randint(10, 28)}*F",
        "NM1*PR*2*EXAMPLE PAYER*****PI*99999",
        f"CLM*E{number:05}{at:05}*{money(sum(charges))}***11:B:1*Y*A*Y*Y",
        "HI*ABK:" + "*ABF:".join(ills),
    ]
    if at % 2:
        rows.append(f"NM1*82*1*{rng.choice(NAMES)}*ALEX****XX*{npi(rng)}")
        rows.append("PRV*PE*PXC*207Q00000X")
    service = day(rng)
    for line, cents in enumerate(charges, 1):
        pointers = ":".join(str(each + 1) for each in range(rng.randint(1, len(ills))))
        modifier = rng.choice(("", "", ":25", ":59"))
        rows += [
            f"LX*{line}",
            f"SV1*HC:{rng.choice(CODES)}{modifier}*{money(cents)}*UN*{rng.choice('1112')}***{pointers}",
            f"DTP*472*D8*{service}",
            f"REF*6R*{at}L{line}",
        ]
    return rows


def transactions_835(size: int, per_st: int) -> Iterator[str]:
    """Yield whole transactions until so many bytes are made."""
    rng = random.Random(835)
    done = number = 0
    while done < size:
        number += 1
        text = _transaction_835(rng, number, per_st)
        done += len(text)
        yield text


def _transaction_835(rng: random.Random, number: int, claims: int) -> str:
    body: list[str] = []
    total = 0
    for at in range(claims):
        paid, rows = _claim_835(rng, number, at)
        total += paid
        body += rows
    rows = [
        f"ST*835*{number:04}",
        f"BPR*I*{money(total)}*C*ACH*CCP*01*111000025*DA*1*1999999999**01*222000030*DA*6*20261120",
        f"TRN*1*EFT{number}*1999999999",
        "DTM*405*20261119",
        "N1*PR*OTHER PAYER",
        "N3*1 PAYER WAY",
        "N4*DALLAS*TX*75201",
        "PER*BL*EDI*TE*5555550199",
        "N1*PE*EXAMPLE FAMILY CLINIC*XX*1234567893",
        "LX*1",
        *body,
    ]
    rows.append(f"SE*{len(rows) + 1}*{number:04}")
    return "~".join(rows) + "~"


def _claim_835(rng: random.Random, number: int, at: int) -> tuple[int, list[str]]:
    lines: list[str] = []
    charge = paid = patient = 0
    service = day(rng)
    for line in range(1, rng.choice((1, 2, 2, 3, 4)) + 1):
        billed = rng.randrange(1000, 40000, 25)
        contract = billed * rng.randint(10, 50) // 100
        share = (billed - contract) // rng.choice((4, 5, 10))
        lines += [
            f"SVC*HC:{rng.choice(CODES)}*{money(billed)}*{money(billed - contract - share)}**1",
            f"DTM*472*{service}",
            f"CAS*CO*45*{money(contract)}",
            f"CAS*PR*{rng.choice('123')}*{money(share)}",
            f"REF*6R*{at}L{line}",
            f"AMT*B6*{money(billed - contract)}",
        ]
        charge, paid, patient = charge + billed, paid + billed - contract - share, patient + share
    head = f"CLP*E{number:05}{at:05}*1*{money(charge)}*{money(paid)}*{money(patient)}"
    rows = [
        f"{head}*12*ICN{rng.randrange(10**9)}*11*1",
        f"NM1*QC*1*{rng.choice(NAMES)}*{rng.choice(NAMES)}****MI*W{rng.randrange(10**9):09}",
        f"DTM*232*{service}",
    ]
    return paid, rows + lines


def write(path: Path, kind: str, size: int, per_st: int = 1000) -> None:
    """Write one interchange of about so many bytes."""
    code, version = {"837p": ("HC", "005010X222A1"), "835": ("HP", "005010X221A1")}[kind]
    make = {"837p": transactions_837p, "835": transactions_835}[kind]
    with path.open("w", encoding="ascii", newline="") as out:
        out.write(f"{ISA}GS*{code}*SUBMIT01*RECEIVE01*20261122*0930*101*X*{version}~")
        count = 0
        for text in make(size, per_st):
            out.write(text)
            count += 1
        out.write(f"GE*{count}*101~IEA*1*000000101~")


if __name__ == "__main__":
    write(Path(sys.argv[3]), sys.argv[1], int(float(sys.argv[2]) * 1e6))
