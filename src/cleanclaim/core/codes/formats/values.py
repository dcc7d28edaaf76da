"""Cells of official files as values; a cell of another kind is a ValueError that says so."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from cleanclaim.core.codes import shapes
from cleanclaim.kernel.dates import parse_ccyymmdd


@lru_cache(maxsize=32_768)  # files of millions of rows name some thousands of codes
def procedure_code(text: str) -> str:
    """Take a procedure code.

    >>> procedure_code("j1100")
    'J1100'
    """
    code = text.upper()
    if not shapes.is_procedure(code):
        msg = f"{text!r} is not a procedure code"
        raise ValueError(msg)
    return code


def diagnosis_code(text: str) -> str:
    """Take a diagnosis code, with or without its point."""
    code = text.replace(".", "").upper()
    if not shapes.is_diagnosis(code):
        msg = f"{text!r} is not a diagnosis code"
        raise ValueError(msg)
    return code


def modifier_or_empty(text: str) -> str:
    """Take a modifier or nothing."""
    if text and not shapes.is_modifier(text.upper()):
        msg = f"{text!r} is not a modifier"
        raise ValueError(msg)
    return text.upper()


def one_of(text: str, allowed: str, what: str) -> str:
    """Take a value of a list of blank-separated values; empty is always allowed."""
    if text and text not in allowed.split():
        msg = f"{text!r} is no {what} ({allowed})"
        raise ValueError(msg)
    return text


def digits(text: str, length: int, what: str) -> str:
    """Take so many digits."""
    if len(text) != length or not (text.isascii() and text.isdigit()):
        msg = f"{text!r} is not a {what} of {length} digits"
        raise ValueError(msg)
    return text


def decimal(text: str) -> Decimal:
    """Take a number; empty is zero, thousands and dollar signs are dropped.

    >>> decimal("$1,234.50"), decimal("")
    (Decimal('1234.50'), Decimal('0'))
    """
    try:
        return Decimal(text.replace(",", "").replace("$", "").strip() or "0")
    except InvalidOperation:
        msg = f"{text!r} is not a number"
        raise ValueError(msg) from None


def decimal_or_none(text: str) -> Decimal | None:
    """Take a number or nothing."""
    return decimal(text) if text.strip(" $") else None


def day_or_none(text: str) -> date | None:
    """Take a day as official files write it; empty, `*`, zeros and nines are no day.

    >>> day_or_none("20261001"), day_or_none("10/1/2026"), day_or_none("2026274"), day_or_none("*")
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 1), datetime.date(2026, 10, 1), None)
    """
    if not text.strip("*09- /"):
        return None
    try:
        if "/" in text:
            month, day, year = text.partition(" ")[0].split("/")
            return date(int(year), int(month), int(day))
        if "-" in text:
            return date.fromisoformat(text[:10])
        if len(text) == 7:
            return date(int(text[:4]), 1, 1) + timedelta(days=_ordinal(text[4:]) - 1)
        return parse_ccyymmdd(text)
    except ValueError:
        msg = f"{text!r} is not a day"
        raise ValueError(msg) from None


def _ordinal(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 366:
        raise ValueError
    return number
