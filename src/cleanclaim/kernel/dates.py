"""Dates as payers write them; a day is handed in, never read from a clock."""

from datetime import date, timedelta

SATURDAY = 5


def parse_ccyymmdd(text: str) -> date:
    """Read eight digits as a day.

    Raises:
        ValueError: Not eight digits, or no such day.

    >>> parse_ccyymmdd("20261122")
    datetime.date(2026, 11, 22)
    """
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        msg = "a day is eight digits, CCYYMMDD"
        raise ValueError(msg)
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def format_ccyymmdd(day: date) -> str:
    """Write a day as eight digits.

    >>> format_ccyymmdd(date(2026, 1, 9))
    '20260109'
    """
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def age_years(birth_date: date, day: date) -> int:
    """Count whole years of life on a day.

    >>> age_years(date(2000, 2, 29), date(2026, 2, 28))
    25
    """
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def add_business_days(day: date, count: int) -> date:
    """Go forward by weekdays, Saturdays and Sundays left out; holidays are the caller's.

    >>> add_business_days(date(2026, 11, 20), 1)
    datetime.date(2026, 11, 23)
    """
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
