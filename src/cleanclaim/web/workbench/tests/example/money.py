"""Deposits, the remittance page, the ageing."""

from datetime import date, timedelta

from cleanclaim.platform.ui.frame import Action, Choice
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.pages import (
    AgeingLine,
    AgeingLinesPage,
    AgeingPage,
    AgeingRow,
    AgeingTable,
    CodeWords,
    Deposit,
    DepositListPage,
    DocumentClaim,
    DocumentLine,
    EntryLine,
    MatchRow,
    MatchWork,
    Pager,
    ProviderLevel,
    RemittanceDocument,
    RemittancePage,
    X12View,
)
from cleanclaim.web.workbench.states import status_of
from cleanclaim.web.workbench.tests.example.claim import REASONS
from cleanclaim.web.workbench.tests.example.lists import TODAY
from cleanclaim.web.workbench.x12_view import segment_rows, whole

_DOCUMENT = """
c1|Example, Edwina|CC-104287|TEST2629100042|15908
 99213-25|16500|9840|6660|3000|6840|CO 45,PR 3
 20610-RT|24000|7215|16785|1443|5772|CO 45,PR 2
 J3301|4800|0|4800|0|0|CO 16
 73562-RT|11000|4120|6880|824|3296|CO 45,PR 2
c2|Nobody, Norman|CC-104301|TEST2629100043|21240
 99214|19500|13240|6260|2000|11240|CO 45,PR 3
 93000|16000|10000|6000|0|10000|CO 45
c3|Placeholder, Priya|CC-104266|TEST2629100051|8715
 99213|16500|9840|6660|1125|8715|CO 45,PR 2
c4|Testcase, Theo|CC-103998|reversal|-6420
 99212|-9500|-6420|-3080|0|-6420|CO 45
c5|Testcase, Theo|CC-103998|correction|8860
 99213|16500|8860|7640|0|8860|CO 45
c6|Fixture, Fiona|CC-104310|TEST2629100077|4130
 99213|19500|6630|12870|2500|4130|CO 45,PR 3
 36415|1200|0|1200|0|0|CO 97
"""
REMIT_835 = """
ST*835*0001
BPR*I*500.17*C*ACH*CCP*01*000000000*DA*0000*9999999999**01*000000000*DA*0000*20261118
TRN*1*00TEST88121*9999999999
DTM*405*20261118
N1*PR*SAMPLE MUTUAL INSURANCE
N1*PE*EXAMPLE ORTHOPEDICS*XX*1234567893
LX*1
CLP*CC104310*1*207*41.3*25*12*TEST2629100077*11*1
NM1*QC*1*FIXTURE*FIONA****MI*TST000777
DTM*232*20261020
SVC*HC:99213*195*41.3**1*HC:99214
DTM*472*20261020
CAS*CO*45*128.7
CAS*PR*3*25
AMT*B6*66.3
SVC*HC:36415*12*0**1
CAS*CO*97*12
PLB*1234567893*20261231*WO:CC103120*25*L6*-.84
SE*19*0001
"""
_MATCHES = """
done|Example, Edwina|CC-104287|Posted|15908
done|Nobody, Norman|CC-104301|Matched on line number|21240
done|Placeholder, Priya|CC-104266|Matched on line number|8715
done|Testcase, Theo|CC-103998|Reversal, pairs with next|-6420
done|Testcase, Theo|CC-103998|Correction|8860
blocked|Fixture, Fiona|CC-104310|Line 1: code differs|4130
done|Provider level WO||Paired with recovery, CC-103120|-2500
done|Provider level L6||Interest income|84
"""
_AGEING = """
Sample Mutual|4821050|1922040|610325|182240|60410
Demo Medicare|3910475|1204400|388150|92010|41075
Fictional Blue|2944020|1480275|722300|301120|188640
Demo Medicaid|1620310|904125|511060|248400|171900
Mock Health|980440|402210|240155|121090|64300
Patients|1210325|640180|402270|310445|488120
"""


def deposits_page() -> DepositListPage:
    def row(at, payer, state, transfer, placed):
        return Deposit(
            href=f"/deposits/d8812{at}/",
            status=status_of("remittance", state),
            payer=payer,
            trace=f"EFT 00TEST8812{at}",
            practice="Example Orthopedics",
            paid_date=TODAY - timedelta(days=at + 4),
            age_days=at + 4,
            claims=6 + at * 31,
            transfer_cents=transfer,
            placed_cents=placed,
        )

    rows = (
        row(1, "Sample Mutual", "out_of_balance", 50017, 45887),
        row(2, "Demo Medicare", "posted", 1284436, 1284436),
        row(3, "Fictional Blue", "matched", 391240, 0),
        row(4, "Demo Medicaid", "awaiting_eft", 77210, 0),
        row(5, "Mock Health", "parked", 12000, 0),
    )
    return DepositListPage(count=len(rows), rows=rows, pager=Pager(shown=len(rows)))


def document() -> RemittanceDocument:
    claims: list[DocumentClaim] = []
    rows: list[DocumentLine] = []
    for text in reversed(_DOCUMENT.strip().splitlines()):
        if text.startswith(" "):
            code, *cents, reasons = text.strip().split("|")
            charge, allowed, adjusted, patient, paid = map(int, cents)
            rows.insert(
                0,
                DocumentLine(
                    code=code,
                    charge_cents=charge,
                    allowed_cents=allowed,
                    adjusted_cents=adjusted,
                    patient_cents=patient,
                    paid_cents=paid,
                    reasons=tuple((reason, REASONS[reason]) for reason in reasons.split(",")),
                    is_different=charge == 19500 and code == "99213",
                ),
            )
            continue
        name, patient_name, number, note, amount = text.split("|")
        claims.insert(
            0,
            DocumentClaim(
                id=name,
                patient=patient_name,
                number=number,
                note=note,
                paid_cents=int(amount),
                lines=tuple(rows),
                href=f"?claim={name}",
                is_chosen=name == "c6",
            ),
        )
        rows = []
    return RemittanceDocument(
        payer="Sample Mutual Insurance",
        payer_note="Remittance advice, payer EXM01",
        trace_words="EFT",
        trace="00TEST88121",
        paid_date=date(2026, 11, 18),
        payee="Example Orthopedics, NPI 1234567893",
        claims=tuple(claims),
        provider_levels=(
            ProviderLevel(code="WO", words="Takes back overpayment, CC-103120", amount_cents=-2500),
            ProviderLevel(code="L6", words="Interest paid to you", amount_cents=84),
        ),
        count_words="6 claims, 2 provider level",
    )


def remittance_page(*, is_x12: bool = False) -> RemittancePage:
    matches = []
    for at, line in enumerate(_MATCHES.strip().splitlines(), 1):
        shape, words, number, match, paid = line.split("|")
        matches.append(
            MatchRow(
                shape=Shape(shape),
                words=words,
                number=number,
                match=match,
                paid_cents=int(paid),
                href=f"?claim=c{at}" if number else "",
                is_chosen=shape == "blocked",
            )
        )
    return RemittancePage(
        payer="Sample Mutual",
        trace_words="EFT 00TEST88121",
        paid_date=date(2026, 11, 18),
        age_days=5,
        bank=Status(Shape.DONE, "Bank matched"),
        transfer_cents=50017,
        placed_cents=45887,
        post=Action(words="Post remit", key="s", off_because="41.30 is not placed"),
        views=(
            Choice(words="Readable", href="?view=readable", is_current=not is_x12),
            Choice(words="X12 835", href="?view=x12", is_current=is_x12),
        ),
        document=document(),
        matches=tuple(matches),
        work=None if is_x12 else work(),
        x12=_x12() if is_x12 else None,
        codes=(
            CodeWords("CO 45", REASONS["CO 45"]),
            CodeWords("PR 3", REASONS["PR 3"]),
            CodeWords(
                "CO 97",
                "Counted inside another line. Blood draw is part of line 1 under this contract.",
            ),
        ),
        back_href="/deposits/",
        previous_href="?claim=c5",
        next_href="?claim=c7",
        today=TODAY,
    )


def _x12() -> X12View:
    rows = segment_rows(
        REMIT_835.strip().splitlines(), href=lambda number: f"?view=x12&segment={number}"
    )
    return X12View(words="835 as received", runs=whole(rows), chosen=8)


def work() -> MatchWork:
    return MatchWork(
        patient="Fixture, Fiona",
        number="CC-104310",
        service_date=date(2026, 10, 20),
        claim_href="/claims/c104310/",
        sentence="The payer paid 99213. You billed 99214.",
        explanation="Nothing is placed until you say how this line is to be read.",
        choices=tuple(
            Action(
                words=words, key=str(at), href="/resolve/", method="post", is_primary=at == 1,
                fields=(("choice", str(at)),),
            )
            for at, words in enumerate(
                ("Post to line 1 as recoded", "Post and open underpayment", "Leave for review"), 1
            )
        ),
        lines=(
            EntryLine(
                number=1, billed="99214", payer="99213", charge_cents=19500,
                allowed_cents=6630, contract_cents=12870, patient_cents=2500,
            ),
            EntryLine(
                number=2, billed="36415", payer="36415", charge_cents=1200,
                allowed_cents=0, paid_cents=0, contract_cents=1200, patient_cents=0,
            ),
        ),
        save_href="/resolve/",
    )  # fmt: skip


def ageing_table(head: str = "Payer") -> AgeingTable:
    rows = []
    for at, line in enumerate(_AGEING.strip().splitlines()):
        name, *cents = line.split("|")
        words = {
            "Payer": name,
            "Practice": f"Example Practice {at + 1}",
            "Provider": f"Dr. {name.split()[0]}",
        }[head]
        rows.append(
            AgeingRow(
                words=words,
                cents=tuple(map(int, cents)),
                hrefs=tuple(f"/reports/ageing/lines/?row={at}&bucket={n}" for n in range(5)),
                href=f"/reports/ageing/lines/?row={at}",
                marked=frozenset({3, 4}) if name == "Patients" else frozenset(),
            )
        )
    return AgeingTable(head=head, rows=tuple(rows))


def ageing_page(by: str = "payer") -> AgeingPage:
    return AgeingPage(
        as_of=TODAY,
        basis="age from service date",
        groups=tuple(
            Choice(words=name.capitalize(), href=f"?by={name}", is_current=name == by)
            for name in ("payer", "practice", "provider")
        ),
        table=ageing_table(by.capitalize()),
        export_href="/reports/ageing.xlsx",
        credits_cents=-41872,
    )


def ageing_lines_page() -> AgeingLinesPage:
    rows = tuple(
        AgeingLine(
            claim_number=f"CC-1042{at:02}",
            claim_href="/claims/c104287/ledger/",
            service_date=TODAY - timedelta(days=31 + at),
            age_days=31 + at,
            posted_date=TODAY - timedelta(days=28 + at),
            account="Receivable from payers",
            words=f"Charge, line {at % 4 + 1}" if at % 3 else "Payment, EFT 00TEST88121",
            amount_cents=(16500 + at * 725) * (1 if at % 3 else -1),
        )
        for at in range(30)
    )
    return AgeingLinesPage(
        title="Sample Mutual, 31 to 60 days",
        back_href="/reports/ageing/",
        as_of=TODAY,
        total_cents=1922040,
        count=214,
        rows=rows,
        pager=Pager(shown=len(rows), next_href="?after=x"),
        export_href="/reports/ageing/lines.xlsx",
    )
