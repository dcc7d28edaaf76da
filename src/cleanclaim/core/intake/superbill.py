"""The superbill: a CSV with one row for each service line, read into encounters.

Rows of one encounter share its number; what belongs to the encounter is taken from its first
row, and a later row that says otherwise is refused, so nothing is guessed.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from cleanclaim.core.claim import (
    Address,
    ClaimDates,
    ClaimLine,
    Coverage,
    Diagnosis,
    Drug,
    Patient,
    Payer,
    PersonName,
    Provider,
    RelatedCause,
    Subscriber,
)
from cleanclaim.core.intake.cells import (
    BadCellError,
    Row,
    read_cents,
    read_choice,
    read_day,
    read_diagnoses,
    read_modifiers,
    read_npi,
    read_optional,
    read_pointers,
    read_shaped,
    read_text,
    read_units,
    read_yes,
)
from cleanclaim.core.intake.columns import COLUMNS, ENCOUNTER_COLUMNS, REQUIRED
from cleanclaim.core.intake.draft import EncounterDraft, Intake
from cleanclaim.kernel.finding import Finding, Severity

_PROCEDURE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]")
_NDC = re.compile(r"\d{11}")
_ZIP = re.compile(r"\d{5}(?:\d{4})?")


def superbill_template() -> str:
    """Write an empty superbill: the head, and a comment line for each column that explains it.

    >>> superbill_template().splitlines()[-1].split(",")[:2]
    ['encounter_number', 'service_date']
    """
    notes = [
        f"# {column.name}: {'' if column.is_required else 'optional; '}{column.meaning}"
        for column in COLUMNS
    ]
    return "\n".join([*notes, ",".join(column.name for column in COLUMNS), ""])


def read_superbill(text: str) -> Intake:
    r"""Read a superbill into encounters, one finding for each row that can't be read.

    Args:
        text: The whole file; lines that begin with `#` before the head are comments; comma,
            semicolon or tab separates.

    Returns:
        Encounters in the order of their first rows. A head that lacks a required column, or
        holds an unknown one, refuses the whole file, naming the column.

    >>> read_superbill("encounter_number,colour\nE1,red\n").refused[0].code
    'INTAKE-COLUMNS'
    """
    lines = list(StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), newline=""))
    skipped = 0
    while skipped < len(lines) and _is_before_head(lines[skipped]):
        skipped += 1
    head = lines[skipped] if skipped < len(lines) else ""
    separator = max(",;\t", key=head.count)
    try:
        rows = list(_rows(csv.reader(lines[skipped:], delimiter=separator, strict=True), skipped))
    except csv.Error as error:
        return _whole(_unreadable(str(error)), 1)
    names = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    while names and not names[-1]:
        names.pop()
    wrong = _head_finding(names)
    if wrong:
        return _whole(wrong, max(len(rows) - 1, 0))
    if len(rows) == 1:
        return _whole(_unreadable("it has a head and no row"), 0)
    return _read_rows(names, rows[1:])


def _is_before_head(line: str) -> bool:
    """Pass over blank lines, comments and the line by which Excel names its separator."""
    return not line.strip(' \t\r\n;,"') or line.startswith("#") or line.lower().startswith("sep=")


def _whole(finding: Finding, given: int) -> Intake:
    return Intake(given=given, drafts=(), refused=(finding,), refused_rows=given)


def _unreadable(words: str) -> Finding:
    return Finding(
        code="INTAKE-FILE",
        severity=Severity.BLOCKS,
        place="file",
        message=f"The file can't be read as a superbill: {words}. "
        "Compare it with the template: cleanclaim bill --template.",
        expected="rows of the template",
    )


def _rows(reader: Iterable[list[str]], skipped: int) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(reader, skipped + 1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _head_finding(names: list[str]) -> Finding | None:
    known = {column.name for column in COLUMNS}
    missing = [name for name in REQUIRED if name not in names]
    unknown = [name for name in names if name not in known]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if not (missing or unknown or doubled):
        return None
    parts = [
        f"{word} {', '.join(found)}"
        for word, found in (("missing:", missing), ("unknown:", unknown), ("twice:", doubled))
        if found
    ]
    return Finding(
        code="INTAKE-COLUMNS",
        severity=Severity.BLOCKS,
        place="row 1",
        message=f"The head of the file does not fit ({'; '.join(parts)}). "
        "Compare it with the template: cleanclaim bill --template.",
        expected="the columns of the template",
    )


def _read_rows(names: list[str], rows: list[tuple[int, list[str]]]) -> Intake:
    refused: list[Finding] = []
    groups: dict[str, list[tuple[int, Row]]] = {}
    for number, given in rows:
        cells = given[: len(names)] if not any(given[len(names) :]) else given
        if len(cells) != len(names):
            refused.append(
                _finding("INTAKE-ROW", number, f"{len(cells)} cells", f"{len(names)} cells")
            )
            continue
        row = dict(zip(names, (" ".join(cell.split()) for cell in cells), strict=True))
        key = row["encounter_number"]
        if key:
            groups.setdefault(key, []).append((number, row))
        else:
            refused.append(_finding("INTAKE-CELL", number, "encounter_number", "a number"))
    drafts: list[EncounterDraft] = []
    refused_rows = len(refused)
    for group in groups.values():
        draft = _encounter(group, refused)
        if draft:
            drafts.append(draft)
        else:
            # One wrong line holds back its whole encounter: a part of a visit is never billed.
            refused_rows += len(group)
    return Intake(
        given=len(rows), drafts=tuple(drafts), refused=tuple(refused), refused_rows=refused_rows
    )


def _encounter(group: list[tuple[int, Row]], refused: list[Finding]) -> EncounterDraft | None:
    first_number, first = group[0]
    lines: list[ClaimLine] = []
    wrong = _is_repeated(group, refused)
    for ordinal, (number, row) in enumerate(group, 1):
        try:
            for name in ENCOUNTER_COLUMNS:
                if row.get(name, "") not in ("", first.get(name, "")):
                    raise BadCellError(name, f"the same as in row {first_number}")
            line = _line(row, first, ordinal)
            if line:
                lines.append(line)
        except BadCellError as bad:
            wrong = True
            refused.append(_finding("INTAKE-CELL", number, bad.column, bad.expected))
    if wrong:
        return None
    try:
        return _draft(first, tuple(lines), tuple(number for number, _ in group))
    except BadCellError as bad:
        refused.append(_finding("INTAKE-CELL", first_number, bad.column, bad.expected))
        return None


def _is_repeated(group: list[tuple[int, Row]], refused: list[Finding]) -> bool:
    """Refuse a coded row that is another one again: a service given twice says so by its units."""
    seen: dict[tuple[str, ...], int] = {}
    found = False
    for number, row in group:
        first = seen.setdefault(tuple(row.values()), number)
        if first != number and row.get("procedure_code"):
            expected = f"other than in row {first}, or more units there"
            refused.append(_finding("INTAKE-REPEATED", number, "the row", expected))
            found = True
    return found


def _finding(code: str, row: int, column: str, expected: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.BLOCKS,
        place=f"row {row}, {column}",
        message=f"Row {row} is refused: {column} should be {expected}. "
        "Mend the row and give the file again; rows that are already there are not doubled.",
        expected=expected,
    )


def _draft(row: Row, lines: tuple[ClaimLine, ...], places: tuple[int, ...]) -> EncounterDraft:
    patient = Patient(
        name=PersonName(
            last=read_text(row, "patient_last"),
            first=read_text(row, "patient_first"),
            middle=row.get("patient_middle", ""),
        ),
        birth_date=read_day(row, "patient_birth_date"),
        sex=read_choice(row, "patient_sex", "FMU"),
        address=_address(row),
    )
    return EncounterDraft(
        number=row["encounter_number"],
        patient_number=read_text(row, "patient_number"),
        billing_npi=read_npi(row, "billing_npi"),
        rendering=Provider(
            npi=read_npi(row, "rendering_npi"),
            name=row.get("rendering_last", ""),
            first=row.get("rendering_first", ""),
        ),
        referring=_referring(row),
        patient=patient,
        coverages=tuple(_coverages(row, patient)),
        service_date=read_day(row, "service_date"),
        place_of_service=read_shaped(row, "place_of_service", re.compile(r"\d\d"), "two digits"),
        diagnoses=tuple(Diagnosis(code=code) for code in read_diagnoses(row)),
        lines=lines,
        dates=ClaimDates(accident=read_optional(read_day, row, "accident_date")),
        related_causes=_causes(row),
        prior_authorization_number=row.get("prior_authorization_number", ""),
        referral_number=row.get("referral_number", ""),
        patient_paid_cents=read_optional(read_cents, row, "patient_paid") or 0,
        places=places,
    )


def _line(row: Row, first: Row, ordinal: int) -> ClaimLine | None:
    if not row.get("procedure_code"):
        return None
    count = len(read_diagnoses(first))
    pointers = tuple(read_pointers(row, count))
    return ClaimLine(
        line_number=str(ordinal),
        procedure_code=read_shaped(row, "procedure_code", _PROCEDURE, "five characters of HCPCS"),
        charge_cents=read_cents(row, "charge"),
        service_date=read_day(row if row.get("service_date") else first, "service_date"),
        modifiers=tuple(read_modifiers(row)),
        units=read_units(row),
        unit_code=row.get("unit_code") or "UN",
        diagnosis_pointers=pointers or ((1,) if count else ()),
        drug=_drug(row),
        plan_disclosure_restricted=read_yes(row, "self_pay_restricted"),
    )


def _drug(row: Row) -> Drug | None:
    if not row.get("ndc"):
        return None
    unit = row.get("ndc_unit", "").upper()
    if unit not in ("UN", "ML", "GR", "F2", "ME"):
        raise BadCellError("ndc_unit", "UN, ML, GR, F2 or ME")
    return Drug(
        ndc=read_shaped(row, "ndc", _NDC, "eleven digits"),
        quantity=read_units(row, "ndc_quantity"),
        unit_code=unit,
    )


def _coverages(row: Row, patient: Patient) -> Iterator[Coverage]:
    rank = 0
    for prefix in ("primary", "secondary"):
        payer_id = row.get(f"{prefix}_payer_id", "")
        if not payer_id:
            continue
        rank += 1
        relationship = row.get(f"{prefix}_relationship") or "18"
        yield Coverage(
            rank=rank,
            payer=Payer(
                payer_id=payer_id,
                name=row.get(f"{prefix}_payer_name", ""),
                filing_indicator=row.get(f"{prefix}_filing_indicator") or "CI",
            ),
            subscriber=_subscriber(row, prefix, patient, relationship),
            relationship_code=relationship,
            group_number=row.get(f"{prefix}_group_number", ""),
        )


def _subscriber(row: Row, prefix: str, patient: Patient, relationship: str) -> Subscriber:
    member_id = read_text(row, f"{prefix}_member_id")
    if relationship == "18":
        return Subscriber(
            name=patient.name,
            member_id=member_id,
            birth_date=patient.birth_date,
            sex=patient.sex,
            address=patient.address,
        )
    return Subscriber(
        name=PersonName(
            last=read_text(row, f"{prefix}_subscriber_last"),
            first=row.get(f"{prefix}_subscriber_first", ""),
        ),
        member_id=member_id,
    )


def _address(row: Row) -> Address | None:
    if not row.get("patient_address"):
        return None
    return Address(
        line_1=row["patient_address"],
        line_2=row.get("patient_address_2", ""),
        city=read_text(row, "patient_city"),
        state=read_shaped(row, "patient_state", re.compile(r"[A-Z]{2}"), "two letters"),
        zip_code=read_shaped(row, "patient_zip", _ZIP, "five or nine digits"),
    )


def _referring(row: Row) -> Provider | None:
    if not row.get("referring_npi"):
        return None
    return Provider(
        npi=read_npi(row, "referring_npi"),
        name=read_text(row, "referring_last"),
        first=read_text(row, "referring_first"),
    )


def _causes(row: Row) -> tuple[RelatedCause, ...]:
    code = row.get("related_cause", "")
    if not code:
        return ()
    if code not in ("AA", "EM", "OA"):
        raise BadCellError("related_cause", "AA, EM or OA")
    return (RelatedCause(code=code, state=row.get("accident_state", "")),)
