"""Type-ahead for people who write rules: the nearest names, and what may come next."""

from collections.abc import Iterable
from difflib import get_close_matches

from cleanclaim.core.scrub.language.catalogue import Field, catalogue


def nearest(name: str, names: Iterable[str]) -> str:
    """Say which known name was probably meant; empty if none is near.

    >>> nearest("line.unit", ["line.units", "claim.note"])
    '; did you mean line.units?'
    """
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def fields_beginning(prefix: str, limit: int = 20) -> list[Field]:
    """Give the fields whose name begins with, or else holds, what was typed.

    >>> [field.name for field in fields_beginning("line.proc")]
    ['line.procedure_code']
    """
    fields = list(catalogue().values())
    first = [field for field in fields if field.name.startswith(prefix)]
    rest = [field for field in fields if prefix in field.name and field not in first]
    return (first + rest)[:limit]
