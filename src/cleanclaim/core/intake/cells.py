"""Cells of a superbill row: each reader returns a value or says what the cell should be."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from cleanclaim.kernel import npi
from cleanclaim.kernel.dates import parse_ccyymmdd
from cleanclaim.kernel.money import parse_cents

type Row = dict[str, str]

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DIAGNOSIS = re.compile(r"[A-Z]\d[0-9A-Z](?:[0-9A-Z]{1,4})?")
_UNITS = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,3})?")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")


class BadCellError(Exception):
    """One cell can't be read; becomes a finding for its row."""

    def __init__(self, column: str, expected: str) -> None:
        super().__init__(column)
        self.column = column
        self.expected = expected


def read_text(row: Row, column: str) -> str:
    """Give a cell that must be filled."""
    text = row.get(column, "")
    if not text:
        raise BadCellError(column, "filled")
    return text


def read_shaped(row: Row, column: str, shape: re.Pattern[str], expected: str) -> str:
    """Give a cell in capitals without hyphens that must have a shape."""
    text = row.get(column, "").upper().replace("-", "")
    if not shape.fullmatch(text):
        raise BadCellError(column, expected)
    return text


def read_choice(row: Row, column: str, choices: str) -> str:
    """Give one letter out of several."""
    text = row.get(column, "").upper()
    if len(text) != 1 or text not in choices:
        raise BadCellError(column, f"one of {', '.join(choices)}")
    return text


def read_day(row: Row, column: str) -> date:
    """Give a day, written as 2026-01-31 or 20260131."""
    text = row.get(column, "")
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else parse_ccyymmdd(text)
    except ValueError:
        raise BadCellError(column, "a day as 2026-01-31") from None


def read_cents(row: Row, column: str) -> int:
    """Give an amount that is not negative, in cents."""
    try:
        amount = parse_cents(row.get(column, "").lstrip("$"))
    except ValueError:
        raise BadCellError(column, "an amount as 125.00") from None
    if amount < 0:
        raise BadCellError(column, "an amount that is not negative")
    return amount


def read_npi(row: Row, column: str) -> str:
    """Give an NPI whose check digit is right."""
    text = npi.compact(row.get(column, ""))
    if not npi.is_valid(text):
        raise BadCellError(column, "an NPI with a right check digit")
    return text


def read_optional[T](read: Callable[[Row, str], T], row: Row, column: str) -> T | None:
    """Read a cell if it is filled, else give None."""
    return read(row, column) if row.get(column) else None


def read_units(row: Row, column: str = "units") -> Decimal:
    """Give a number of units, 1 where the cell is empty."""
    text = row.get(column) or "1"
    if not _UNITS.fullmatch(text) or not Decimal(text):
        raise BadCellError(column, "a number above zero, at most three decimals")
    return Decimal(text)


def read_yes(row: Row, column: str) -> bool:
    """Give whether the cell says Y."""
    text = row.get(column, "").upper()
    if text not in ("", "N", "Y"):
        raise BadCellError(column, "Y, N or empty")
    return text == "Y"


def read_diagnoses(row: Row) -> list[str]:
    """Give up to twelve ICD-10-CM codes without points."""
    codes = row.get("diagnoses", "").upper().replace(".", "").split()
    if len(codes) > 12 or not all(_DIAGNOSIS.fullmatch(code) for code in codes):
        raise BadCellError("diagnoses", "up to twelve ICD-10-CM codes with blanks between")
    return codes


def read_modifiers(row: Row) -> list[str]:
    """Give up to four modifiers."""
    codes = row.get("modifiers", "").upper().split()
    if len(codes) > 4 or not all(_MODIFIER.fullmatch(code) for code in codes):
        raise BadCellError("modifiers", "up to four modifiers with blanks between")
    return codes


def read_pointers(row: Row, count: int) -> list[int]:
    """Give up to four positions from 1, written as letters or numbers."""
    pointers: list[int] = []
    for word in row.get("diagnosis_pointers", "").upper().split():
        position = int(word) if word.isdecimal() else "ABCDEFGHIJKL".find(word) + 1
        if not 1 <= position <= count:
            raise BadCellError("diagnosis_pointers", f"letters or numbers up to {count}")
        pointers.append(position)
    if len(pointers) > 4:
        raise BadCellError("diagnosis_pointers", "at most four")
    return pointers
