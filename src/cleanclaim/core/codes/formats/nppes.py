"""The national provider registry: its monthly file, columns by name, rows one at a time.

Source: CMS, NPPES Data Dissemination, `npidata_pfile_YYYYMMDD-YYYYMMDD.csv`.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.columns import read_columns
from cleanclaim.core.codes.formats.source import Batch, Source, Span, refuse
from cleanclaim.core.codes.records import NppesProvider
from cleanclaim.core.codes.release import Table
from cleanclaim.kernel import npi
from cleanclaim.kernel.dates import parse_ccyymmdd

_TAXONOMIES = range(1, 16)
_DAYS_GOOD = 62  # the file is monthly; one may be late
_DAYS = re.compile(r"(\d{8})-(\d{8})")
COLUMNS: Final = {
    "npi": ("NPI",),
    "entity": ("ENTITY TYPE CODE",),
    "organization": ("PROVIDER ORGANIZATION NAME (LEGAL BUSINESS NAME)",),
    "last": ("PROVIDER LAST NAME (LEGAL NAME)",),
    "first": ("PROVIDER FIRST NAME",),
    "state": ("PROVIDER BUSINESS PRACTICE LOCATION ADDRESS STATE NAME",),
    "zip": ("PROVIDER BUSINESS PRACTICE LOCATION ADDRESS POSTAL CODE",),
    "enumerated": ("PROVIDER ENUMERATION DATE",),
    "reason": ("NPI DEACTIVATION REASON CODE",),
    "deactivated": ("NPI DEACTIVATION DATE",),
    "reactivated": ("NPI REACTIVATION DATE",),
    **{
        f"taxonomy_{n}{'' if n == 1 else '?'}": (f"HEALTHCARE PROVIDER TAXONOMY CODE_{n}",)
        for n in _TAXONOMIES
    },
    **{
        f"primary_{n}{'' if n == 1 else '?'}": (f"HEALTHCARE PROVIDER PRIMARY TAXONOMY SWITCH_{n}",)
        for n in _TAXONOMIES
    },
}


def read_nppes(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read the registry; a deactivated provider keeps only the NPI and the days.

    Raises:
        Refusal: Another layout, an NPI with a wrong check digit, no days in the name.
    """
    named = _DAYS.search(sources[0].name)
    if given is None:
        if not named:
            raise refuse(sources[0], "its name does not say its days: say --from and --to.")
        last = parse_ccyymmdd(named[2])
        given = Span(parse_ccyymmdd(named[1]), last + timedelta(days=_DAYS_GOOD))
    rows = read_columns(sources[0], COLUMNS, _provider, ",")
    title = f"NPPES to {given.last - timedelta(days=_DAYS_GOOD)}"
    return [
        Batch(
            table=Table.PROVIDER,
            rows=rows,
            span=given,
            title=title,
            history_from=date(2005, 5, 23),  # the first day of enumeration
        )
    ]


def _provider(cells: dict[str, str]) -> NppesProvider:
    if not npi.is_valid(cells["npi"]):
        msg = f"{cells['npi']!r} is not an NPI"
        raise ValueError(msg)
    ended = values.day_or_none(cells["deactivated"])
    again = values.day_or_none(cells["reactivated"])
    return NppesProvider(
        npi=cells["npi"],
        entity_type=values.one_of(cells["entity"], "1 2", "entity type"),
        name=cells["organization"] or cells["last"],
        first=cells["first"],
        state=cells["state"],
        zip_code=cells["zip"],
        taxonomies=_taxonomies(cells),
        deactivation_reason=cells["reason"],
        start=again or values.day_or_none(cells["enumerated"]),
        end=ended - timedelta(days=1) if ended and not (again and again >= ended) else None,
    )


def _taxonomies(cells: dict[str, str]) -> tuple[str, ...]:
    found = [
        (cells.get(f"primary_{n}", "") != "Y", n, code)
        for n in _TAXONOMIES
        if (code := cells.get(f"taxonomy_{n}", ""))
    ]
    return tuple(code for _, _, code in sorted(found))
