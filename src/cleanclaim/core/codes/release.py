"""Tables, their releases, and which release answers for a day."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import final

import msgspec


class Table(StrEnum):
    """The code tables; a value is the name on the command line and in the state folder."""

    __hash__ = str.__hash__  # an enum's own is Python and stands in the way of every look-up

    DIAGNOSIS = "icd10cm"
    DIAGNOSIS_GROUP = "icd10cm-groups"
    POA_EXEMPT = "poa-exempt"
    PCS = "icd10pcs"
    HCPCS = "hcpcs"
    CPT = "cpt"
    CDT = "cdt"
    MODIFIER = "modifiers"
    CPT_MODIFIER = "cpt-modifiers"
    PTP_PRACTITIONER = "ptp-practitioner"
    PTP_HOSPITAL = "ptp-hospital"
    MUE_PRACTITIONER = "mue-practitioner"
    MUE_HOSPITAL = "mue-hospital"
    MUE_DME = "mue-dme"
    ADD_ON = "add-on"
    PHYSICIAN_FEE = "physician-fee"
    GPCI = "gpci"
    ANESTHESIA = "anesthesia"
    LAB_FEE = "lab-fee"
    DRUG_PRICE = "drug-price"
    OPPS = "opps"
    PLACE_OF_SERVICE = "place-of-service"
    TAXONOMY = "taxonomy"
    REVENUE = "revenue"
    TYPE_OF_BILL = "type-of-bill"
    CONDITION = "condition"
    OCCURRENCE = "occurrence"
    OCCURRENCE_SPAN = "occurrence-span"
    VALUE = "value"
    DISCHARGE_STATUS = "discharge-status"
    ADMISSION_TYPE = "admission-type"
    ADMISSION_SOURCE = "admission-source"
    CARC = "carc"
    RARC = "rarc"
    ADJUSTMENT_GROUP = "adjustment-group"
    CLAIM_STATUS_CATEGORY = "claim-status-category"
    CLAIM_STATUS = "claim-status"
    ENTITY = "entity"
    SERVICE_TYPE = "service-type"
    FILING_INDICATOR = "filing-indicator"
    STATE = "state"
    TELEHEALTH = "telehealth"
    CLIA_WAIVED = "clia-waived"
    DRG = "ms-drg"
    CODE_EDITS = "mce"
    COVERAGE = "coverage"
    COVERAGE_DIAGNOSIS = "coverage-diagnosis"
    PROVIDER = "nppes"


class Setting(StrEnum):
    """Which of the tables of NCCI binds a claim."""

    __hash__ = str.__hash__

    PRACTITIONER = "practitioner"
    HOSPITAL = "hospital"
    DME = "dme"


@final
class Release(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One release of one table.

    Args:
        table: Of which table.
        release_id: Unique in the installation, for example `icd10cm-2026-04-01-1f0c9a`.
        first_day: First day on which it is the release in force.
        last_day: Last day for which it can be asked; the day its successor is due, less one.
        history_from: First day for which it can be asked: before `first_day` where the file
            keeps ended rows with their dates.
        title: What the file calls itself, for people.
        rows: How many rows.
        is_complete: False for a shipped excerpt: what it does not hold is unchecked, not unknown.
        source: Names and digests of the files that it was made from.
    """

    table: Table
    release_id: str
    first_day: date
    last_day: date
    history_from: date
    title: str = ""
    rows: int = 0
    is_complete: bool = True
    source: tuple[str, ...] = ()


def release_for_day(releases: Iterable[Release], day: date) -> Release | None:
    """Choose the release that answers for a day.

    The newest that was in force on the day; where none was, the earliest later one that keeps
    rows of the past. Of two that begin alike the one that reaches further wins.

    Args:
        releases: Of one table.
        day: The date of service.

    Returns:
        The release, or None if no release covers the day.
    """
    covering = [r for r in releases if r.history_from <= day <= r.last_day]
    in_force = [r for r in covering if r.first_day <= day]
    if in_force:
        return max(in_force, key=lambda r: (r.first_day, r.is_complete, r.last_day, r.release_id))
    return min(covering, key=lambda r: (r.first_day, r.release_id), default=None)
