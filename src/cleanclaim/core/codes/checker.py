"""The code tables as the X12 checker asks for them: a system, a code, a day in eight digits."""

from collections.abc import Callable
from datetime import date

from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import CodeTables, Missing
from cleanclaim.kernel.dates import parse_ccyymmdd

_LISTS = {
    "admission-source": Table.ADMISSION_SOURCE,
    "admission-type": Table.ADMISSION_TYPE,
    "bill-type": Table.TYPE_OF_BILL,
    "carc": Table.CARC,
    "entity": Table.ENTITY,
    "patient-status": Table.DISCHARGE_STATUS,
    "pos": Table.PLACE_OF_SERVICE,
    "rarc": Table.RARC,
    "revenue": Table.REVENUE,
    "service-type": Table.SERVICE_TYPE,
    "state": Table.STATE,
    "status": Table.CLAIM_STATUS,
    "status-category": Table.CLAIM_STATUS_CATEGORY,
    "taxonomy": Table.TAXONOMY,
}


class CheckerCodes:
    """Answers `has` from code tables; None where nothing was checked, so that shapes decide.

    >>> from cleanclaim.core.codes.memory import MemoryTables
    >>> from cleanclaim.core.codes.records import Listed
    >>> codes = CheckerCodes(MemoryTables({Table.CARC: [Listed(code="45")]}))
    >>> codes.has("carc", "45", "20261122"), codes.has("carc", "46", "20261122")
    (True, False)
    >>> codes.has("rarc", "N1", "20261122") is None, codes.has("carc", "45", "") is None
    (True, True)
    """

    def __init__(self, tables: CodeTables) -> None:
        self._tables = tables
        self._asked: dict[str, Callable[[str, date], object]] = {
            "icd10pcs": tables.inpatient_procedure,
            "hcpcs": tables.procedure,
            "cdt": tables.procedure,
            "modifier": tables.modifier,
            "drg": tables.drg,
        }

    def has(self, system: str, code: str, on: str) -> bool | None:
        """Say whether a code is valid on a day.

        Args:
            system: A system of the checker.
            code: As it stands in the file.
            on: CCYYMMDD, or nothing.

        Returns:
            None for a system that is none of these tables, without a day, or where the table
            does not cover it. A diagnosis that is not billable is not valid.
        """
        try:
            day = parse_ccyymmdd(on)
        except ValueError:
            return None
        if system == "icd10cm":
            found = self._tables.diagnosis(code, day)
            return found.is_billable if found else _said(found)
        if system in _LISTS:
            return _said(self._tables.listed(_LISTS[system], code, day))
        asked = self._asked.get(system)
        return None if asked is None else _said(asked(code, day))


def _said(found: object) -> bool | None:
    if isinstance(found, Missing):
        return None if found.is_unchecked else False
    return True
