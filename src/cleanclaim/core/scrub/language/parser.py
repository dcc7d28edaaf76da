"""Read a condition of the rule language: parse, check kinds, and compile, in one pass.

    any   = all ("or" all)*            all  = one ("and" one)*         one = "not" one | test
    test  = sum [ ("="|"!="|"<"|"<="|">"|">=") sum | ["not"] "in" set | "has" ["any"|"all"] items
          | "lacks" items | "is" ["not"] "empty" | "starts" "with" text | "like" text ]
    sum   = value (("+"|"-") value)*
    value = literal | field | "(" any ")" | ("any"|"all"|"no"|"count") "line" "(" any ")"
          | "sum" "of" field "where" "(" any ")" | "past" set "within" number
    set   = "[" literal [".." literal] ("," …)* "]"                    items = set | text

A comparison with a value that isn't there is false. Nothing here runs code that a rule brings.
"""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.language.catalogue import Field, Kind, Reader, catalogue
from cleanclaim.core.scrub.language.suggest import nearest
from cleanclaim.core.scrub.language.terms import (
    Members,
    Term,
    added,
    emptiness,
    members_of,
    membership,
    over_lines,
    pattern_members,
)
from cleanclaim.core.scrub.language.tokens import Token, stop, tokens_of

_MAX_DEPTH = 40
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def parse_condition(text: str) -> Term:
    """Compile a whole condition.

    Raises:
        ProblemFound: With the place of the first thing that is wrong.
    """
    parser = Parser(tokens_of(text))
    term = parser.any_of()
    parser.expect("end", "", "the end of the rule")
    return term


def parse_literal(token: Token) -> tuple[Kind, Any]:
    """Give kind and value of a literal token.

    Raises:
        ProblemFound: It is no literal, or no such day.
    """
    if token.kind == "text":
        return Kind.TEXT, token.text[1:-1]
    if token.kind == "number":
        number = Decimal(token.text)
        return Kind.NUMBER, int(number) if number == int(number) else number
    if token.kind == "money":
        return Kind.MONEY, int(Decimal(token.text[1:]) * 100)
    if token.kind == "date":
        try:
            return Kind.DATE, date.fromisoformat(token.text)
        except ValueError:
            raise stop(token, f"there is no day {token.text}") from None
    if token.kind == "word" and token.text in {"true", "false"}:
        return Kind.FLAG, token.text == "true"
    raise stop(token, 'expected a value such as "99213", 12, $12.50, 2026-01-31, true')


class Parser:
    """Goes through the words once; each method reads one level of the grammar."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        """Give the word that comes next."""
        return self._tokens[self._at]

    def take(self) -> Token:
        """Give the next word and go on."""
        token = self.token
        self._at += token.kind != "end"
        return token

    def accept(self, *texts: str) -> bool:
        """Go on if the next words are these."""
        ahead = self._tokens[self._at : self._at + len(texts)]
        if [t.text for t in ahead if t.kind in {"word", "sign"}] != list(texts):
            return False
        self._at += len(texts)
        return True

    def expect(self, kind: str, text: str, words: str) -> Token:
        """Take a word of this kind (and text, if given)."""
        token = self.take()
        if token.kind != kind or (text and token.text != text):
            raise stop(token, f"expected {words}, found {token.text!r}")
        return token

    def any_of(self) -> Term:
        """Read conditions joined by "or"."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise stop(self.token, "too deep: take brackets away")
        term = self._joined(self.all_of, "or")
        self._depth -= 1
        return term

    def all_of(self) -> Term:
        """Read conditions joined by "and"."""
        return self._joined(self.one, "and")

    def _joined(self, read_part: Callable[[], Term], word: str) -> Term:
        first = self.token
        parts = [read_part()]
        while self.accept(word):
            parts.append(read_part())
        if len(parts) == 1:
            return parts[0]
        if any(part.kind is not Kind.FLAG for part in parts):
            raise stop(first, f'"{word}" joins conditions; compare the value with something')
        reads = tuple(part.read for part in parts)
        of_line = any(part.of_line for part in parts)
        named = [part.codes for part in parts if part.codes is not None]
        if word == "and":
            codes = min(named, key=len, default=None)
            return Term(Kind.FLAG, lambda c, r: all(read(c, r) for read in reads), of_line, codes)
        codes = frozenset[str]().union(*named) if len(named) == len(parts) else None
        return Term(Kind.FLAG, lambda c, r: any(read(c, r) for read in reads), of_line, codes)

    def one(self) -> Term:
        """Read a condition or its opposite."""
        token = self.token
        if not self.accept("not"):
            return self.test()
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise stop(token, 'too many "not"')
        term = self.one()
        self._depth -= 1
        if term.kind is not Kind.FLAG:
            raise stop(token, '"not" needs a condition')
        return Term(Kind.FLAG, lambda c, r: not term.read(c, r), term.of_line)

    def test(self) -> Term:  # noqa: PLR0911  one return for each form of a test
        """Read a comparison, or a value that is a condition by itself."""
        left = self.sum_of()
        token = self.token
        if token.kind == "sign" and token.text in _COMPARE:
            return self._comparison(left)
        if self.accept("in"):
            members, singles = self._choice(left.kind, token)
            term = membership(left, members, wanted=True)
            codes = singles if left.is_code else None
            return msgspec.structs.replace(term, codes=codes)
        if self.accept("not", "in"):
            return membership(left, self._set(left.kind, token), wanted=False)
        if self.accept("has"):
            every = self.accept("all")
            if not every:
                self.accept("any")
            return self._holding(left, token, every=every, wanted=True)
        if self.accept("lacks"):
            return self._holding(left, token, every=False, wanted=False)
        if self.accept("is"):
            wanted = not self.accept("not")
            self.expect("word", "empty", '"empty" or "not empty"')
            return emptiness(left, wanted=wanted)
        if self.accept("starts", "with"):
            return self._text_test(left, lambda start: lambda text: text.startswith(start))
        if self.accept("like"):
            return self._text_test(left, pattern_members)
        return left

    def _comparison(self, left: Term) -> Term:
        sign = self.take()
        literal = self.token
        right = self.sum_of()
        if left.kind is not right.kind or left.kind is Kind.TEXTS:
            raise stop(sign, f"a {left.kind} can't be compared with a {right.kind}")
        if left.kind is Kind.FLAG and sign.text not in {"=", "!="}:
            raise stop(sign, "yes and no have no order")
        compare, a, b = _COMPARE[sign.text], left.read, right.read

        def run(case: Case, row: Row | None) -> bool:
            one, two = a(case, row), b(case, row)
            return one is not None and two is not None and compare(one, two)

        codes = None
        if left.is_code and sign.text == "=" and literal.kind == "text":
            codes = frozenset({literal.text[1:-1]})
        return Term(Kind.FLAG, run, left.of_line or right.of_line, codes)

    def _set(self, kind: Kind, before: Token) -> Members:
        return self._choice(kind, before)[0]

    def _choice(self, kind: Kind, before: Token) -> tuple[Members, frozenset[Any] | None]:
        """Read a list: the test for its members, and they themselves if it has no range."""
        self.expect("sign", "[", 'a list such as ["99213", "99381".."99397"]')
        singles: set[Any] = set()
        ranges: list[tuple[Any, Any]] = []
        while True:
            token = self.take()
            found, first = parse_literal(token)
            if found is not kind:
                raise stop(token, f"the list holds a {found}, the field is a {kind}")
            if self.accept(".."):
                token = self.take()
                found, last = parse_literal(token)
                if found is not kind or last < first:
                    raise stop(token, "a range goes from a lower to a higher value of one kind")
                ranges.append((first, last))
            else:
                singles.add(first)
            if not self.accept(","):
                break
        self.expect("sign", "]", '"," or "]"')
        if kind is Kind.FLAG:
            raise stop(before, "a yes or no is compared with =")
        members = members_of(frozenset(singles), tuple(ranges))
        return members, None if ranges else frozenset(singles)

    def _holding(self, left: Term, token: Token, *, every: bool, wanted: bool) -> Term:
        if left.kind is not Kind.TEXTS:
            raise stop(token, f'"{token.text}" needs a list, the value is a {left.kind}')
        read = left.read
        if self.token.kind == "text":
            value = self.take().text[1:-1]
            return Term(Kind.FLAG, lambda c, r: (value in read(c, r)) is wanted, left.of_line)
        if not every:
            members = self._set(Kind.TEXT, token)
            return Term(
                Kind.FLAG,
                lambda c, r: any(map(members, read(c, r))) is wanted,
                left.of_line,
            )
        self.expect("sign", "[", "a list of texts")
        texts = {self.expect("text", "", "a text").text[1:-1]}
        while self.accept(","):
            texts.add(self.expect("text", "", "a text").text[1:-1])
        self.expect("sign", "]", '"," or "]"')
        return Term(Kind.FLAG, lambda c, r: texts.issubset(read(c, r)), left.of_line)

    def _text_test(self, left: Term, make: Callable[[str], Members]) -> Term:
        token = self.expect("text", "", "a text in double quotes")
        if left.kind is not Kind.TEXT:
            raise stop(token, f"a {left.kind} has no letters to compare")
        matches, read = make(token.text[1:-1]), left.read
        return Term(Kind.FLAG, lambda c, r: matches(read(c, r) or ""), left.of_line)

    def sum_of(self) -> Term:
        """Read values joined by + and -."""
        left = self.value()
        while self.token.kind == "sign" and self.token.text in "+-":
            sign = self.take()
            left = added(left, sign, self.value())
        return left

    def value(self) -> Term:
        """Read a literal, a field, a bracket or a question about the lines."""
        token = self.token
        if self.accept("("):
            term = self.any_of()
            self.expect("sign", ")", '")"')
            return term
        for word in ("any", "all", "no", "count"):
            if self.accept(word, "line"):
                return over_lines(word, self._line_condition())
        if self.accept("sum", "of"):
            return self._line_sum()
        if self.accept("past"):
            return self._past(token)
        if token.kind == "name":
            field = self.field()
            is_code = field.name == "line.procedure_code"
            return Term(field.kind, field.read, field.of_line, is_code=is_code)
        kind, value = parse_literal(self.take())
        return Term(kind, lambda _c, _r: value)

    def field(self) -> Field:
        """Read the name of a field."""
        token = self.expect("name", "", "the name of a field")
        field = catalogue().get(token.text)
        if field is None:
            hint = nearest(token.text, catalogue())
            raise stop(token, f"no field is called {token.text}{hint}")
        return field

    def _line_condition(self) -> Term:
        opening = self.expect("sign", "(", '"(" and a condition on a line')
        term = self.any_of()
        self.expect("sign", ")", '")"')
        if term.kind is not Kind.FLAG or not term.of_line:
            raise stop(opening, "expected a condition that names a field of the line")
        return term

    def _line_sum(self) -> Term:
        token = self.token
        field = self.field()
        if field.kind not in {Kind.NUMBER, Kind.MONEY} or not field.of_line:
            raise stop(token, "only numbers and amounts of a line can be added up")
        condition: Reader = lambda _c, _r: True  # noqa: E731  a default of one word
        if self.accept("where"):
            condition = self._line_condition().read
        read = field.read

        def run(case: Case, _: Row | None) -> Any:
            return sum(read(case, row) or 0 for row in case.rows if condition(case, row))

        return Term(field.kind, run)

    def _past(self, token: Token) -> Term:
        members = self._set(Kind.TEXT, token)
        self.expect("word", "within", '"within" and a number of days')
        days = int(Decimal(self.expect("number", "", "a number of days").text))

        def run(case: Case, row: Row | None) -> int:
            dos = row.dos if row else case.claim.first_service_date
            return sum(
                0 <= (dos - line.service_date).days <= days and members(line.procedure_code)
                for line in case.past
            )

        return Term(Kind.NUMBER, run)
