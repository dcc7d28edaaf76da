"""MS-DRG titles and weights, and the Medicare Code Editor's age, sex and other edits.

Source: CMS, MS-DRG Definitions Manual appendix A; IPPS Table 5; Definitions of Medicare Code Edits.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from cleanclaim.core.codes import shapes
from cleanclaim.core.codes.fees import Drg
from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.columns import read_columns, titles_of
from cleanclaim.core.codes.formats.source import (
    Batch,
    Problems,
    Source,
    Span,
    refuse,
    span_of,
    whole_lines,
)
from cleanclaim.core.codes.records import CodeEdits
from cleanclaim.core.codes.release import Table

_FIRST_VERSION_YEAR: Final = 1983  # version 40 is that of fiscal year 2023
_VERSION = re.compile(r"Version\s+(\d\d)", re.IGNORECASE)
_DRG_LINE = re.compile(r"(\d{3}) (\d\d|  ) {2}([PM ]) {2}(\S.*)")
_LAST_DRG = "999"


def _version_span(source: Source, version: str, given: Span | None) -> Span:
    if given is not None:
        return given
    if not version:
        raise refuse(source, "it does not say its version: say --from and --to.")
    return _fiscal(_FIRST_VERSION_YEAR + int(version))


def _fiscal(year: int) -> Span:
    return Span(date(year - 1, 10, 1), date(year, 9, 30))


def read_drg_titles(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read appendix A: number, MDC, medical or surgical, title.

    Raises:
        Refusal: A line of another shape, numbers out of order, no 999 at the end.
    """
    source = sources[0]
    found = _VERSION.search("".join(source.head()))
    rows, problems, last, begun = [], Problems(source), "", False
    for number, line in whole_lines(source):
        if line.startswith("DRG MDC MS"):
            begun = True
            continue
        if not begun or not line.strip():
            continue
        match = _DRG_LINE.fullmatch(line.rstrip())
        if match is None or match[1] <= last:
            problems.add(number, f"{line[:16]!r} is not number, MDC, kind and title in order")
            continue
        last = match[1]
        rows.append(Drg(code=last, mdc=match[2].strip(), kind=match[3].strip(), title=match[4]))
    problems.settle()
    if last != _LAST_DRG:
        raise refuse(source, f"it ends with {last or 'no DRG'} instead of 999: not whole.")
    span = _version_span(source, found[1] if found else "", given)
    return [Batch(table=Table.DRG, rows=rows, span=span, title=f"MS-DRG from {span.first}")]


DRG_COLUMNS: Final = {
    "code": ("MS-DRG",),
    "mdc": ("MDC",),
    "kind": ("TYPE",),
    "title": ("MS-DRG TITLE",),
    "weight": ("WEIGHTS", "RELATIVE WEIGHTS", "WEIGHT*"),
    "geometric": ("GEOMETRIC MEAN LOS",),
    "arithmetic": ("ARITHMETIC MEAN LOS",),
}


def read_drg_weights(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read IPPS Table 5: titles, weights and lengths of stay."""
    titles = titles_of(sources[0], r"(?:FY|FISCAL YEAR)\s*20\d\d")
    span = span_of(sources, titles, lambda day: _fiscal(day.year), given)
    rows = read_columns(sources[0], DRG_COLUMNS, _drg, "\t")
    title = f"MS-DRG weights from {span.first}"
    return [Batch(table=Table.DRG, rows=rows, span=span, title=title)]


def _drg(cells: dict[str, str]) -> Drg | None:
    if not cells["code"][:1].isdigit():
        return None
    return Drg(
        code=values.digits(cells["code"].zfill(3), 3, "MS-DRG"),
        mdc=cells["mdc"],
        kind={"SURG": "P", "MED": "M"}.get(cells["kind"].upper(), ""),
        title=cells["title"].strip('"'),
        weight=values.decimal_or_none(cells["weight"]),
        geometric_days=values.decimal_or_none(cells["geometric"]),
        arithmetic_days=values.decimal_or_none(cells["arithmetic"]),
    )


EDIT_COLUMNS: Final = {
    "version": ("MCE_VERSION",),
    "edit": ("MCE_EDIT_TYPE",),
    "kind": ("ICD_CODE_TYPE",),
    "code": ("ICD_CODE",),
}
AGES: Final = {
    "Newborn_Only": (0, 0),
    "Pediatric_Only": (0, 17),
    "Maternity_Only": (9, 64),
    "Adult_Only": (15, 124),
}
_SEXES: Final = {"Female_Only": "F", "Male_Only": "M"}


def read_code_edits(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read the code editor's lists, one row a code and edit, of one version.

    Raises:
        Refusal: Two versions in one file, a code that is none, a code for both sexes alone.
    """
    source = sources[0]
    edits: dict[tuple[str, str], list[str]] = {}
    versions: set[str] = set()
    for version, edit, kind, code in read_columns(source, EDIT_COLUMNS, _edit, "\t", open_end=True):
        versions.add(version)
        edits.setdefault((kind, code), []).append(edit)
    if len(versions) != 1:
        raise refuse(source, f"versions are mixed: {', '.join(sorted(versions))}.")
    span = _version_span(source, versions.pop(), given)
    rows = list(_folded(source, edits))
    title = f"Medicare Code Editor from {span.first}"
    return [Batch(table=Table.CODE_EDITS, rows=rows, span=span, title=title)]


def _edit(cells: dict[str, str]) -> tuple[str, str, str, str]:
    kind = values.one_of(cells["kind"] or "?", "D P", "kind of code")
    code = cells["code"]
    if not (shapes.is_diagnosis(code) if kind == "D" else shapes.is_pcs(code)):
        msg = f"{code!r} is not a code of kind {kind}"
        raise ValueError(msg)
    return values.digits(cells["version"], 2, "version"), cells["edit"], kind, code


def _folded(source: Source, edits: dict[tuple[str, str], list[str]]) -> Iterator[CodeEdits]:
    for (kind, code), names in edits.items():
        ages = [AGES[name] for name in names if name in AGES]
        sexes = {_SEXES[name] for name in names if name in _SEXES}
        if len(sexes) > 1:
            raise refuse(source, f"{code} is for women only and for men only.")
        yield CodeEdits(
            code=code,
            kind=kind,
            age_low=max((low for low, _ in ages), default=None),
            age_high=min((high for _, high in ages), default=None),
            sex="".join(sexes),
            flags=tuple(name for name in names if name not in AGES and name not in _SEXES),
        )
