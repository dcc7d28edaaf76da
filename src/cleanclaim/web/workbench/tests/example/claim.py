"""The claim page with all its tabs."""

from datetime import date, timedelta

from cleanclaim.platform.ui.frame import Action, Choice
from cleanclaim.platform.ui.marks import Shape
from cleanclaim.web.workbench.pages import (
    ClaimLine,
    ClaimLines,
    ClaimPage,
    Equation,
    LedgerRow,
    LedgerView,
    PayerTurn,
    RemitRow,
    SegmentRow,
    Step,
    X12View,
)
from cleanclaim.web.workbench.pages.x12 import X12Document
from cleanclaim.web.workbench.states import status_of
from cleanclaim.web.workbench.tests.example.lists import TODAY, drug_finding
from cleanclaim.web.workbench.x12_view import excerpt, segment_rows, whole

CLAIM_837P = """
ST*837*0007*005010X222A1
BHT*0019*00*20261016-03*20261016*1402*CH
NM1*41*2*EXAMPLE BILLING*****46*TEST0001
PER*IC*EDI DESK*TE*5550100199
NM1*40*2*DEMO CLEARINGHOUSE*****46*DEMOCH
HL*1**20*1
PRV*BI*PXC*207X00000X
NM1*85*2*EXAMPLE ORTHOPEDICS*****XX*1234567893
N3*1 SAMPLE STREET
N4*TESTVILLE*TN*370010000
REF*EI*000000000
HL*2*1*22*0
SBR*P*18*******CI
NM1*IL*1*EXAMPLE*EDWINA****MI*TST000123
N3*2 SAMPLE STREET
N4*TESTVILLE*TN*37001
DMG*D8*19700101*F
NM1*PR*2*SAMPLE MUTUAL PPO*****PI*EXM01
CLM*CC104287*563***11:B:1*Y*A*Y*Y
HI*ABK:M1711*ABF:M25561
NM1*82*1*MAGINARY*I****XX*1234567893
LX*1
SV1*HC:99213:25*165*UN*1***1
DTP*472*D8*20261014
LX*2
SV1*HC:20610:RT*240*UN*1***1
DTP*472*D8*20261014
LX*3
SV1*HC:J3301*48*UN*4***1
DTP*472*D8*20261014
REF*6R*104287-3
LX*4
SV1*HC:73562:RT*110*UN*1***1:2
DTP*472*D8*20261014
SE*35*0007
"""
_STEPS = """
waiting|Correction waits for you|-1|Replacement of version 1, frequency 7
blocked|Remit read: paid 159.08, line 3 denied|5|835 EFT 00TEST88121, posted by rule, balanced
done|Accepted by Sample Mutual|36|277CA A2, payer control number received
done|Accepted by clearinghouse|38|277CA A1
done|File accepted|38|999 A for group 41, set 0007
sent|Sent, version 1|38|837P in batch 2026-10-16-03
done|Edits passed, 1 warning accepted|39|By Cody Invented, with reason
draft|Charges received|39|4 lines from Example Orthopedics
"""
_LEDGER = """
J-1|39|Receivable from payers|Charges, 4 lines|56300|4 lines from Example Orthopedics
J-1||Gross charges|Charges, 4 lines|-56300|
J-2|5|Expected transfers|Payment, line 1|6840|835 EFT 00TEST88121
J-2||Expected transfers|Payment, line 2|5772|
J-2||Expected transfers|Payment, line 4|3296|
J-2||Contract adjustments|CO 45, line 1|6660|
J-2||Contract adjustments|CO 45, line 2|16785|
J-2||Contract adjustments|CO 45, line 4|6880|
J-2||Receivable from payers|Payments and adjustments|-46233|
J-3|5|Receivable from payer 2|Patient share waits for payer 2|5267|835 EFT 00TEST88121
J-3||Receivable from payers|Patient share waits for payer 2|-5267|
J-4|3|Interest|Posted to the wrong claim|84|835 EFT 00TEST88120
J-4||Receivable from payers|Posted to the wrong claim|-84|
J-5|3|Receivable from payers|Reversal|84|By Dana Fictional
J-5||Interest|Reversal|-84|
"""
NAMES = {"J3301": "Triamcinolone, 10 mg", "20610": "Injection, large joint"}
REASONS = {
    "CO 45": "Above the contracted fee. Write off; may not go to the patient.",
    "PR 2": "Coinsurance. Moves to payer 2, or to the patient.",
    "PR 3": "Copay. Moves to payer 2, or to the patient.",
    "CO 16": "Something is missing; the remark says what.",
    "CO 97": "Counted inside another line.",
}


def claim_page(tab: str = "lines", segment: int = 0) -> ClaimPage:
    fields = {
        "lines": lambda: {
            "lines": lines(),
            "timeline": timeline(),
            "findings": findings()[:1],
            "x12": x12(segment, is_excerpt=True),
        },
        "edits": lambda: {"findings": findings(), "passed": "212 rules passed, release 2026-11."},
        "remits": lambda: {"remits": remits()},
        "ledger": lambda: {"ledger": ledger()},
        "x12": lambda: {"x12": x12(segment, is_excerpt=False)},
    }[tab]()
    return ClaimPage(
        number="CC-104287",
        patient="Example, Edwina",
        status=status_of("outcome", "partially_paid"),
        owner="Dana Fictional",
        due_date=date(2026, 11, 24),
        due_days=1,
        actions=(Action(words="Fix line 3", href="#line-3", key="e", is_primary=True),),
        pend_href="/pend/",
        note_href="/note/",
        payers=(
            PayerTurn(order=1, name="Sample Mutual PPO", is_current=True),
            PayerTurn(order=2, name="Mock Health", waits_for="waits for payer 1"),
        ),
        payer_control="TEST2629100042",
        service_words="2026-10-14",
        age_days=40,
        client="Example Orthopedics",
        provider="I. Maginary MD",
        equation=equation(),
        tabs=tuple(
            Choice(words=words, href=f"/claims/c104287/{name}/", is_current=name == tab, count=n)
            for name, words, n in (
                ("lines", "Lines and timeline", None),
                ("edits", "Edits", 2),
                ("remits", "Remits", 1),
                ("ledger", "Ledger", 15),
                ("x12", "X12", None),
            )
        ),
        tab=tab,
        next_href="/claims/c103871/",
        back_href="/work/denied/",
        **fields,
    )


def equation() -> Equation:
    return Equation(
        billed_cents=56300,
        paid_cents=15908,
        adjusted_cents=30325,
        balance_cents=10067,
        payer_cents=4800,
        patient_cents=5267,
        allowed_cents=21175,
        billed_note="4 lines",
        paid_note="1 remit",
        adjusted_note="contract",
        balance_note="two owners",
        payer_words="Payer 1",
        payer_note="line 3 denied",
        patient_note="goes to payer 2 first",
    )


def lines() -> ClaimLines:
    def line(row, cents, reasons, state):
        number, code, mods, service, units = row
        names = ("charge", "allowed", "paid", "adjusted", "patient", "open")
        return ClaimLine(
            number=number,
            code=code,
            modifiers=mods,
            service=service,
            pointers="A B" if number == 4 else "A",
            units=units,
            reasons=tuple((reason, REASONS[reason]) for reason in reasons),
            status=status_of("line", state),
            is_marked=state == "denied",
            **{f"{name}_cents": amount for name, amount in zip(names, cents, strict=True)},
        )

    paid = ("CO 45", "PR 2")
    return ClaimLines(
        (
            line(
                (1, "99213", "25", "Office visit, established", "1"),
                (16500, 9840, 6840, 6660, 3000, 0), ("CO 45", "PR 3"), "paid",
            ),
            line(
                (2, "20610", "RT", "Injection, large joint, right knee", "1"),
                (24000, 7215, 5772, 16785, 1443, 0), paid, "paid",
            ),
            line(
                (3, "J3301", "", "Triamcinolone, 10 mg", "4"),
                (4800, 0, 0, 0, 0, 4800), ("CO 16",), "denied",
            ),
            line(
                (4, "73562", "RT", "X-ray, right knee, 3 views", "1"),
                (11000, 4120, 3296, 6880, 824, 0), paid, "paid",
            ),
        )
    )  # fmt: skip


def timeline() -> tuple[Step, ...]:
    steps = []
    for row in _STEPS.strip().splitlines():
        shape, words, age, proof = row.split("|")
        days = int(age)
        steps.append(
            Step(
                shape=Shape(shape),
                words=words,
                on_date=TODAY - timedelta(days=days),
                age_days=days if days >= 0 else None,
                due_days=-days if days < 0 else None,
                proof=proof,
            )
        )
    return tuple(steps)


def findings():
    fix = Action(words="Add the NDC", href="/claims/c104287/#line-3", key="s")
    return (
        drug_finding(
            sentence="The drug code is missing",
            place="",
            fix="Add the NDC and unit, then send as replacement.",
            because="J codes also need LIN and CTP; 11 earlier claims of this client had them.",
            fix_action=fix,
        ),
        drug_finding(
            shape=Shape.WARNING,
            sentence="The modifier asks for a separate visit",
            field="Modifier, line 1",
            place="2400 SV101-3",
            value="25",
            needed="A note that the visit stands on its own",
            fix="Check the note of 2026-10-14, then accept with a reason.",
            code="SCRUB-NCCI-25",
            because="Correct coding edits, release 2026-10.",
            overrule="A coder may accept it.",
        ),
    )


def remits() -> tuple[RemitRow, ...]:
    return (
        RemitRow(
            href="/deposits/d88121/",
            payer="Sample Mutual",
            trace="EFT 00TEST88121",
            paid_date=date(2026, 11, 18),
            age_days=5,
            outcome="Processed as first payer",
            charge_cents=56300,
            paid_cents=15908,
            adjusted_cents=30325,
            patient_cents=5267,
            status=status_of("remittance", "posted"),
        ),
    )


def ledger() -> LedgerView:
    rows = []
    for line in _LEDGER.strip().splitlines():
        entry, age, account, words, cents, source = line.split("|")
        days = int(age or 0)
        rows.append(
            LedgerRow(
                entry=entry,
                is_first=bool(age),
                posted_date=TODAY - timedelta(days=days),
                account=account,
                words=words,
                amount_cents=int(cents),
                source=source,
                source_href="/deposits/d88121/" if source.startswith("835") else "",
                reverses="J-4" if entry == "J-5" and age else "",
            )
        )
    return LedgerView(tuple(rows))


def x12(segment: int = 0, *, is_excerpt: bool) -> X12View:
    rows = list(
        segment_rows(
            CLAIM_837P.strip().splitlines(),
            href=lambda number: f"?segment={number}",
            code_names=NAMES,
        )
    )
    at = next(at for at, row in enumerate(rows) if row.rest.startswith("*6R"))
    rows.insert(
        at + 1,
        SegmentRow(
            number=0, tag="LIN", rest="**N4*", name="Drug", meaning="Missing: drug code",
            where="line 3", is_absent=True,
        ),
    )  # fmt: skip
    chosen = segment or next(row.number for row in rows if "J3301" in row.rest)
    return X12View(
        words="837P as sent, version 1",
        runs=excerpt(rows, frozenset({2, 3, 4})) if is_excerpt else whole(rows),
        chosen=chosen,
        raw_href="/claims/c104287/raw/",
        documents=(
            X12Document(words="837P, version 1", href="/claims/c104287/x12/", is_current=True),
            X12Document(words="999", href="/claims/c104287/x12/?of=999"),
            X12Document(words="277CA", href="/claims/c104287/x12/?of=277ca"),
            X12Document(words="835", href="/claims/c104287/x12/?of=835"),
        ),
    )
