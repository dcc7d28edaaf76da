"""A payer's or a client's own rule: data, checked before it is saved, compiled before it runs."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.language.catalogue import Field, Kind, catalogue
from cleanclaim.core.scrub.language.parser import Parser, parse_condition, parse_literal
from cleanclaim.core.scrub.language.suggest import nearest
from cleanclaim.core.scrub.language.terms import Term
from cleanclaim.core.scrub.language.tokens import Problem, ProblemFound, stop, tokens_of
from cleanclaim.kernel.finding import Correction, Finding, Severity

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a rule holds; an empty part means everybody."""

    tenant: str = ""
    practice: str = ""
    payer_id: str = ""

    def covers(self, other: "Scope") -> bool:
        """Say whether a claim of `other` falls under this scope.

        >>> Scope(payer_id="60054").covers(Scope(tenant="a", payer_id="60054"))
        True
        """
        return (
            self.tenant in {"", other.tenant}
            and self.practice in {"", other.practice}
            and self.payer_id in {"", other.payer_id}
        )

    @property
    def narrowness(self) -> tuple[bool, bool, bool]:
        """Give an order: a practice's rule goes before a tenant's, a payer's before none."""
        return (bool(self.practice), bool(self.tenant), bool(self.payer_id))


class OwnRule(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a rule that people wrote.

    Args:
        rule_id: Stable over versions, `UHC-95`; the finding's code is `SCRUB-OWN-UHC-95`.
        when: The condition; where it names fields of `line` outside a question about the lines,
            the rule looks at each line by itself.
        message: What the biller reads; `{line.procedure_code}` shows a field.
        field: Where the finding stands, the name of a field; empty: the line or the claim.
        fix: `set FIELD to VALUE`, `add "TEXT" to FIELD` or `remove "TEXT" from FIELD`; or empty.
        effective_date: First and `end_date` last day of service that this version looks at.
    """

    rule_id: str
    when: str
    message: str
    severity: Severity = Severity.BLOCKS
    version: int = 1
    scope: Scope = Scope()
    effective_date: date
    end_date: date | None = None
    field: str = ""
    fix: str = ""
    source: str = ""


class CompiledRule:
    """A rule that has been checked and can run; made by `compile_rule`.

    `codes` are procedure codes of which a claim must have one to be worth running it on.
    """

    def __init__(self, rule: OwnRule, when: Term, message: Callable[..., str], parts: Any) -> None:
        self.rule = rule
        self.codes = when.codes
        self._when = when
        self._message = message
        self._field, self._fix = parts

    @property
    def code(self) -> str:
        """Give the code of its findings."""
        return f"SCRUB-OWN-{self.rule.rule_id}"

    @property
    def version(self) -> int:
        """Give the version of the rule."""
        return self.rule.version

    def findings(self, case: Case) -> Iterator[Finding]:
        """Run the rule on a claim: once, or once for each line."""
        rule = self.rule
        rows: Iterable[Row | None] = case.rows if self._when.of_line else (None,)
        for row in rows:
            dos = row.dos if row else case.dos
            if dos < rule.effective_date or (rule.end_date and dos > rule.end_date):
                continue
            if self._when.read(case, row):
                yield self._finding(case, row)

    def _finding(self, case: Case, row: Row | None) -> Finding:
        rule, field = self.rule, self._field
        shown = field.read(case, row) if field and not field.identifies else ""
        return Finding(
            code=self.code,
            severity=rule.severity,
            place=_place(field.path, row) if field else (row.place() if row else ""),
            message=self._message(case, row),
            found=_show(shown),
            source=rule.source or f"own rule {rule.rule_id} version {rule.version}",
            correction=self._fix(case, row) if self._fix else None,
        )


def compile_rule(rule: OwnRule) -> CompiledRule | dict[str, Problem]:
    """Check every text of a rule and compile it.

    Returns:
        The compiled rule, or by the name of each wrong text (`when`, `message`, `field`, `fix`)
        the first problem in it, for the page that edits the rule.

    >>> day = date(2026, 1, 1)
    >>> compile_rule(OwnRule(rule_id="R", when="line.units > ", message="m", effective_date=day))
    {'when': Problem(start=13, end=14, message='expected a value such as "99213", 12, $12.50, \
2026-01-31, true')}
    """
    problems: dict[str, Problem] = {}

    def attempt[T](name: str, make: Callable[[], T], default: T) -> T:
        try:
            return make()
        except ProblemFound as found:
            problems[name] = found.problem
            return default

    no_words: Callable[[Case, Row | None], str] = lambda _c, _r: ""  # noqa: E731  a default of one word
    when = attempt("when", lambda: _condition(rule.when), Term(Kind.FLAG, lambda _c, _r: False))
    of_line = when.of_line
    message = attempt("message", lambda: _message(rule.message, of_line=of_line), no_words)
    field = attempt("field", lambda: _field(rule.field, of_line=of_line), None)
    fix = attempt("fix", lambda: _fix(rule.fix, of_line=of_line), None)
    if rule.end_date and rule.end_date < rule.effective_date:
        problems["end_date"] = Problem(0, 0, "the last day lies before the first")
    return problems or CompiledRule(rule, when, message, (field, fix))


def rules_in_force(rules: Iterable[OwnRule], scope: Scope, day: date) -> list[OwnRule]:
    """Choose the version of each rule that holds for a claim.

    Of two rules with one id the narrower scope wins (practice, then tenant, then payer), then the
    higher version.

    Args:
        rules: All active versions.
        scope: The claim's tenant, practice and payer.
        day: The claim's day of service.

    Returns:
        At most one for each id, in the order of ids.
    """
    chosen: dict[str, OwnRule] = {}
    for rule in rules:
        ends = rule.end_date or date.max
        if not (rule.scope.covers(scope) and rule.effective_date <= day <= ends):
            continue
        other = chosen.get(rule.rule_id)
        if other is None or _rank(rule) > _rank(other):
            chosen[rule.rule_id] = rule
    return [chosen[rule_id] for rule_id in sorted(chosen)]


def _rank(rule: OwnRule) -> tuple[tuple[bool, bool, bool], int]:
    return rule.scope.narrowness, rule.version


def _condition(text: str) -> Term:
    term = parse_condition(text)
    if term.kind is not Kind.FLAG:
        raise ProblemFound(Problem(0, len(text), f"a {term.kind} is no condition; compare it"))
    return term


def _message(text: str, *, of_line: bool) -> Callable[[Case, Row | None], str]:
    if not text.strip():
        raise ProblemFound(Problem(0, 0, "say what is wrong and what to do"))
    pieces: list[tuple[str, Field | None]] = []
    at = 0
    for match in _PLACEHOLDER.finditer(text):
        field = catalogue().get(match[1])
        if field is None:
            words = f"no field is called {match[1]}{nearest(match[1], catalogue())}"
        elif field.identifies:
            words = f"{match[1]} may identify a person and can't be shown in a finding"
        elif field.of_line and not of_line:
            words = f"{match[1]} belongs to a line, the rule looks at the whole claim"
        else:
            pieces.append((text[at : match.start()], field))
            at = match.end()
            continue
        raise ProblemFound(Problem(match.start(), match.end(), words))
    rest = text[at:]

    def words_of(case: Case, row: Row | None) -> str:
        shown = (
            before + (_show(field.read(case, row)) if field else "") for before, field in pieces
        )
        return "".join(shown) + rest

    return words_of


def _show(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return " ".join(str(item) for item in value)
    return str(value)


def _field(name: str, *, of_line: bool) -> Field | None:
    if not name:
        return None
    field = catalogue().get(name)
    if field is None or not field.path:
        words = "no field of the claim that could be pointed at is called so"
        raise ProblemFound(Problem(0, len(name), words + nearest(name, catalogue())))
    if field.of_line and not of_line:
        raise ProblemFound(Problem(0, len(name), "the rule looks at the whole claim"))
    return field


def _place(path: str, row: Row | None) -> str:
    """Turn a field's path into the place in this claim: `line.units` to `lines[2].units`."""
    root, _, rest = path.partition(".")
    return f"lines[{row.index}].{rest}" if root == "line" and row else rest


def _fix(text: str, *, of_line: bool) -> Callable[[Case, Row | None], Correction] | None:
    if not text:
        return None
    parser = Parser(tokens_of(text))
    verb = parser.take()
    if verb.text not in {"set", "add", "remove"}:
        raise stop(verb, 'a fix is: set FIELD to VALUE, or add "TEXT" to FIELD, or remove … from')
    joint = {"set": "to", "add": "to", "remove": "from"}[verb.text]
    if verb.text == "set":
        where = parser.token
        field = parser.field()
        parser.expect("word", joint, f'"{joint}"')
        what = parser.take()
    else:
        what = parser.expect("text", "", "a text in double quotes")
        parser.expect("word", joint, f'"{joint}"')
        where = parser.token
        field = parser.field()
    parser.expect("end", "", "the end of the fix")
    kind, value = parse_literal(what)
    wanted = kind if verb.text == "set" else Kind.TEXTS
    if field.kind is not wanted:
        raise stop(where, f"{field.name} is a {field.kind}, which this fix can't change")
    if not field.path or (field.of_line and not of_line):
        raise stop(where, f"{field.name} can't be changed by this rule")
    return lambda case, row: _correction(field, verb.text, value, (case, row))


def _correction(field: Field, verb: str, value: Any, at: tuple[Case, Row | None]) -> Correction:
    case, row = at
    new = value
    if verb != "set":
        now = [item for item in field.read(case, row) if item != value]
        new = [*now, value] if verb == "add" else now
    words = f"{verb.capitalize()} {_show(value)}: {field.name}"
    if verb == "set":
        words = f"Set {field.name} to {_show(value)}"
    return Correction(field=_place(field.path, row), value=new, words=words)
