"""Record of the newest check of a claim: when, with which rules and code tables."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One release of a code table that the check asked.

    Args:
        table: "icd10cm".
        words: What the file calls itself.
        first: First day in force.
        last: Last day, or None for an open end.
        is_ended: Whether it ended before the day of service.
    """

    table: str
    words: str
    first: date
    last: date | None = None
    is_ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckView:
    """The newest check.

    Args:
        on_date: When.
        rules: The set of rules, a short name.
        codes: The set of code tables, a short name.
        releases: Of that set.
        notices: What has ended, in sentences.
    """

    on_date: date
    rules: str
    codes: str
    releases: tuple[ReleaseRow, ...] = ()
    notices: tuple[str, ...] = ()
