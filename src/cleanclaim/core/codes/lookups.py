"""All look-ups, written once over one primitive: the rows of a key in a release."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from cleanclaim.core.codes import shapes
from cleanclaim.core.codes.fees import AnesthesiaFactor, Drg, Gpci, PhysicianFee, Price
from cleanclaim.core.codes.records import (
    AddOn,
    ArticleCode,
    ArticleDiagnosis,
    CodeEdits,
    Dated,
    Diagnosis,
    Listed,
    Mue,
    NppesProvider,
    Procedure,
    PtpEdit,
    article_key,
)
from cleanclaim.core.codes.release import Release, Setting, Table, release_for_day
from cleanclaim.core.codes.tables import Missing

PTP_TABLES = {
    Setting.PRACTITIONER: Table.PTP_PRACTITIONER,
    Setting.HOSPITAL: Table.PTP_HOSPITAL,
    Setting.DME: Table.PTP_PRACTITIONER,
}
_MUE = {
    Setting.PRACTITIONER: Table.MUE_PRACTITIONER,
    Setting.HOSPITAL: Table.MUE_HOSPITAL,
    Setting.DME: Table.MUE_DME,
}


class Lookups:
    """`CodeTables` over any store of rows; a store gives `_rows` and, where faster, `ptp`."""

    def __init__(self, set_id: str, releases: Sequence[Release]) -> None:
        self._set_id = set_id
        self._releases = tuple(sorted(releases))
        self._by_table: dict[Table, list[Release]] = {}
        for release in self._releases:
            self._by_table.setdefault(release.table, []).append(release)
        self._by_day: dict[tuple[Table, date], Release | Missing] = {}

    def _rows(self, release: Release, key: str) -> Sequence[Dated]:
        """Give every row of a key, whatever its days."""
        raise NotImplementedError

    @property
    def set_id(self) -> str:
        """See `CodeTables.set_id`."""
        return self._set_id

    @property
    def release_ids(self) -> tuple[str, ...]:
        """See `CodeTables.release_ids`."""
        return tuple(release.release_id for release in self._releases)

    @property
    def releases(self) -> tuple[Release, ...]:
        """Give every release of the set."""
        return self._releases

    def release(self, table: Table, day: date) -> Release | Missing:
        """See `CodeTables.release`."""
        found = self._by_day.get((table, day))
        if found is None:
            loaded = self._by_table.get(table)
            if loaded is None:
                found = Missing.NOT_LOADED
            else:
                found = release_for_day(loaded, day) or Missing.NOT_COVERED
            if len(self._by_day) > 100_000:  # days come from files: no file may fill the memory
                self._by_day.clear()
            self._by_day[table, day] = found
        return found

    def last_day(self, table: Table) -> date | None:
        """See `CodeTables.last_day`."""
        return max((r.last_day for r in self._by_table.get(table, ())), default=None)

    def rows_of(self, table: Table, key: str, day: date) -> tuple[Dated, ...] | Missing:
        """Give every row of a key that holds on a day, never an empty tuple."""
        release = self.release(table, day)
        if isinstance(release, Missing):
            return release
        rows = self._rows(release, key)
        if not rows:
            return Missing.UNKNOWN if release.is_complete else Missing.NOT_LOADED
        return tuple(row for row in rows if row.holds_on(day)) or Missing.NOT_ON_DAY

    def _one(self, table: Table, key: str, day: date) -> Dated | Missing:
        release = self.release(table, day)
        if isinstance(release, Missing):
            return release
        rows = self._rows(release, key)
        for row in rows:
            if row.holds_on(day):
                return row
        if rows:
            return Missing.NOT_ON_DAY
        return Missing.UNKNOWN if release.is_complete else Missing.NOT_LOADED

    def listed(self, table: Table, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.listed`."""
        return cast("Listed | Missing", self._one(table, code, day))

    def diagnosis(self, code: str, day: date) -> Diagnosis | Missing:
        """See `CodeTables.diagnosis`."""
        return cast("Diagnosis | Missing", self._one(Table.DIAGNOSIS, code, day))

    def diagnosis_path(self, code: str, day: date) -> tuple[Diagnosis, ...]:
        """See `CodeTables.diagnosis_path`."""
        path: list[Diagnosis] = []
        found = self.diagnosis(code, day)
        while found:
            path.append(found)
            above = found.parent
            table = Table.DIAGNOSIS if shapes.is_diagnosis(above) else Table.DIAGNOSIS_GROUP
            key = above.replace("-", "")
            found = cast("Diagnosis | Missing", self._one(table, key, day))
        return tuple(path)

    def poa_exempt(self, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.poa_exempt`."""
        return self.listed(Table.POA_EXEMPT, code, day)

    def inpatient_procedure(self, code: str, day: date) -> Procedure | Missing:
        """See `CodeTables.inpatient_procedure`."""
        return cast("Procedure | Missing", self._one(Table.PCS, code, day))

    def procedure(self, code: str, day: date) -> Procedure | Missing:
        """See `CodeTables.procedure`."""
        if shapes.is_hcpcs(code):
            table = Table.HCPCS
        elif shapes.is_cpt(code):
            table = Table.CPT
        elif shapes.is_cdt(code):
            table = Table.CDT
        else:
            return Missing.UNKNOWN
        return cast("Procedure | Missing", self._one(table, code, day))

    def modifier(self, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.modifier`."""
        is_cpt = code[:1].isdigit() or (code[:1] == "P" and code[1:] in "123456")
        return self.listed(Table.CPT_MODIFIER if is_cpt else Table.MODIFIER, code, day)

    def ptp(self, column_1: str, column_2: str, day: date, setting: Setting) -> PtpEdit | Missing:
        """See `CodeTables.ptp`."""
        found = self.rows_of(PTP_TABLES[setting], column_1 + column_2, day)
        if isinstance(found, Missing):
            return found
        edits = cast("tuple[PtpEdit, ...]", found)
        return next((e for e in edits if e.start is None or e.start != e.end), Missing.NOT_ON_DAY)

    def mue(self, code: str, day: date, setting: Setting) -> Mue | Missing:
        """See `CodeTables.mue`."""
        return cast("Mue | Missing", self._one(_MUE[setting], code, day))

    def addon(self, code: str, day: date) -> AddOn | Missing:
        """See `CodeTables.addon`."""
        return cast("AddOn | Missing", self._one(Table.ADD_ON, code, day))

    def physician_fee(self, code: str, modifier: str, day: date) -> PhysicianFee | Missing:
        """See `CodeTables.physician_fee`."""
        found = self._one(Table.PHYSICIAN_FEE, code + modifier, day)
        return cast("PhysicianFee | Missing", found)

    def gpci(self, locality: str, day: date) -> Gpci | Missing:
        """See `CodeTables.gpci`."""
        return cast("Gpci | Missing", self._one(Table.GPCI, locality, day))

    def anesthesia(self, locality: str, day: date) -> AnesthesiaFactor | Missing:
        """See `CodeTables.anesthesia`."""
        return cast("AnesthesiaFactor | Missing", self._one(Table.ANESTHESIA, locality, day))

    def lab_fee(self, code: str, modifier: str, day: date) -> Price | Missing:
        """See `CodeTables.lab_fee`."""
        return cast("Price | Missing", self._one(Table.LAB_FEE, code + modifier, day))

    def drug_price(self, code: str, day: date) -> Price | Missing:
        """See `CodeTables.drug_price`."""
        return cast("Price | Missing", self._one(Table.DRUG_PRICE, code, day))

    def opps(self, code: str, day: date) -> Price | Missing:
        """See `CodeTables.opps`."""
        return cast("Price | Missing", self._one(Table.OPPS, code, day))

    def place_of_service(self, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.place_of_service`."""
        return self.listed(Table.PLACE_OF_SERVICE, code, day)

    def carc(self, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.carc`."""
        return self.listed(Table.CARC, code, day)

    def rarc(self, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.rarc`."""
        return self.listed(Table.RARC, code, day)

    def taxonomy(self, code: str, day: date) -> Listed | Missing:
        """See `CodeTables.taxonomy`."""
        return self.listed(Table.TAXONOMY, code, day)

    def drg(self, code: str, day: date) -> Drg | Missing:
        """See `CodeTables.drg`."""
        return cast("Drg | Missing", self._one(Table.DRG, code, day))

    def code_edits(self, kind: str, code: str, day: date) -> CodeEdits | Missing:
        """See `CodeTables.code_edits`."""
        return cast("CodeEdits | Missing", self._one(Table.CODE_EDITS, kind + code, day))

    def coverage(self, procedure: str, day: date) -> tuple[ArticleCode, ...] | Missing:
        """See `CodeTables.coverage`."""
        return cast(
            "tuple[ArticleCode, ...] | Missing", self.rows_of(Table.COVERAGE, procedure, day)
        )

    def coverage_diagnosis(
        self, article_id: str, diagnosis: str, day: date
    ) -> ArticleDiagnosis | Missing:
        """See `CodeTables.coverage_diagnosis`."""
        found = self._one(Table.COVERAGE_DIAGNOSIS, article_key(article_id, diagnosis), day)
        return cast("ArticleDiagnosis | Missing", found)

    def provider(self, npi: str, day: date) -> NppesProvider | Missing:
        """See `CodeTables.provider`."""
        return cast("NppesProvider | Missing", self._one(Table.PROVIDER, npi, day))
