"""What goes into a reader and comes out of it, and how a file is refused."""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import final

import msgspec

from cleanclaim.core.codes.records import Dated
from cleanclaim.core.codes.release import Table
from cleanclaim.kernel.refusal import Refusal

HEAD_LINES = 40
SHOWN_PROBLEMS = 5


@final
class Source(msgspec.Struct, frozen=True):
    """A file handed in: its name and its lines, each with its ending, as often as asked.

    Args:
        is_member: It came with others in an archive, so it may be none of ours.
    """

    name: str
    lines: Callable[[], Iterator[str]]
    is_member: bool = False

    def head(self) -> list[str]:
        """Give the first lines."""
        return [line for line, _ in zip(self.lines(), range(HEAD_LINES), strict=False)]


def text_source(name: str, text: str) -> Source:
    r"""Make a source of a text.

    >>> text_source("a.txt", "one\r\ntwo").head()
    ['one\r\n', 'two']
    """
    return Source(name, lambda: iter(text.splitlines(keepends=True)))


@final
class Span(msgspec.Struct, frozen=True):
    """The days on which a release is in force."""

    first: date
    last: date


@final
class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one table out of one or more files.

    Args:
        rows: Read once; a bad row refuses the whole file while they are read.
        history_from: First day that its rows can answer for, where earlier than the span.
    """

    table: Table
    rows: Iterable[Dated]
    span: Span
    title: str
    history_from: date | None = None


def refuse(source: Source | str, what: str) -> Refusal:
    """Make the refusal of a file; nothing was changed by it."""
    name = source if isinstance(source, str) else source.name
    return Refusal("codes_layout", f"{name} was not loaded: {what}")


class Problems:
    """Collects what is wrong with the lines of a file and refuses it at the end."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: list[str] = []

    def add(self, line_number: int, what: str) -> None:
        """Take one; a file that is wrong throughout is refused at once."""
        self._found.append(f"line {line_number}: {what}")
        if len(self._found) >= SHOWN_PROBLEMS:
            self.settle()

    def settle(self) -> None:
        """Refuse the file if anything was wrong with it."""
        if self._found:
            raise refuse(self._source, "; ".join(self._found))


def whole_lines(source: Source) -> Iterator[tuple[int, str]]:
    """Give numbered lines without their endings.

    Raises:
        Refusal: The file is empty or ends within a line.
    """
    number, line = 0, ""
    for number, line in enumerate(source.lines(), 1):
        yield number, line.rstrip("\r\n\x1a")
    if not number:
        raise refuse(source, "it is empty.")
    if not line.endswith(("\n", "\x1a")):
        raise refuse(source, f"line {number} is cut short: the file is not whole.")


_MONTHS = {name.lower()[:3]: str(index) for index, name in enumerate(calendar.month_name) if name}
_NAMES = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in calendar.month_name if name)
_MONTH = rf"(?P<m>{_NAMES})t?(?![a-z])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<m>\d\d?)[-/](?P<d>\d\d?)[-/](?P<y>20\d\d)(?!\d)",
        r"(?P<y>20\d\d)\D{0,2}q(?P<q>[1-4])(?!\d)",
        rf"{_MONTH}[ _-](?P<d>\d\d?),?[ _-]+(?P<y>20\d\d)",
        rf"(?P<y>20\d\d)(?!\d)[ _-]*(?:[a-z ]*[ _-])?{_MONTH}",
        rf"(?<![a-z]){_MONTH}[ _,-]*(?P<y>20\d\d|\d\d(?!\d))",
        r"(?<!\d)(?P<y>20\d\d)(?!\d)",
        r"(?:fy|cy|pprrvu|gpci|anes)(?P<y>\d\d)(?!\d)",
    )
)


def first_day_in(text: str) -> date | None:
    """Read the day that a file name or title begins with: a date, a quarter, a month, a year.

    >>> first_day_in("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv")
    datetime.date(2026, 10, 1)
    >>> first_day_in("PPRRVU2026_Jul_nonQPP.csv"), first_day_in("PUF_CLFS_CY2026_Q2V1.csv")
    (datetime.date(2026, 7, 1), datetime.date(2026, 4, 1))
    """
    return _day_said(text)[0]


def _day_said(text: str) -> tuple[date | None, bool]:
    """Give the day that a text says, and whether it says more than a year."""
    for form in _FORMS:
        if match := form.search(text):
            said = match.groupdict()
            year = int(said["y"]) + (2000 if len(said["y"]) == 2 else 0)
            if "q" in said:
                return date(year, int(said["q"]) * 3 - 2, 1), True
            month = said.get("m") or "1"
            number = int(_MONTHS.get(month.lower()[:3], month))
            return date(year, number, int(said.get("d") or 1)), "m" in said
    return None, False


def months_after(day: date, months: int) -> date:
    """Give the last day of a span of whole months.

    >>> months_after(date(2026, 10, 1), 3)
    datetime.date(2026, 12, 31)
    """
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1) - timedelta(days=1)


def quarter_of(day: date) -> Span:
    """Give the quarter of a day.

    >>> quarter_of(date(2026, 11, 22)).last
    datetime.date(2026, 12, 31)
    """
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Span(first, months_after(first, 3))


def year_from(day: date) -> Span:
    """Give a day to the end of its calendar year."""
    return Span(day, date(day.year, 12, 31))


def fiscal_year_from(day: date) -> Span:
    """Give a day to the end of its federal fiscal year, 30 September."""
    return Span(day, date(day.year + (day.month > 9), 9, 30))


def span_of(
    sources: Sequence[Source],
    titles: Iterable[str],
    to_span: Callable[[date], Span],
    given: Span | None,
) -> Span:
    """Find the days of a release in file names and titles, and refuse years that do not agree.

    Args:
        sources: All files of the release.
        titles: Lines inside the files that name the release.
        to_span: From the first day to the span.
        given: What the person said; then nothing is searched.

    Raises:
        Refusal: No day is named, or two are, a year apart.
    """
    if given is not None:
        return given
    said = [(text, *_day_said(text)) for text in (*titles, *(source.name for source in sources))]
    named = [(text, day, is_exact) for text, day, is_exact in said if day is not None]
    years = {day.year for _, day, _ in named}
    if len(years) > 1:
        told = "; ".join(f"{text.strip()!r} says {day.year}" for text, day, _ in named)
        raise refuse(sources[0], f"years are mixed: {told}")
    # A bare year does not tell the quarter: the first would be a guess.
    days = [day for _, day, is_exact in named if is_exact or to_span is not quarter_of]
    if not days:
        raise refuse(sources[0], "it does not say from which day it holds: say so with --from.")
    return to_span(max(days))
