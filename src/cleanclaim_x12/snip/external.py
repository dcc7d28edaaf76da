"""SNIP 5: codes of external lists, segment by segment, whatever the transaction."""

from collections.abc import Callable

from cleanclaim_x12.grammar.machine import qualifiers_of
from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.guides.notation import Usage
from cleanclaim_x12.snip.cells import Cell
from cleanclaim_x12.snip.claim_situations import separator
from cleanclaim_x12.snip.codes import Codes, zip_fits_state

_DIAGNOSIS = {
    **dict.fromkeys(("ABK", "ABF", "ABJ", "APR", "ABN"), "icd10cm"),
    **dict.fromkeys(("BK", "BF", "BJ", "PR", "BN"), "icd9cm"),
}
_PROCEDURES = {
    **dict.fromkeys(("BBR", "BBQ"), "icd10pcs"),
    **dict.fromkeys(("BR", "BQ"), "icd9pcs"),
}
_NUBC = {"BG": "nubc", "BH": "nubc", "BI": "nubc", "BE": "nubc"}
_PRODUCTS = {"HC": "hcpcs", "AD": "cdt", "HP": "hipps"}
_FINDING = {
    "icd10cm": "X12-CODE-DIAGNOSIS",
    "icd9cm": "X12-CODE-DIAGNOSIS",
    "icd10pcs": "X12-CODE-ICD-PROCEDURE",
    "icd9pcs": "X12-CODE-ICD-PROCEDURE",
    "hcpcs": "X12-CODE-PROCEDURE",
    "cdt": "X12-CODE-PROCEDURE",
    "hipps": "X12-CODE-PROCEDURE",
    "carc": "X12-CODE-CARC",
    "rarc": "X12-CODE-RARC",
    "nubc": "X12-CODE-NUBC",
    "status": "X12-CODE-STATUS",
    "status-category": "X12-CODE-STATUS",
    "entity": "X12-CODE-ENTITY",
    "service-type": "X12-CODE-SERVICE",
    "admission-type": "X12-CODE-ADMISSION",
    "admission-source": "X12-CODE-ADMISSION",
    "patient-status": "X12-CODE-ADMISSION",
}
_STATUS_ENTITY = {  # entity code of an NPI in the STC of a claim acknowledgement
    "85": "85", "82": "82", "77": "77", "71": "71", "72": "72", "DN": "DN", "DK": "DK", "DQ": "DQ",
    "P3": "P3",
}  # fmt: skip
_MOST_REMEMBERED = 20_000
_REFERENCES = {"LU": "", "EI": "ein", "SY": "ssn", "X4": "clia", "F4": "clia", "LX": "ide"}


class External:
    """Checks the codes of segments against the tables."""

    def __init__(self, codes: Codes, repetition: str = "^") -> None:
        self.codes = codes
        self.repetition = repetition or "^"
        self.right: set[str] = set()  # composites that were found right
        self.rules = {
            "NM1": self._nm1, "N1": self._n1, "PRV": self._prv, "N4": self._n4, "HI": self._hi,
            "SV1": self._sv1, "SV2": self._sv2, "SV3": self._sv3, "SV5": self._sv5,
            "SVC": self._svc, "SVD": self._svd, "CLM": self._clm, "CAS": self._cas,
            "MOA": self._moa, "MIA": self._mia, "LQ": self._lq, "STC": self._stc, "BPR": self._bpr,
            "CUR": self._cur, "REF": self._ref, "LIN": self._lin, "CL1": self._cl1, "EQ": self._eq,
            "EB": self._eb, "PER": self._per, "TOO": self._too, "PLB": self._plb, "CLP": self._clp,
        }  # fmt: skip

    def rule_for(self, usage: Usage) -> Callable[[Cell, str], list[Noted]] | None:
        """Give the rule that can find anything in a segment at this place, or None."""
        if usage.tag == "REF" and not qualifiers_of(usage) & _REFERENCES.keys():
            return None
        if usage.tag == "NM1":
            use = usage.elements[7]
            return self._nm1 if use is not None and "XX" in use.codes else None
        return self.rules.get(usage.tag)

    def _remember(self, composite: str, on: str) -> None:
        """Keep a composite that was right, where it is right whatever the date."""
        if not on:
            if len(self.right) >= _MOST_REMEMBERED:
                self.right.clear()
            self.right.add(composite)

    def _code(
        self, cell: Cell, system: str, value: str, element: int, component: int, on: str
    ) -> list[Noted]:
        if not value or self.codes.has(system, value, on):
            return []
        code = _FINDING.get(system) or f"X12-CODE-{system.upper()}"
        return [cell.note(code, element, component, found=value)]

    # -- parties --------------------------------------------------------------------------------

    def _nm1(self, cell: Cell, on: str) -> list[Noted]:
        parts = cell.parts
        if len(parts) < 10 or not parts[9]:
            return []
        if parts[8] == "XX" and not self.codes.has("npi", parts[9], on):
            entity = _STATUS_ENTITY.get(parts[1], "1P")
            return [cell.note("X12-CODE-NPI", 9, status=f"A7:562:{entity}")]
        return []

    def _n1(self, cell: Cell, on: str) -> list[Noted]:
        if cell[3] == "XX":
            return self._code(cell, "npi", cell[4], 4, 0, on)
        return self._code(cell, "ein", cell[4], 4, 0, on) if cell[3] == "FI" else []

    def _prv(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "taxonomy", cell[3], 3, 0, on) if cell[2] == "PXC" else []

    def _n4(self, cell: Cell, on: str) -> list[Noted]:
        country = cell[4]
        if country and not self.codes.has("country", country[:2], on):
            return [cell.note("X12-CODE-COUNTRY", 4)]
        if country not in ("", "US"):
            return []
        found = self._code(cell, "state", cell[2], 2, 0, on)
        canadian = cell[3][:1].isalpha()
        if not canadian:
            found += self._code(cell, "zip", cell[3], 3, 0, on)
            if not found and cell[2] and cell[3] and not zip_fits_state(cell[3], cell[2]):
                found.append(cell.note("X12-CODE-ZIP-STATE", 3, expected=f"a ZIP of {cell[2]}"))
            elif not found and cell[3][5:] == "0000":
                found.append(cell.note("X12-CODE-ZIP-ZEROS", 3))
        return found

    def _per(self, cell: Cell, on: str) -> list[Noted]:
        found = []
        for at in (3, 5, 7):
            value = cell[at + 1]
            if cell[at] in ("TE", "FX") and value:
                digits = "".join(char for char in value if char.isdigit())
                ten = digits[1:] if len(digits) == 11 and digits[0] == "1" else digits
                found += self._code(cell, "phone", ten or value, at + 1, 0, on)
        return found

    def _ref(self, cell: Cell, on: str) -> list[Noted]:
        if cell[1] == "LU" and cell.loop == "2300":  # where the accident was
            return self._code(cell, "state", cell[2], 2, 0, on)
        system = _REFERENCES.get(cell[1])
        if not system or (system == "ide" and cell.loop != "2300"):
            return []
        return self._code(cell, system, cell[2].replace("-", ""), 2, 0, on)

    # -- claims ---------------------------------------------------------------------------------

    def _clm(self, cell: Cell, on: str) -> list[Noted]:
        plain = cell[5] if not cell[11] else ""
        if plain and plain in self.right and not on:
            return []
        parts = cell[5].split(separator(cell[5]))
        kind = parts[1] if len(parts) > 1 else ""
        system = "bill-type" if kind == "A" else "pos"
        found = self._code(cell, system, parts[0], 5, 1, on)
        if len(parts) > 2:
            found += self._code(cell, "frequency", parts[2], 5, 3, on)
        cause = cell[11].split(separator(cell[11])) if cell[11] else []
        if len(cause) > 3 and cause[3]:
            found += self._code(cell, "state", cause[3], 11, 4, on)
        if plain and not found:
            self._remember(plain, on)
        return found

    def _hi(self, cell: Cell, on: str) -> list[Noted]:
        found: list[Noted] = []
        mark = ""
        for at, composite in enumerate(cell.parts[1:], 1):
            if composite in self.right and not on:
                continue
            mark = mark or separator(cell[1])
            part = composite.split(mark)
            if len(part) < 2:
                continue
            qualifier = part[0]
            system = _DIAGNOSIS.get(qualifier) or _PROCEDURES.get(qualifier) or _NUBC.get(qualifier)
            if qualifier == "DR":
                system = "drg"
            elif qualifier in ("BP", "BO"):
                system = "hcpcs"
            if system is None or self.codes.has(system, part[1], on):
                self._remember(composite, on)
                continue
            status = "A7:254;A7:700" if qualifier in ("ABK", "BK") else ""
            code = _FINDING.get(system, f"X12-CODE-{system.upper()}")
            found.append(cell.note(code, at, 2, found=part[1], status=status))
        return found

    def _product(self, cell: Cell, element: int, on: str) -> list[Noted]:
        """Check a composite of qualifier, code and modifiers."""
        text = cell[element]
        if not text or (text in self.right and not on):
            return []
        part = text.split(separator(text))
        if len(part) < 2:
            return []
        system = _PRODUCTS.get(part[0])
        if part[0] == "N4":
            system = "ndc"
        found = self._code(cell, system, part[1], element, 2, on) if system else []
        for at in range(2, min(6, len(part))):
            modifier = part[at]
            if modifier and not self.codes.has("modifier", modifier, on):
                found.append(cell.note("X12-CODE-MODIFIER", element, at + 1, found=modifier))
            elif modifier and modifier in part[2:at]:
                note = cell.note("X12-CODE-MODIFIER-TWICE", element, at + 1, found=modifier)
                found.append(note)
        if not found:
            self._remember(text, on)
        return found

    def _sv1(self, cell: Cell, on: str) -> list[Noted]:
        return self._product(cell, 1, on) + self._code(cell, "pos", cell[5], 5, 0, on)

    def _sv2(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "revenue", cell[1], 1, 0, on) + self._product(cell, 2, on)

    def _sv3(self, cell: Cell, on: str) -> list[Noted]:
        return self._product(cell, 1, on) + self._code(cell, "pos", cell[3], 3, 0, on)

    def _sv5(self, cell: Cell, on: str) -> list[Noted]:
        return self._product(cell, 1, on)

    def _svd(self, cell: Cell, on: str) -> list[Noted]:
        return self._product(cell, 3, on) + self._code(cell, "revenue", cell[4], 4, 0, on)

    def _svc(self, cell: Cell, on: str) -> list[Noted]:
        found = self._product(cell, 1, on) + self._product(cell, 6, on)
        return found + self._code(cell, "revenue", cell[4], 4, 0, on)

    def _lin(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "ndc", cell[3], 3, 0, on) if cell[2] == "N4" else []

    def _cl1(self, cell: Cell, on: str) -> list[Noted]:
        systems = ("admission-type", "admission-source", "patient-status")
        return [
            note
            for at, system in enumerate(systems, 1)
            for note in self._code(cell, system, cell[at], at, 0, on)
        ]

    def _too(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "tooth", cell[2], 2, 0, on)

    # -- decisions ------------------------------------------------------------------------------

    def _cas(self, cell: Cell, on: str) -> list[Noted]:
        has = self.codes.has
        return [
            cell.note("X12-CODE-CARC", at)
            for at in range(2, len(cell.parts), 3)
            if cell.parts[at] and not has("carc", cell.parts[at], on)
        ]

    def _remarks(self, cell: Cell, elements: tuple[int, ...], on: str) -> list[Noted]:
        return [n for at in elements for n in self._code(cell, "rarc", cell[at], at, 0, on)]

    def _moa(self, cell: Cell, on: str) -> list[Noted]:
        return self._remarks(cell, (3, 4, 5, 6, 7), on)

    def _mia(self, cell: Cell, on: str) -> list[Noted]:
        return self._remarks(cell, (5, 20, 21, 22, 23), on)

    def _lq(self, cell: Cell, on: str) -> list[Noted]:
        return self._remarks(cell, (2,), on) if cell[1] == "HE" else []

    def _stc(self, cell: Cell, on: str) -> list[Noted]:
        found: list[Noted] = []
        for at in (1, 10, 11):
            if not cell[at]:
                continue
            part = cell[at].split(separator(cell[at]))
            systems = zip(("status-category", "status", "entity"), part, strict=False)
            for component, (system, value) in enumerate(systems, 1):
                if component == 2 and len(part) > 3 and part[3]:
                    continue  # another list, named by the fourth component
                found += self._code(cell, system, value, at, component, on)
        return found

    def _bpr(self, cell: Cell, on: str) -> list[Noted]:
        found: list[Noted] = []
        for at in (7, 13):
            if cell[at - 1] == "01":
                found += self._code(cell, "aba", cell[at], at, 0, on)
        return found

    def _cur(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "currency", cell[2], 2, 0, on)

    def _plb(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "npi", cell[1], 1, 0, on) if len(cell[1]) == 10 else []

    def _clp(self, cell: Cell, on: str) -> list[Noted]:
        return self._code(cell, "frequency", cell[9], 9, 0, on)

    # -- eligibility ----------------------------------------------------------------------------

    def _services(self, cell: Cell, element: int, on: str) -> list[Noted]:
        found: list[Noted] = []
        for value in cell[element].split(self.repetition):
            found += self._code(cell, "service-type", value, element, 0, on)
        return found

    def _eq(self, cell: Cell, on: str) -> list[Noted]:
        return self._services(cell, 1, on) + self._product(cell, 2, on)

    def _eb(self, cell: Cell, on: str) -> list[Noted]:
        return self._services(cell, 3, on) + self._product(cell, 13, on)
