"""Compiled parts of conditions, and how they are joined."""

import operator
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.language.catalogue import Kind, Reader
from cleanclaim.core.scrub.language.tokens import Token, stop

type Members = Callable[[Any], bool]


class Term(msgspec.Struct, frozen=True):
    """A compiled part: its kind, how to get its value, and whether it needs a line.

    Args:
        codes: Of a condition, procedure codes of which the claim must have one for it to be true;
            None where it doesn't say so. By them most rules are passed over.
        is_code: It is the line's procedure code.
    """

    kind: Kind
    read: Reader
    of_line: bool = False
    codes: frozenset[str] | None = None
    is_code: bool = False


def members_of(singles: frozenset[Any], ranges: tuple[tuple[Any, Any], ...]) -> Members:
    """Make the test for a list of values and ranges; codes of a range have its length."""
    if not ranges:
        return singles.__contains__

    def holds(value: Any) -> bool:
        return value in singles or any(
            first <= value <= last and (not isinstance(value, str) or len(value) == len(first))
            for first, last in ranges
        )

    return holds


def membership(left: Term, members: Members, *, wanted: bool) -> Term:
    """Make the condition that a value is, or is not, in a list."""
    read = left.read

    def run(case: Case, row: Row | None) -> bool:
        value = read(case, row)
        return value is not None and members(value) is wanted

    return Term(Kind.FLAG, run, left.of_line)


def emptiness(left: Term, *, wanted: bool) -> Term:
    """Make the condition that nothing is there, or something."""

    def run(case: Case, row: Row | None) -> bool:
        value = left.read(case, row)
        return (value is None or value in ("", (), [])) is wanted

    return Term(Kind.FLAG, run, left.of_line)


def pattern_members(pattern: str) -> Members:
    """Match `*` any letters, `?` one letter, `#` one digit; every other letter stands for itself.

    The pieces between stars are looked for one after the other, so that no pattern is slow.
    """
    letters = {"?": ".", "#": "[0-9]"}
    pieces = [
        re.compile("".join(letters.get(c, re.escape(c)) for c in piece), re.DOTALL)
        for piece in pattern.split("*")
    ]
    if len(pieces) == 1:
        return lambda text: pieces[0].fullmatch(text) is not None
    last_length = len(pattern.rpartition("*")[2])

    def matches(text: str) -> bool:
        found = pieces[0].match(text)
        for piece in pieces[1:-1]:
            found = found and piece.search(text, found.end())
        at = len(text) - last_length
        return found is not None and found.end() <= at and bool(pieces[-1].fullmatch(text, at))

    return matches


def added(left: Term, sign: Token, right: Term) -> Term:
    """Make a sum or difference; days less days are a number, days and a number a day."""
    a, b, of_line = left.read, right.read, left.of_line or right.of_line
    plus = sign.text == "+"
    kinds = (left.kind, right.kind)

    def both(make: Callable[[Any, Any], Any]) -> Reader:
        def run(case: Case, row: Row | None) -> Any:
            one, two = a(case, row), b(case, row)
            return None if one is None or two is None else make(one, two)

        return run

    if kinds == (Kind.DATE, Kind.DATE) and not plus:
        return Term(Kind.NUMBER, both(lambda one, two: (one - two).days), of_line)
    if kinds == (Kind.DATE, Kind.NUMBER):
        step = 1 if plus else -1
        moved = both(lambda day, n: date.fromordinal(day.toordinal() + step * int(n)))
        return Term(Kind.DATE, moved, of_line)
    if kinds in {(Kind.NUMBER, Kind.NUMBER), (Kind.MONEY, Kind.MONEY)}:
        return Term(left.kind, both(operator.add if plus else operator.sub), of_line)
    raise stop(sign, f"a {left.kind} and a {right.kind} can't be joined by {sign.text}")


def over_lines(word: str, condition: Term) -> Term:
    """Make a question about all lines of a condition on one."""
    read = condition.read
    if word == "count":
        return Term(Kind.NUMBER, lambda c, _: sum(bool(read(c, row)) for row in c.rows))
    if word == "any":
        any_line: Reader = lambda c, _: any(read(c, row) for row in c.rows)  # noqa: E731  one word
        return Term(Kind.FLAG, any_line, codes=condition.codes)
    if word == "all":
        return Term(Kind.FLAG, lambda c, _: all(read(c, row) for row in c.rows))
    return Term(Kind.FLAG, lambda c, _: not any(read(c, row) for row in c.rows))
