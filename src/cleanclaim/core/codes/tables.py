"""The interface to all code tables: every question names the date of service.

A look-up returns a record or one of four `Missing` values, all of them false, so that a rule can
tell "not in the table" from "never checked":

    edit = tables.ptp(first, second, day, Setting.PRACTITIONER)
    if not edit:
        return not_checked(edit) if edit.is_unchecked else ()
"""

from datetime import date
from enum import Enum
from typing import Literal, Protocol

from cleanclaim.core.codes.fees import AnesthesiaFactor, Drg, Gpci, PhysicianFee, Price
from cleanclaim.core.codes.records import (
    AddOn,
    ArticleCode,
    ArticleDiagnosis,
    CodeEdits,
    Diagnosis,
    Listed,
    Mue,
    NppesProvider,
    Procedure,
    PtpEdit,
)
from cleanclaim.core.codes.release import Release, Setting, Table


class Missing(Enum):
    """Why a look-up has no record; every value is false.

    UNKNOWN: the table covers the day and holds no such code at all.
    NOT_ON_DAY: the table covers the day and holds the code, but not on that day.
    NOT_COVERED: releases of the table are loaded, but none covers the day (the newest has ended,
        or the day lies before the first): the code was not checked.
    NOT_LOADED: no release of the table is loaded, or only a shipped excerpt that does not hold
        the code: the code was not checked.
    """

    UNKNOWN = "unknown"
    NOT_ON_DAY = "not_on_day"
    NOT_COVERED = "not_covered"
    NOT_LOADED = "not_loaded"

    def __bool__(self) -> Literal[False]:
        """Be false, as a record is true."""
        return False

    @property
    def is_unchecked(self) -> bool:
        """Say whether nothing was checked: a rule must say so and must not pass silently."""
        return self in (Missing.NOT_COVERED, Missing.NOT_LOADED)


class CodeTables(Protocol):
    """Everything that a rule may ask of the code tables, pure and safe to share.

    Every method returns a record that holds on `day`, or a `Missing` value with the meaning
    above. Codes are given without points and in capitals. One object answers from one set of
    releases for all its life; a newly loaded release needs a new object.
    """

    @property
    def set_id(self) -> str:
        """Name the set of releases: a claim keeps it, so that it can be checked again alike."""
        ...

    @property
    def release_ids(self) -> tuple[str, ...]:
        """Name every release of the set, in order."""
        ...

    def release(self, table: Table, day: date) -> Release | Missing:
        """Give the release that answers for a day; NOT_COVERED or NOT_LOADED otherwise."""
        ...

    def last_day(self, table: Table) -> date | None:
        """Give the last day that any release of a table covers; None if none is loaded.

        Why: a caller who accepts an ended release asks again with `min(day, last_day)` and says so.
        """
        ...

    def listed(self, table: Table, code: str, day: date) -> Listed | Missing:
        """Look a code up in a plain list: places of service, revenue codes, CARC and so on."""
        ...

    def diagnosis(self, code: str, day: date) -> Diagnosis | Missing:
        """Look up an ICD-10-CM code or category; a category is found with `is_billable` False."""
        ...

    def diagnosis_path(self, code: str, day: date) -> tuple[Diagnosis, ...]:
        """Give a code with all that stands above it: category, block, chapter, in this order.

        Notes are inherited: the excludes of a code are those of its whole path. Empty if the code
        itself is missing for any reason; ask `diagnosis` for the reason.
        """
        ...

    def poa_exempt(self, code: str, day: date) -> Listed | Missing:
        """Say whether a diagnosis needs no present-on-admission indicator: a record if exempt."""
        ...

    def inpatient_procedure(self, code: str, day: date) -> Procedure | Missing:
        """Look up an ICD-10-PCS code."""
        ...

    def procedure(self, code: str, day: date) -> Procedure | Missing:
        """Look up a HCPCS, CPT or CDT code, each in its own table by its shape.

        A text of none of these shapes is UNKNOWN. A text of CPT's shape is NOT_LOADED until the
        customer's licensed file is loaded; likewise CDT.
        """
        ...

    def modifier(self, code: str, day: date) -> Listed | Missing:
        """Look up a two-character modifier.

        CPT's (digits first, and `P1`-`P6`) stand in `Table.CPT_MODIFIER`, HCPCS' in
        `Table.MODIFIER`.
        """
        ...

    def ptp(self, column_1: str, column_2: str, day: date, setting: Setting) -> PtpEdit | Missing:
        """Look up the edit of an ordered pair; ask twice for an unordered one.

        UNKNOWN is the ordinary answer: no edit. NOT_ON_DAY: there was or will be one. An edit
        whose deletion is its beginning never held. For `Setting.DME` the practitioner table.
        """
        ...

    def mue(self, code: str, day: date, setting: Setting) -> Mue | Missing:
        """Look up the most units; UNKNOWN where none is published."""
        ...

    def addon(self, code: str, day: date) -> AddOn | Missing:
        """Look up an add-on code; UNKNOWN for a code that is no add-on."""
        ...

    def physician_fee(self, code: str, modifier: str, day: date) -> PhysicianFee | Missing:
        """Look up relative values; modifier empty, `26`, `TC` or `53`.

        A code that has only a row without modifier is UNKNOWN under any other modifier.
        """
        ...

    def gpci(self, locality: str, day: date) -> Gpci | Missing:
        """Look up geographic factors; locality is contractor and locality joined, `0211202`."""
        ...

    def anesthesia(self, locality: str, day: date) -> AnesthesiaFactor | Missing:
        """Look up the anesthesia factor; locality as for `gpci`."""
        ...

    def lab_fee(self, code: str, modifier: str, day: date) -> Price | Missing:
        """Look up a price of the clinical laboratory schedule."""
        ...

    def drug_price(self, code: str, day: date) -> Price | Missing:
        """Look up the payment limit of a drug (ASP)."""
        ...

    def opps(self, code: str, day: date) -> Price | Missing:
        """Look up an outpatient hospital price (Addendum B)."""
        ...

    def place_of_service(self, code: str, day: date) -> Listed | Missing:
        """Look up a place of service."""
        ...

    def carc(self, code: str, day: date) -> Listed | Missing:
        """Look up a claim adjustment reason code."""
        ...

    def rarc(self, code: str, day: date) -> Listed | Missing:
        """Look up a remittance advice remark code."""
        ...

    def taxonomy(self, code: str, day: date) -> Listed | Missing:
        """Look up a provider taxonomy code."""
        ...

    def drg(self, code: str, day: date) -> Drg | Missing:
        """Look up an MS-DRG."""
        ...

    def code_edits(self, kind: str, code: str, day: date) -> CodeEdits | Missing:
        """Look up the Medicare Code Editor; kind `D` or `P`; UNKNOWN for a code without edits."""
        ...

    def coverage(self, procedure: str, day: date) -> tuple[ArticleCode, ...] | Missing:
        """Give all coverage articles that speak of a procedure on a day, never an empty tuple.

        UNKNOWN: no article speaks of it, which is the ordinary case.
        """
        ...

    def coverage_diagnosis(
        self, article_id: str, diagnosis: str, day: date
    ) -> ArticleDiagnosis | Missing:
        """Look a diagnosis up in an article's lists; UNKNOWN if the article does not list it."""
        ...

    def provider(self, npi: str, day: date) -> NppesProvider | Missing:
        """Look up an NPI in the registry; NOT_ON_DAY if it was deactivated before the day."""
        ...
