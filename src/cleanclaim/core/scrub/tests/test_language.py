"""The language of own rules: conditions by table, wrong texts with the place of the error."""

from datetime import date
from types import SimpleNamespace

import pytest

from cleanclaim.core.scrub import claim_findings, compile_plan
from cleanclaim.core.scrub.language import (
    OwnRule,
    PastClaim,
    Scope,
    backtest,
    catalogue,
    compile_rule,
    fields_beginning,
    rules_in_force,
)
from cleanclaim.core.scrub.tests.build import Builder

FIRST = date(2026, 1, 1)


def own(when="line.units > 2", message="Too many.", **fields):
    return OwnRule(
        rule_id=fields.pop("rule_id", "R1"),
        when=when,
        message=message,
        effective_date=fields.pop("effective_date", FIRST),
        **fields,
    )


def findings(rule, text):
    compiled = compile_rule(rule)
    assert not isinstance(compiled, dict), compiled
    builder = Builder(text)
    plan = compile_plan([compiled])
    found = claim_findings(builder.claim(), builder.context(), plan)
    return [f for f in found if f.code.startswith(("SCRUB-OWN", "SCRUB-RULE"))]


# condition | claim | places found
CONDITIONS = """
line.units > 2                                      | 99213x2 97110x3        | lines[1]
line.units >= 2                                     | 99213x2 97110x3        | lines[0] lines[1]
line.units = 2                                      | 99213x2 97110x3        | lines[0]
line.units != 2                                     | 99213x2 97110x3        | lines[1]
line.units + 1 <= 3                                 | 99213x2 97110x3        | lines[0]
line.units - 1 < 2                                  | 99213x2 97110x3        | lines[0]
line.charge_cents > $100.00                         | 99213$100 97110$101    | lines[1]
line.charge_cents = $100                            | 99213$100 97110$101    | lines[0]
line.procedure_code = "99213"                       | 99213 97110            | lines[0]
line.procedure_code in ["99213", "97110"]           | 99213 97112 97110      | lines[0] lines[2]
line.procedure_code in ["97000".."97111"]           | 99213 97112 97110      | lines[2]
line.procedure_code in ["9".."98"]                  | 99213 97110            | -
line.procedure_code not in ["97000".."97111"]       | 99213 97110            | lines[0]
line.procedure_code starts with "97"                | 99213 97110            | lines[1]
line.procedure_code like "99###"                    | 99213 G2211            | lines[0]
line.procedure_code like "?2*"                      | 99213 G2211            | lines[1]
line.procedure_code like "*1*3"                     | 99213 97110            | lines[0]
line.procedure_code like "99*2##"                   | 99213 99222            | lines[0] lines[1]
line.procedure_code like "99213*13"                 | 99213                  | -
line.procedure_code like "9.213"                    | 99213                  | -
line.modifiers has "25"                             | 99213.25 97110         | lines[0]
line.modifiers has any ["25", "59"]                 | 99213.25 97110.59 99214 | lines[0] lines[1]
line.modifiers has all ["25", "LT"]                 | 99213.25.LT 97110.25   | lines[0]
line.modifiers lacks "25"                           | 99213.25 97110         | lines[1]
line.modifiers lacks ["25", "59"]                   | 99213.25 97110         | lines[1]
line.modifiers is empty                             | 99213.25 97110         | lines[1]
line.end_date is empty                              | 99213@0301..0302 97110 | lines[1]
line.end_date is not empty                          | 99213@0301..0302 97110 | lines[0]
line.end_date > 2026-01-01                          | 99213@0301..0302 97110 | lines[0]
line.end_date - line.service_date >= 1              | 99213@0301..0302 97110 | lines[0]
line.service_date + 30 < day                        | 99213@0101 97110       | lines[0]
not line.modifiers has "25"                         | 99213.25 97110         | lines[1]
not (line.units > 2 or line.modifiers has "25")     | 99213.25 97110x3 99214 | lines[2]
line.units > 2 and line.modifiers has "25"          | 99213.25 97110x3       | -
line.drug.ndc is empty                              | J1100                  | lines[0]
line.drug.ndc = ""                                  | J1100                  | -
line.diagnoses has "I10"                            | 99213>1 97110>2 dx=E119,I10 | lines[1]
line.place = "22"                                   | 99213p22 97110         | lines[0]
line.is_emergency                                   | 99213/is_emergency=true 97110 | lines[0]
line.is_emergency = false                           | 99213/is_emergency=true 97110 | lines[1]
rendering.npi = "1999999984"                        | 99213                  | lines[0]
claim.place_of_service = "11"                       | 99213 97110            | .
claim.diagnoses.code has "E119"                     | 99213 dx=E119          | .
claim.charge_cents > $150                           | 99213 97110            | .
claim.days_since_service > 7                        | 99213                  | .
claim.days_since_service > 8                        | 99213                  | -
claim.kind = "P"                                    | 99213                  | .
claim.institutional.condition_codes has "45"        | 99213                  | -
patient.age < 18                                    | 99213 patient.birth_date=2010-01-01 | .
patient.sex = "F"                                   | 99213                  | .
payer.payer_id = "P1"                               | 99213                  | .
payer.kind = "medicare"                             | 99213 payer.kind=medicare | .
subscriber.member_id like "TEST*"                   | 99213                  | .
subscriber.member_id like "#*"                      | 99213                  | -
any line (line.units > 2)                           | 99213 97110x3          | .
all line (line.units > 2)                           | 99213 97110x3          | -
no line (line.units > 3)                            | 99213 97110x3          | .
count line (line.units > 0) = 2                     | 99213 97110x3          | .
sum of line.units > 3                               | 99213 97110x3          | .
sum of line.units where (line.units > 1) = 3        | 99213 97110x3          | .
past ["99213"] within 30 >= 1                       | h:99213@0131 97110     | .
past ["99213"] within 29 >= 1                       | h:99213@0131 97110     | -
line.units > 2 and any line (line.modifiers has "25") | 99213.25 97110x3     | lines[1]
"""

# condition | codes without which it can't be true ("any" where it doesn't say)
CODES = """
line.procedure_code = "99213"                                            | 99213
line.procedure_code in ["99213", "97110"]                                | 97110 99213
line.procedure_code in ["99213".."99215"]                                | any
line.procedure_code != "99213"                                           | any
line.procedure_code not in ["99213"]                                     | any
not line.procedure_code = "99213"                                        | any
line.procedure_code = "99213" and line.units > 2                         | 99213
line.units > 2 and line.procedure_code in ["97110"]                      | 97110
line.procedure_code = "99213" or line.units > 2                          | any
line.procedure_code = "99213" or line.procedure_code = "97110"           | 97110 99213
any line (line.procedure_code = "99213") and claim.kind = "P"            | 99213
no line (line.procedure_code = "99213")                                  | any
count line (line.procedure_code = "99213") = 0                           | any
line.revenue_code = "0450"                                               | any
line.procedure_code = line.revenue_code                                  | any
"""

# condition | the wrong word | part of the message
WRONG = """
line.unit > 2                        | line.unit  | did you mean line.units?
line.units >                         |            | expected a value
line.units > "2"                     | >          | can't be compared
line.units = 2.5.3                   | .          | has no meaning here
line.modifiers = "25"                | =          | can't be compared
line.units has "2"                   | has        | needs a list
line.procedure_code in ["1", 2]      | 2          | the list holds a number
line.procedure_code in ["2".."1"]    | "1"        | lower to a higher
line.procedure_code in []            | ]          | expected a value
line.service_date = 2026-02-30       | 2026-02-30 | no day
line.units > 2 line.units            | line.units | the end of the rule
(line.units > 2                      |            | expected ")"
line.units and line.modifiers has "25" | line.units | joins conditions
not line.units                       | not        | needs a condition
line.units + "a" > 2                 | +          | can't be joined
any line (claim.place_of_service = "11") | (      | names a field of the line
sum of line.modifiers > 2            | line.modifiers | numbers and amounts
line.note starts with 5              | 5          | text in double quotes
line.units like "2"                  | "2"        | has no letters
line.is_emergency < true             | <          | no order
"open                                | "          | ends with
__import__("os")                     | __import__ | no field is called
import os                            | import     | no field is called
lambda                               | lambda     | no field is called
"""


def rows(text):
    return [tuple(c.strip() for c in line.split(" | ")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("when", "text", "expected"), rows(CONDITIONS))
def test_condition(when, text, expected):
    places = [f.place or "." for f in findings(own(when), text)]
    assert places == ([] if expected == "-" else expected.split())


@pytest.mark.parametrize(("when", "expected"), rows(CODES))
def test_codes_by_which_a_rule_is_passed_over(when, expected):
    codes = compile_rule(own(when)).codes
    assert codes == (None if expected == "any" else frozenset(expected.split()))


@pytest.mark.parametrize(("when", "word", "words"), rows(WRONG))
def test_a_wrong_text_is_told_with_its_place(when, word, words):
    problems = compile_rule(own(when))
    assert isinstance(problems, dict)
    problem = problems["when"]
    assert words in problem.message
    assert when[problem.start : problem.end] == word


@pytest.mark.parametrize(
    "text",
    ["(" * 60 + "1 = 1" + ")" * 60, "not " * 60 + "line.is_emergency", "x" * 5000, "", "\x00", "é"],
)
def test_odd_texts_are_problems_not_crashes(text):
    assert isinstance(compile_rule(own(text)), dict)


def test_patterns_are_quick_on_long_texts():
    rule = own('line.note like "**a*b*c*d*e*f*"')
    assert findings(rule, "99213/note=" + "abcd" * 500) == []


def test_messages_show_fields_but_no_person():
    rule = own(message="{line.procedure_code} has {line.units} units, modifiers {line.modifiers}.")
    assert findings(rule, "97110.GP.59x3")[0].message == "97110 has 3 units, modifiers GP 59."
    for name in ("patient.name.last", "subscriber.member_id", "patient.birth_date", "line.note"):
        problems = compile_rule(own(message="See {" + name + "}."))
        assert "may identify a person" in problems["message"].message
    assert "claim" in compile_rule(own("day = day", "{line.units}"))["message"].message
    assert "did you mean" in compile_rule(own(message="{line.unit}"))["message"].message
    assert compile_rule(own(message=" "))["message"]


def test_no_identifying_field_can_be_shown():
    shown = [f.name for f in catalogue().values() if not f.identifies]
    for name in shown:
        assert not name.startswith(("patient.name", "subscriber.name", "patient.address"))
        assert not name.endswith(("birth_date", "member_id", "phone", "tax_id", ".note"))


def test_a_place_and_a_fix():
    rule = own(
        'line.place = "11" and payer.kind = "commercial"',
        "Use 10.",
        field="line.place_of_service",
        fix='set line.place_of_service to "10"',
    )
    found = findings(rule, "99213 97110p22")
    assert [(f.place, f.correction.field, f.correction.value) for f in found] == [
        ("lines[0].place_of_service", "lines[0].place_of_service", "10")
    ]
    lacking = own('line.modifiers lacks "95"', fix='add "95" to line.modifiers')
    added = findings(lacking, "97110.GPx3")[0].correction
    assert (added.field, added.value) == ("lines[0].modifiers", ["GP", "95"])
    having = own('line.modifiers has "GP"', fix='remove "GP" from line.modifiers')
    assert findings(having, "97110.GPx3")[0].correction.value == []
    useless = own(fix='remove "GP" from line.modifiers')  # it would not remove the finding
    assert findings(useless, "97110.GPx3")[0].correction is None


@pytest.mark.parametrize(
    ("fix", "words"),
    [
        ("change line.units to 1", "a fix is"),
        ('set line.units to "1"', "can't change"),
        ('add "1" to line.units', "can't change"),
        ("set line.diagnoses to 1", "can't change"),
        ('set payer.kind to "x"', "can't be changed"),
        ("set line.units to 1 and", "the end of the fix"),
    ],
)
def test_a_wrong_fix(fix, words):
    assert words in compile_rule(own(fix=fix))["fix"].message


def test_versions_and_scopes():
    versions = [
        own(version=1, effective_date=date(2026, 1, 1), end_date=date(2026, 3, 31)),
        own(version=2, effective_date=date(2026, 3, 1)),
        own(version=1, scope=Scope(tenant="a"), effective_date=date(2026, 5, 1)),
        own(version=1, scope=Scope(tenant="a", practice="p"), effective_date=date(2026, 6, 1)),
        own(rule_id="R2", scope=Scope(payer_id="P9")),
    ]
    mine = Scope(tenant="a", practice="p", payer_id="P1")

    def chosen(day, scope=mine):
        return [(r.rule_id, r.version, r.scope) for r in rules_in_force(versions, scope, day)]

    assert chosen(date(2025, 12, 31)) == []
    assert chosen(date(2026, 1, 1)) == [("R1", 1, Scope())]
    assert chosen(date(2026, 3, 1)) == [("R1", 2, Scope())]
    assert chosen(date(2026, 5, 1)) == [("R1", 1, Scope(tenant="a"))]
    assert chosen(date(2026, 6, 1)) == [("R1", 1, Scope(tenant="a", practice="p"))]
    other = Scope(tenant="b", payer_id="P9")
    assert chosen(date(2026, 6, 1), other) == [("R1", 2, Scope()), ("R2", 1, Scope(payer_id="P9"))]
    assert "end_date" in compile_rule(own(end_date=date(2025, 12, 31)))


def test_effective_dates_are_those_of_the_line():
    rule = own("line.units > 0", effective_date=date(2026, 3, 2), end_date=date(2026, 3, 3))
    found = findings(rule, "99213@0301 99213@0302 99213@0303 99213@0304")
    assert [f.place for f in found] == ["lines[1]", "lines[2]"]


def test_back_test_counts_claims_and_dollars_either_way():
    past = []
    for text, outcome, paid, denied in (
        ("97110x3", "denied", 0, 10000),
        ("97110x4", "paid", 8000, 0),
        ("97110x5", "partly_paid", 4000, 5000),
        ("97110x6", "open", 0, 0),
        ("97110x1", "denied", 0, 10000),
        ("97110x2", "paid", 8000, 0),
    ):
        builder = Builder(text)
        fields = {"claim": builder.claim(), "context": builder.context(), "outcome": outcome}
        past.append(PastClaim(**fields, paid_cents=paid, denied_cents=denied))
    result = backtest(compile_rule(own()), past)
    assert result.claims == 6
    assert [item.outcome for item in result.stopped] == ["denied", "paid", "partly_paid", "open"]
    assert (result.denied_cents, result.paid_cents) == (15000, 12000)
    assert (result.missed_denied, result.failed) == (1, 0)
    assert result.right_share == pytest.approx(2 / 3)
    assert backtest(compile_rule(own("line.units > 9")), past).right_share is None


def test_a_rule_that_fails_in_the_back_test_is_counted():
    def fails(_case):
        raise KeyError

    builder = Builder("99213")
    past = PastClaim(claim=builder.claim(), context=builder.context(), outcome="paid")
    result = backtest(SimpleNamespace(findings=fails), [past])
    assert (result.claims, result.failed, result.stopped) == (1, 1, ())


def test_type_ahead_offers_names():
    assert [f.name for f in fields_beginning("patient.s")][:1] == ["patient.sex"]
    assert fields_beginning("modifiers")[0].name == "line.modifiers"
    assert len(fields_beginning("", limit=5)) == 5
