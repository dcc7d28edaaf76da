"""HCPCS level II and its modifiers; CPT and CDT from the customer's licensed files.

Source: CMS, HCPCS contractor record layout, 320 characters (here counted from 0).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cleanclaim.core.codes import shapes
from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.source import (
    Batch,
    Problems,
    Source,
    Span,
    quarter_of,
    refuse,
    span_of,
    whole_lines,
    year_from,
)
from cleanclaim.core.codes.records import Listed, Procedure
from cleanclaim.core.codes.release import Table

_RECORD_LENGTH: Final = 320
_FIRST, _REST, _MODIFIER_FIRST, _MODIFIER_REST = "3", "4", "7", "8"
HCPCS_FIELDS: Final = {
    "short": (91, 119),
    "pricing_code": (119, 121),
    "multiple_pricing_code": (127, 128),
    "statute": (170, 180),
    "lab_certification": (180, 183),
    "cross_reference": (204, 209),
    "coverage_code": (229, 230),
    "asc_group": (230, 232),
    "betos": (256, 259),
    "type_of_service": (260, 261),
}


def read_hcpcs(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read a HCPCS file of 320-character records, codes and modifiers.

    A long description goes on over continuation records. Ended codes stay in the file with their
    dates, so the release answers for days before its own quarter too.

    Raises:
        Refusal: A record of another kind or out of sequence, a code added after the release.
    """
    source = sources[0]
    span = span_of(sources, (), quarter_of, given)
    procedures: dict[str, Procedure] = {}
    modifiers: dict[str, Listed] = {}
    problems = Problems(source)
    for number, line, long in _joined(source, problems):
        try:
            if line[10] == _FIRST:
                row = _procedure(line, long)
                if row.added is not None and row.added > span.last:
                    problems.add(number, f"years are mixed: {row.code} is added on {row.added}")
                procedures[row.code] = row
            else:
                modifier = _modifier(line, long)
                modifiers[modifier.code] = modifier
        except ValueError as error:
            problems.add(number, str(error))
    problems.settle()
    if not procedures:
        raise refuse(source, "it holds no record of kind 3: another layout.")
    title = f"HCPCS level II from {span.first}"
    history = span.first.replace(year=span.first.year - 6)
    batches: tuple[tuple[Table, Sequence[Procedure | Listed]], ...] = (
        (Table.HCPCS, list(procedures.values())),
        (Table.MODIFIER, list(modifiers.values())),
    )
    return [
        Batch(table=table, rows=rows, span=span, title=title, history_from=history)
        for table, rows in batches
        if rows
    ]


def _joined(source: Source, problems: Problems) -> Iterator[tuple[int, str, str]]:
    """Give each first record with the long description of all its records."""
    held: tuple[int, str, list[str]] | None = None
    for number, line in whole_lines(source):
        if not line.strip():
            continue
        kind = line[10:11]
        if len(line) > _RECORD_LENGTH or kind not in ("3", "4", "7", "8") or len(line) < 120:
            problems.add(number, f"{line[:12]!r} of {len(line)} characters is no HCPCS record")
            continue
        if kind in (_REST, _MODIFIER_REST):
            if held is None or held[1][:5] != line[:5]:
                problems.add(number, f"a continuation of {line[:5]!r} without its first record")
            else:
                held[2].append(line[11:91])
            continue
        if held:
            yield held[0], held[1], _words(held[2])
        held = (number, line.ljust(_RECORD_LENGTH), [line[11:91]])
    if held:
        yield held[0], held[1], _words(held[2])


def _words(parts: Sequence[str]) -> str:
    return " ".join("".join(part.ljust(80) for part in parts).split())


def _procedure(line: str, long: str) -> Procedure:
    fields = {name: line[a:b].strip() for name, (a, b) in HCPCS_FIELDS.items()}
    added = values.day_or_none(line[268:276].strip())
    units = line[265:268].strip()
    return Procedure(
        code=values.procedure_code(line[:5]),
        short=fields["short"],
        long=long,
        pricing_code=fields["pricing_code"],
        multiple_pricing_code=fields["multiple_pricing_code"],
        coverage_code=fields["coverage_code"],
        betos=fields["betos"],
        type_of_service=fields["type_of_service"],
        lab_certification=fields["lab_certification"],
        cross_reference=fields["cross_reference"],
        asc_group=fields["asc_group"],
        statute=fields["statute"],
        base_units=int(units) if units else 0,
        added=added,
        action_date=values.day_or_none(line[276:284].strip()),
        action_code=values.one_of(line[292:293].strip(), "A B C D F N P R S T", "action code"),
        start=added,
        end=values.day_or_none(line[284:292].strip()),
    )


def _modifier(line: str, long: str) -> Listed:
    code = line[3:5].strip()
    if not shapes.is_modifier(code):
        msg = f"{code!r} is not a modifier"
        raise ValueError(msg)
    return Listed(
        code=code,
        words=long or line[91:119].strip(),
        start=values.day_or_none(line[268:276].strip()),
        end=values.day_or_none(line[284:292].strip()),
    )


_LICENSED = re.compile(r"(?P<code>[0-9D][0-9]{3}[0-9FTUMA])[\t ,|]+\"?(?P<words>\S.*?)\"?\s*")


def read_licensed(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read the customer's CPT or CDT descriptions: a code and its text on every line.

    Short, medium and long files may be given together; the longest text becomes the long one.
    Lines before the first code are the publisher's notice.

    Raises:
        Refusal: A line after the first that begins with no code; codes of both sets.
    """
    span = span_of(sources, (), year_from, given)
    texts: dict[str, list[str]] = {}
    for source in sources:
        problems, begun = Problems(source), False
        for number, line in whole_lines(source):
            match = _LICENSED.fullmatch(line)
            if match:
                begun = True
                texts.setdefault(match["code"], []).append(match["words"])
            elif begun and line.strip():
                problems.add(number, f"{line[:8]!r} does not begin with a code")
        problems.settle()
        if not begun:
            raise refuse(source, "no line begins with a code and its text.")
    kinds = {Table.CDT if shapes.is_cdt(code) else Table.CPT for code in texts}
    if len(kinds) > 1:
        raise refuse(sources[0], "it holds CPT and CDT codes: load them apart.")
    table = kinds.pop()
    rows = [
        Procedure(code=code, short=min(words, key=len), long=max(words, key=len))
        for code, words in texts.items()
    ]
    title = f"{table.upper()} of {span.first.year}, licensed to this installation"
    return [Batch(table=table, rows=rows, span=span, title=title)]
