"""Code tables: the interface that an application fills, and what is known without one.

An application knows the licensed and dated lists; built in are check digits, shapes and the short
public lists. Where the application answers, its answer stands.
"""

import re
from typing import Any, Protocol

from cleanclaim_x12.snip.code_lists import (
    COUNTRIES,
    CURRENCIES,
    PLACES,
    STATES,
    STATUS_CATEGORIES,
)

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


class CodeTable(Protocol):
    """What an application may know of a code."""

    def has(self, system: str, code: str, on: str) -> bool | None:
        """Say whether a code is valid on a date.

        Args:
            system: One of `SYSTEMS`.
            code: As it stands in the file.
            on: Date of service CCYYMMDD, or nothing where there is none.

        Returns:
            None where the application has no such list.
        """


_LISTS = {
    "state": frozenset(STATES.split()),
    "pos": frozenset(PLACES.split()),
    "country": frozenset(COUNTRIES.split()),
    "currency": frozenset(CURRENCIES.split()),
    "frequency": frozenset("0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q X Y Z".split()),
    "admission-type": frozenset("1 2 3 4 5 9".split()),
    "status-category": frozenset(STATUS_CATEGORIES.split()),
}
_PROCEDURE = "[0-9]{4}[0-9FTUMA]|[A-VX][0-9]{4}|D[0-9]{4}"
_SHAPES = {
    "taxonomy": "[0-9A-Z]{9}X",
    "icd10cm": "[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}",
    "icd9cm": "[0-9]{3}[0-9]{0,2}|V[0-9]{2}[0-9]{0,2}|E[0-9]{3}[0-9]?",
    "icd10pcs": "[0-9A-HJ-NP-Z]{7}",
    "icd9pcs": "[0-9]{2,4}",
    "hcpcs": _PROCEDURE,
    "cdt": "D[0-9]{4}",
    "hipps": "[0-9A-Z]{5}",
    "modifier": "[0-9A-Z]{2}",
    "revenue": "0[0-9]{3}|[12][0-9]{3}|3[01][0-9]{2}",
    "bill-type": "[1-9][0-9]",
    "carc": "[1-9]|[1-9][0-9]|[12][0-9]{2}|3[01][0-9]|[ABDPWY][0-9]{1,2}",
    "rarc": "M[1-9]|M[1-9][0-9]|M1[0-4][0-9]|MA[01][0-9]{1,2}|MA[0-9]{2}|N[1-9][0-9]{0,2}",
    "status": "[0-9]|[1-9][0-9]|[1-8][0-9]{2}",
    "entity": "[0-9A-Z]{2,3}",
    "drg": "[0-9]{3,4}",
    "nubc": "[0-9A-Z]{2}",
    "admission-source": "[0-9A-Z]",
    "patient-status": "[0-9]{1,2}",
    "service-type": "[1-9][0-9]?|[A-Z][0-9A-Z]",
    "zip": "(?!00000)[0-9]{5}(?:[0-9]{4})?",
    "ein": "(?!00|07|08|09|17|18|19|28|29|49|69|70|78|79|89|96|97)[0-9]{9}",
    "ssn": "(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}",
    "mbi": "[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y][0-9]"
    "[AC-HJKMNP-RT-Y]{2}[0-9]{2}",
    "ndc": "(?!0{11})[0-9]{11}",
    "clia": "[0-9]{2}D[0-9]{7}",
    "ide": "[A-Z][0-9]{5,9}",
    "phone": "[0-9]{10}",
    "tooth": "[1-9]|[12][0-9]|3[0-2]|[A-T]|5[1-9]|[67][0-9]|8[0-2]|[A-T]S",
}
_MATCH = {name: re.compile(shape).fullmatch for name, shape in _SHAPES.items()}
SYSTEMS = frozenset({*_SHAPES, *_LISTS, "npi", "aba"})
_MOST_REMEMBERED = 50_000
# The first digits of a ZIP code by state, where they are exclusive to few states.
_ZIP_FIRST = {
    "0": "CT MA ME NH NJ NY PR RI VT VI AE",
    "1": "DE NY PA CT",
    "2": "DC MD NC SC VA WV",
    "3": "AL FL GA MS TN AA",
    "4": "IN KY MI OH",
    "5": "IA MN MT ND SD WI DC",
    "6": "IL KS MO NE",
    "7": "AR LA OK TX",
    "8": "AZ CO ID NM NV UT WY TX",
    "9": "AK AS CA GU HI OR WA MP FM MH PW AP UM",
}

_ZIP_FITS = frozenset(
    (digit, state) for digit, states in _ZIP_FIRST.items() for state in states.split()
)


class Codes:
    """Answers whether codes are valid, and remembers the answers."""

    def __init__(self, table: CodeTable | None = None) -> None:
        self.table = table
        self.known: dict[tuple[str, str, str], bool] = {}
        self.rules: dict[tuple[str, bool, str], Any] = {}  # by guide, see `snip.rules`

    def has(self, system: str, code: str, on: str = "") -> bool:
        """Say whether a code is valid on a date.

        >>> Codes().has("npi", "1234567893"), Codes().has("pos", "00")
        (True, False)
        """
        if self.table is None:
            on = ""
        key = (system, code, on)
        found = self.known.get(key)
        if found is None:
            if len(self.known) >= _MOST_REMEMBERED:
                self.known.clear()
            found = self.known[key] = self._look(system, code, on)
        return found

    def _look(self, system: str, code: str, on: str) -> bool:
        if self.table is not None:
            said = self.table.has(system, code, on)
            if said is not None:
                return said
        if system == "npi":
            return is_npi(code)
        if system == "aba":
            return is_routing_number(code)
        listed = _LISTS.get(system)
        return code in listed if listed is not None else _MATCH[system](code) is not None


def is_npi(text: str) -> bool:
    """Say whether ten digits end in the right check digit (Luhn over 80840 and the rest).

    >>> is_npi("1234567893"), is_npi("1234567890")
    (True, False)
    """
    if len(text) != 10 or text[0] not in "12" or not (text.isascii() and text.isdigit()):
        return False
    total = 24  # what the prefix 80840 adds
    for at, char in enumerate(text):
        total += int(char) if at % 2 else _DOUBLED[int(char)]
    return total % 10 == 0


def is_medicare_id(text: str) -> bool:
    """Say whether a text has the shape of a Medicare beneficiary identifier.

    >>> is_medicare_id("1EG4TE5MK73"), is_medicare_id("123456789A")
    (True, False)
    """
    return _MATCH["mbi"](text) is not None


def is_laboratory_number(text: str) -> bool:
    """Say whether a text has the shape of a CLIA number.

    >>> is_laboratory_number("11D1234567"), is_laboratory_number("11X1234567")
    (True, False)
    """
    return _MATCH["clia"](text) is not None


def is_routing_number(text: str) -> bool:
    """Say whether nine digits are an ABA routing number.

    >>> is_routing_number("111000025"), is_routing_number("111000026")
    (True, False)
    """
    if len(text) != 9 or not (text.isascii() and text.isdigit()):
        return False
    return (
        sum(int(char) * weight for char, weight in zip(text, (3, 7, 1) * 3, strict=True)) % 10 == 0
    )


def zip_fits_state(code: str, state: str) -> bool:
    """Say whether the first digit of a ZIP code is used in the state.

    >>> zip_fits_state("62701", "IL"), zip_fits_state("62701", "CA")
    (True, False)
    """
    return (code[:1], state) in _ZIP_FITS or code[:1] not in _ZIP_FIRST
