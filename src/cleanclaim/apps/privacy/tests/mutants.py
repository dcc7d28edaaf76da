"""Small wrong changes of the policy files and of the evaluator, which the proofs must notice."""

import ast
import copy
from pathlib import Path

import msgspec

from cleanclaim.apps.privacy.loading import schema
from cleanclaim.apps.privacy.tests.files import TENANTS, TODAY, document, policy
from cleanclaim.core.privacy import decision as evaluator
from cleanclaim.core.privacy.compile import policy_from_documents
from cleanclaim.core.privacy.lint import Checked, policy_findings
from cleanclaim.core.privacy.snapshot import answer, questions
from cleanclaim.core.privacy.source import Document, content_digest

DECIDING = ("actions", "categories", "purposes", "recipients", "subjects", "when", "unless")


def file_mutants():
    """Yield (what was changed, name of the file, its changed data, id of the row)."""
    parts = [("platform", "floors"), ("platform", "obligations")]
    for name, part in parts + [(tenant, "rules") for tenant in TENANTS]:
        data = document(name).data
        for number, row in enumerate(data[part]):
            for told, changed in _row_mutants(row):
                fresh = copy.deepcopy(data)
                fresh[part][number : number + 1] = [changed] if changed else []
                yield f"{row['id']}: {told}", name, fresh, row["id"]


def _row_mutants(row):
    yield "dropped", None
    if "effect" in row:
        yield "effect turned", {**row, "effect": "deny" if row["effect"] == "allow" else "allow"}
    for name in DECIDING:
        for number, word in enumerate(row.get(name, ())):
            rest = row[name][:number] + row[name][number + 1 :]
            if rest:
                yield f"{name} without {word}", {**row, name: rest}
            if "." in word:
                wide = word.rpartition(".")[0]
                yield f"{name}: {word} becomes {wide}", {**row, name: [*rest, wide]}
        if name in row:
            yield f"without {name}", {key: value for key, value in row.items() if key != name}
    if "fieldset" in row:
        yield "another field set", {**row, "fieldset": "everything"}
    if "emit" in row:
        yield "another duty", {**row, "emit": "nothing"}


def file_mutant_killer(name, data, row_id):
    """Say what notices a changed file: `linter`, `snapshot`, nothing; `same` if none could.

    A file that breaks the schema or says the same in other words is no mutant: `same`.
    """
    data["versions"][-1]["digest"] = content_digest(Document("x", data, {}))
    changed = Document(f"{name}.yaml", data, document(name).lines)
    found = []
    for tenant in TENANTS if name == "platform" else (name,):
        platform = changed if name == "platform" else document("platform")
        own = document(tenant) if name == "platform" else changed
        killer = _killer(tenant, platform, own, row_id)
        if killer in {"linter", "snapshot"}:
            return killer
        found.append(killer)
    return "same" if set(found) == {"same"} else ""


def _killer(tenant, platform, own, row_id):
    findings = policy_findings(Checked(platform=platform, tenant=own, today=TODAY), schema())
    codes = {finding.code for finding in findings}
    if codes:
        return "same" if codes == {"POLICY-SCHEMA"} else "linter"
    old, new = policy(tenant), policy_from_documents(platform, own)
    if msgspec.structs.replace(new, digest=old.digest) == old:
        return "same"
    reach = [rule for rule in _all_rules(old) + _all_rules(new) if rule.rule_id == row_id]
    for question in questions(old, new):
        if any(_reaches(rule, question) for rule in reach) and (
            answer(old, question) != answer(new, question)
        ):
            return "snapshot"
    return ""


def _all_rules(rules):
    return [*rules.floors, *rules.denies, *rules.allows, *rules.obligations]


def _reaches(rule, question):
    return (
        question.action in rule.actions
        and question.purposes[0] in rule.purposes
        and question.recipients[0] in rule.recipients
        and question.subjects[0] in rule.subjects
        and question.categories[0] in rule.categories
    )


# ---------------------------------------------------------------- the evaluator

SWAPS = {
    ast.And: ast.Or, ast.Or: ast.And, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.LtE: ast.GtE, ast.Sub: ast.BitAnd,
}  # fmt: skip
NAMES = {"all": "any", "any": "all"}
OUTCOMES = {"ALLOWED": "DENIED", "DENIED": "ALLOWED", "UNKNOWN": "ALLOWED"}


def evaluator_mutants():
    """Yield (what was changed, the changed module as a namespace)."""
    source = Path(evaluator.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    for number, node in enumerate(ast.walk(tree)):
        for choice in range(len(_changes(node)) if id(node) in inside else 0):
            fresh = ast.parse(source)
            told, change = _changes(list(ast.walk(fresh))[number])[choice]
            change()
            namespace = {"__name__": evaluator.__name__}
            code = compile(ast.fix_missing_locations(fresh), "mutant", "exec")
            exec(code, namespace)  # noqa: S102  the mutant is our own source
            yield f"line {getattr(node, 'lineno', '?')}: {told}", namespace


def _changes(node):
    """List every small change of one node as (words, what does it)."""
    return [
        (told, change)
        for kind, changes in CHANGES.items()
        if isinstance(node, kind)
        for told, change in changes(node)
    ]


def _of_bool_op(node):
    yield "and/or swapped", lambda: setattr(node, "op", SWAPS[type(node.op)]())
    for number in range(len(node.values)):
        rest = [value for i, value in enumerate(node.values) if i != number]
        yield f"part {number} dropped", lambda rest=rest: setattr(node, "values", [*rest, rest[0]])


def _of_compare(node):
    if type(node.ops[0]) in SWAPS:
        yield "comparison turned", lambda: setattr(node, "ops", [SWAPS[type(node.ops[0])]()])


def _of_bin_op(node):
    if isinstance(node.op, ast.Sub):
        yield "operator swapped", lambda: setattr(node, "op", ast.BitAnd())


def _of_not(node):
    def drop():
        node.op = ast.UAdd()
        node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])

    if isinstance(node.op, ast.Not):
        yield "not dropped", drop


def _of_constant(node):
    if isinstance(node.value, bool):
        yield "constant turned", lambda: setattr(node, "value", not node.value)


def _of_name(node):
    if node.id in NAMES:
        yield "all/any swapped", lambda: setattr(node, "id", NAMES[node.id])


def _of_condition(node):
    for value in (True, False):
        told = f"condition always {value}"
        yield told, lambda value=value: setattr(node, "test", ast.Constant(value))


def _of_comprehension(node):
    if node.ifs:
        yield "filter dropped", lambda: setattr(node, "ifs", [])


def _of_tuple(node):
    if any(isinstance(element, ast.Starred) for element in node.elts):
        for number in range(len(node.elts)):
            yield f"element {number} dropped", lambda number=number: node.elts.pop(number)


def _of_attribute(node):
    if node.attr in OUTCOMES:
        yield "outcome swapped", lambda: setattr(node, "attr", OUTCOMES[node.attr])


CHANGES = {
    ast.BoolOp: _of_bool_op, ast.Compare: _of_compare, ast.BinOp: _of_bin_op,
    ast.UnaryOp: _of_not, ast.Constant: _of_constant, ast.Name: _of_name,
    ast.If: _of_condition, ast.IfExp: _of_condition, ast.comprehension: _of_comprehension,
    ast.Tuple: _of_tuple, ast.Attribute: _of_attribute,
}  # fmt: skip
