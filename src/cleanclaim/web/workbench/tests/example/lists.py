"""The workbench and the claim list."""

from datetime import date, timedelta

from cleanclaim.platform.ui.frame import Action
from cleanclaim.platform.ui.marks import Shape, Status
from cleanclaim.web.workbench.pages import (
    ClaimListPage,
    ClaimRow,
    Empty,
    Fact,
    Filter,
    FindingView,
    Item,
    ItemLine,
    Option,
    Pager,
    Queue,
    QueueGroup,
    Sorting,
    Step,
)
from cleanclaim.web.workbench.states import status_of

TODAY = date(2026, 11, 23)

_QUEUES = """
Mine today
  My worklist | 41 | 2218460 | 125 d
  Filing limit in 15 days | 3 | 141200 | 4 d left | late
Before sending
  Blocking edits | 23 | 841215 | 6 d
  Held | 41 | 1930480 | 19 d
  Ready to send | 118 | 4420975 | 1 d
At the payer
  No acknowledgement | 4 | 61240 | 2 d | late
  Rejected | 12 | 387050 | 5 d
  No answer past usual time | 87 | 3644190 | 71 d
  Pended by payer | 19 | 918825 | 48 d
Denials
  Denied | 23 | 1095355 | 125 d
  Appeal due | 7 | 602300 | 9 d left
  Underpaid | 16 | 92345 | 63 d
Money
  Remits not balanced | 2 | 6630 | 3 d
  Deposits without remit | 3 | 488190 | 4 d
  To place | 9 | 132055 | 11 d
"""

_ROWS = """
waiting|In work|104287|EXO|Example, Edwina|Sample Mutual|16|NDC missing|4800|40|1
idle|Not started|103871|SFM|Placeholder, Priya|Demo Medicare|197|No authorization|184250|82|2
waiting|In work|103902|DCA|Nobody, Norman|Fictional Blue|50|Medical need|96400|76|3
idle|Not started|104010|EXO|Testcase, Theo|Sample Mutual|97|Bundled|21800|67|4
held|Pended|103344|SFM|Specimen, Samuel|Demo Medicaid|29|Filed too late|31275|125|7
idle|Not started|104118|EXO|Mockley, Marta|Fictional Blue|22|Other payer first|45900|55|9
sent|Appeal sent|104122|EXO|Fixture, Fiona|Sample Mutual|4|Modifier misfit|16500|55|9
idle|Not started|103655|DCA|Stub, Stanislaw|Mock Health|252|Records wanted|128800|102|10
idle|Not started|104167|SFM|Lorem, Ipsa|Demo Medicare|50|Medical need|74325|52|11
waiting|In work|104171|DCA|Ipsum, Dolores|Demo Medicaid|27|Coverage ended|12450|52|11
idle|Not started|104188|EXO|Dummy, Delphine|Fictional Blue|197|No authorization|210000|49|14
idle|Not started|104203|EXO|Sampleton, Rufus|Sample Mutual|11|Diagnosis misfit|9840|48|15
idle|Not started|104209|SFM|Foobar, Quentin|Mock Health|18|Duplicate|18500|48|15
held|Pended|104214|DCA|Acme, Wilhelmina|Demo Medicare|97|Bundled|6120|47|16
idle|Not started|104226|EXO|Unreal, Ursula|Sample Mutual|16|NDC missing|9600|46|17
idle|Not started|104231|SFM|Notreal, Hector|Sample Mutual|16|NDC missing|4800|46|17
idle|Not started|104240|EXO|Sandbox, Beatrix|Fictional Blue|109|Wrong payer|33750|45|18
waiting|In work|104251|EXO|Pretend, Oswald|Demo Medicaid|22|Other payer first|15230|42|21
idle|Not started|104255|DCA|Madeup, Yolanda|Sample Mutual|4|Modifier misfit|24000|42|21
held|Pended|104263|SFM|Blank, Benedikt|Mock Health|197|No authorization|87600|41|22
idle|Not started|104271|DCA|Void, Valentina|Demo Medicare|50|Medical need|41200|41|22
sent|Appeal sent|104279|EXO|Zero, Zachary|Fictional Blue|11|Diagnosis misfit|7215|40|23
idle|Not started|104281|EXO|Null, Nadezhda|Sample Mutual|18|Duplicate|11000|40|23
"""
_CLIENTS = {"EXO": "Example Orthopedics", "SFM": "Sample Family Medicine", "DCA": "Demo Cardiology"}
_STAGES = (
    "outcome:paid outcome:denied claim:accepted_payer claim:scrub_hold claim:ready claim:draft"
    " claim:transmitted outcome:partially_paid claim:rejected_payer claim:pending claim:closed"
)


def queues() -> tuple[QueueGroup, ...]:
    groups: list[QueueGroup] = []
    for line in _QUEUES.strip().splitlines():
        if not line.startswith(" "):
            groups.append(QueueGroup(line, ()))
            continue
        words, count, cents, age, *late = (part.strip() for part in line.split("|"))
        queue = Queue(
            words=words,
            href=f"/work/{words.lower().replace(' ', '-')}/",
            count=int(count),
            amount_cents=int(cents),
            age_words=age,
            is_late=bool(late),
            is_current=words == "Denied",
        )
        groups[-1] = QueueGroup(groups[-1].words, (*groups[-1].queues, queue))
    return tuple(groups)


def queue_page(chosen: str = "104287") -> ClaimListPage:
    rows = tuple(_queue_row(line, chosen) for line in _ROWS.strip().splitlines())
    return ClaimListPage(
        title="Denied",
        count=23,
        amount_cents=1095355,
        rows=rows,
        queues=queues(),
        filters=(
            _filter("client", "Client", *_CLIENTS.values()),
            _filter("payer", "Payer", "Sample Mutual", "Demo Medicare", "Fictional Blue"),
            _filter("age", "Age", "0 to 30 d", "31 to 60 d", "61 to 90 d", "over 90 d"),
        ),
        sorting=_sorting("due"),
        pager=Pager(shown=len(rows)),
        item=item(next(row for row in rows if row.is_chosen)),
        export_href="/work/denied/export.xlsx",
    )


def empty_page() -> ClaimListPage:
    return ClaimListPage(
        title="Denied",
        count=0,
        amount_cents=0,
        rows=(),
        queues=queues(),
        sorting=_sorting("due"),
        pager=Pager(shown=0),
        empty=Empty(
            truth="No denials are open",
            until="The last one closed 2026-11-22. Remits arrive at 05:30.",
            action=Action(words="Go to underpaid (16)", href="/work/underpaid/"),
        ),
    )


def claims_page(text: str = "") -> ClaimListPage:
    lines = _ROWS.strip().splitlines()
    rows = tuple(_claim_row(lines[at % len(lines)], at) for at in range(50))
    return ClaimListPage(
        title="Claims",
        count=10000,
        is_count_least=True,
        rows=rows,
        filters=(
            _filter("stage", "Stage", "Held by edits", "Ready to send", "Accepted", "Denied"),
            _filter("client", "Client", *_CLIENTS.values()),
            _filter("payer", "Payer", "Sample Mutual", "Demo Medicare", "Fictional Blue"),
            _filter("owner", "Acts next", "Us", "Coder", "Client", "Provider", "Payer"),
            Filter(name="from", words="Service from"),
            Filter(name="to", words="to"),
        ),
        sorting=_sorting("service"),
        pager=Pager(shown=50, previous_href="/claims/?before=a1", next_href="/claims/?after=b2"),
        export_href="/claims/export.xlsx",
        is_wide=True,
        search_text=text,
    )


def item(row: ClaimRow) -> Item:
    return Item(
        patient=row.patient,
        number=f"CC-{row.number}",
        href=row.href,
        position="1 of 23",
        stake_cents=row.amount_cents,
        stake_words="at stake, payer 1",
        due_words="Fix by 2026-11-24",
        due_days=1,
        facts=(
            Fact(label="Payer", value="Sample Mutual PPO, then Mock Health"),
            Fact(label="Service", value="2026-10-14", aside="40 d", more=", Example Orthopedics"),
            Fact(label="Owner", value="You, since 2026-11-20"),
        ),
        findings=(drug_finding(),),
        remark=(
            "Payer said CO 16 with remark M119. 3 more claims in this queue have the same cause."
        ),
        lines=(
            ItemLine(code="99213-25", **_cents(16500, 9840, 6840, 3000, 0)),
            ItemLine(code="20610-RT", **_cents(24000, 7215, 5772, 1443, 0)),
            ItemLine(code="J3301", **_cents(4800, 0, 0, 0, 4800)),
            ItemLine(code="73562-RT", **_cents(11000, 4120, 3296, 824, 0)),
        ),
        steps=(
            _step(Shape.BLOCKED, "Paid in part, line 3 denied", 5),
            _step(Shape.DONE, "Accepted by Sample Mutual", 36),
            _step(Shape.SENT, "Sent, version 1", 38),
        ),
        actions=(
            Action(words="Fix line 3", href=f"{row.href}#line-3", key="e", is_primary=True),
            Action(words="Escalate", href="/escalate/", key="u", method="post"),
        ),
        pend_href="/pend/",
        note_href="/note/",
    )


def drug_finding(**changes) -> FindingView:
    fields = {
        "shape": Shape.BLOCKED,
        "sentence": "Line 3 was denied: the drug code is missing",
        "field": "NDC, line 3",
        "place": "2410 LIN03",
        "value": "",
        "fix": "Add the 11-digit NDC and its unit, then send as a replacement.",
    }
    return FindingView(**{**fields, **changes})


def _queue_row(line: str, chosen: str) -> ClaimRow:
    shape, word, number, client, patient, payer, code, reason, cents, age, due = line.split("|")
    return ClaimRow(
        id=f"c{number}",
        href=f"/claims/c{number}/",
        item_href=f"/work/denied/?item={number}",
        status=Status(Shape(shape), word),
        number=number,
        client=client,
        patient=patient,
        payer=payer,
        reason_code=code,
        reason=reason,
        amount_cents=int(cents),
        age_days=int(age),
        due_days=int(due),
        is_chosen=number == chosen,
    )


def _claim_row(line: str, at: int) -> ClaimRow:
    _, _, number, client, patient, payer, _, _, cents, age, due = line.split("|")
    stage = _STAGES.split()[at * 7 % 11]
    is_done = stage in ("outcome:paid", "claim:closed")
    return ClaimRow(
        id=f"c{number}{at}",
        href=f"/claims/c{number}/",
        status=status_of(*stage.split(":")),
        number=f"{int(number) + at * 3}",
        client=_CLIENTS[client],
        patient=patient,
        payer=payer,
        amount_cents=0 if is_done else int(cents),
        billed_cents=int(cents) * 2 + 1250,
        service_date=TODAY - timedelta(days=int(age)),
        age_days=int(age),
        due_days=None if is_done or at % 3 else int(due) - 4,
        is_chosen=at == 0,
    )


def _filter(name: str, words: str, *options: str) -> Filter:
    values = (Option(option.lower(), option) for option in options)
    return Filter(name=name, words=words, options=(Option("", "any"), *values))


def _sorting(column: str) -> Sorting:
    names = (
        "stage",
        "claim",
        "client",
        "patient",
        "payer",
        "reason",
        "amount",
        "age",
        "due",
        "service",
        "billed",
    )
    return Sorting(column=column, hrefs={name: f"?sort={name}" for name in names})


def _cents(charge: int, allowed: int, paid: int, patient: int, left: int) -> dict[str, int]:
    return {
        "charge_cents": charge,
        "allowed_cents": allowed,
        "paid_cents": paid,
        "patient_cents": patient,
        "open_cents": left,
    }


def _step(shape: Shape, words: str, age: int) -> Step:
    return Step(shape=shape, words=words, on_date=TODAY - timedelta(days=age), age_days=age)
