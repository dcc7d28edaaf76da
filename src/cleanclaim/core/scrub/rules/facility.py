"""Facility claims: revenue codes, inpatient days."""

from collections.abc import Iterator
from datetime import timedelta

from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import Missing
from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

MANUAL = "CMS Claims Processing Manual, chapters 3, 4 and 25"
OUTPATIENT = ("13", "14", "74", "75", "76", "77", "83", "85")
# Families of revenue codes that an outpatient bill reports with a HCPCS code.
WANTS_CODE: tuple[str, ...] = (
    "030",
    "031",
    "032",
    "033",
    "034",
    "035",
    "036",
    "040",
    "042",
    "043",
    "044",
    "045",
)
WANTS_CODE += ("046", "047", "048", "051", "061", "073", "074", "075", "092", "094")
WANTS_CODE_EXACT = frozenset({"0636"})
STILL_PATIENT = "30"
INTERIM = frozenset({"2", "3"})
COVERED_DAYS, NONCOVERED_DAYS = "80", "81"
WINDOW_DAYS = 3


@rule("REV-001", "Revenue code", BLOCKS, MANUAL, when=Trait.INSTITUTIONAL, needs=(Table.REVENUE,))
def revenue(case: Case) -> Iterator[Hit]:
    """Find lines without a valid revenue code, and outpatient lines that lack their HCPCS code."""
    facts = case.claim.institutional
    outpatient = facts is not None and facts.type_of_bill.startswith(OUTPATIENT)
    for row in case.rows:
        code = row.line.revenue_code
        answer = case.tables.listed(Table.REVENUE, code, row.dos)
        unknown = case.known(Table.REVENUE, answer) is None and answer in {
            Missing.UNKNOWN,
            Missing.NOT_ON_DAY,
        }
        wants = code.startswith(WANTS_CODE) or code in WANTS_CODE_EXACT
        if not code or unknown:
            yield Hit(
                row.place("revenue_code"),
                f"Line {row.number}: revenue code {code or '(none)'} is not valid on {row.dos}. "
                "Choose a valid one.",
                "a valid revenue code",
                code,
            )
        elif outpatient and wants and not row.code:
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: revenue {code} needs a HCPCS code on an outpatient bill. Add "
                "it.",
                "a HCPCS code",
            )


def _days(case: Case, value_code: str) -> int | None:
    """Give the days that a value code reports; value codes hold cents, 100 for a day."""
    facts = case.claim.institutional
    found = [amount for code, amount in (facts.value_codes if facts else ()) if code == value_code]
    return found[0] // 100 if found else None


@rule("INP-001", "Inpatient days and status", WARNS, MANUAL, when=Trait.INSTITUTIONAL)
def inpatient(case: Case) -> Iterator[Hit]:
    """Find discharge status against frequency, covered days against the stay, and the window."""
    facts = case.claim.institutional
    if facts is None or not case.is_inpatient:
        return
    still = facts.discharge_status == STILL_PATIENT
    interim = facts.type_of_bill[2:3] in INTERIM
    if still != interim:
        yield Hit(
            "institutional.discharge_status",
            f"Discharge status {facts.discharge_status} doesn't fit bill type "
            f"{facts.type_of_bill}: 30 (still a patient) goes with interim bills. Correct one.",
            STILL_PATIENT if interim else "a discharge",
            facts.discharge_status,
        )
    covered = _days(case, COVERED_DAYS)
    if covered is not None:
        stay = (facts.statement_to - facts.statement_from).days + still
        reported = covered + (_days(case, NONCOVERED_DAYS) or 0)
        if reported != max(stay, 1):
            yield Hit(
                "institutional.value_codes",
                f"Covered and non-covered days are {reported}, the stay has {max(stay, 1)}. "
                "Correct value codes 80 and 81.",
                str(max(stay, 1)),
                str(reported),
            )
    first = facts.statement_from
    inside = [
        line
        for line in case.past
        if line.billing_npi == case.claim.billing.npi
        and first - timedelta(days=WINDOW_DAYS) <= line.service_date < first
    ]
    if inside and case.is_medicare:
        yield Hit(
            "lines",
            f"{len(inside)} outpatient services of this facility lie in the {WINDOW_DAYS} days "
            f"before {first}. Combine them into this bill.",
            "",
            str(inside[0].service_date),
        )


@rule(
    "TOB-001", "Type of bill", BLOCKS, MANUAL, when=Trait.INSTITUTIONAL, needs=(Table.TYPE_OF_BILL,)
)
def type_of_bill(case: Case) -> Iterator[Hit]:
    """Find facility claims without their facts, or whose bill type and frequency disagree."""
    facts = case.claim.institutional
    if facts is None:
        yield Hit(
            "institutional",
            "A facility claim needs type of bill and statement days. Enter them.",
            "facility facts",
        )
        return
    frequency = facts.type_of_bill[2:3]
    if len(facts.type_of_bill) != 3 or not facts.type_of_bill[:2].isdigit():
        yield Hit(
            "institutional.type_of_bill",
            f"Type of bill {facts.type_of_bill or '(none)'} is not two digits and a frequency. "
            "Correct it.",
            "three characters",
            facts.type_of_bill,
        )
    elif case.claim.frequency_code in {"7", "8"} and frequency != case.claim.frequency_code:
        yield Hit(
            "institutional.type_of_bill",
            f"Type of bill {facts.type_of_bill} ends on {frequency}, the claim's frequency is "
            f"{case.claim.frequency_code}. Make them agree.",
            case.claim.frequency_code,
            frequency,
        )
