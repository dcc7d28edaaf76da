"""Seeded defects: small changes to a rule's code, each of which its table should notice."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

FLIPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SPOKEN = {"Hit", "set_field", "join"}  # words for people, not decisions


class Mutant:
    """A rule's function with one change."""

    def __init__(self, words: str, functions: dict[str, ast.AST], owner: Any, extra: dict) -> None:
        self.words = words
        self._functions = functions
        self._owner = owner
        self._extra = extra

    def build(self) -> Callable:
        space = dict(vars(inspect.getmodule(self._owner))) | self._extra
        module = ast.Module(body=list(self._functions.values()), type_ignores=[])
        exec(compile(ast.fix_missing_locations(module), "<mutant>", "exec"), space)  # noqa: S102  our own code
        return space[self._owner.__name__]


def mutants_of(function: Callable) -> list[Mutant]:
    """Give all mutants of a function, of the functions of its module that it calls, and of the
    constants of its module that they use."""
    module = inspect.getmodule(function)
    sources = _reached(function, module)
    found = []
    for name, tree in sources.items():
        for at, (words, _) in enumerate(_changes(tree)):
            changed = dict(sources)
            copy = ast.parse(ast.unparse(tree)).body[0]
            list(_changes(copy))[at][1]()
            changed[name] = copy
            found.append(Mutant(f"{name}: {words}", changed, function, {}))
    used = {n.id for tree in sources.values() for n in ast.walk(tree) if isinstance(n, ast.Name)}
    for name in sorted(used):
        for words, value in _other_values(getattr(module, name, None)):
            found.append(Mutant(f"{name}: {words}", sources, function, {name: value}))
    return found


def reached(function: Callable) -> dict[str, ast.AST]:
    """Give the text of a function and of the functions of its module that it calls."""
    return _reached(function, inspect.getmodule(function))


def _reached(function: Callable, module: Any) -> dict[str, ast.AST]:
    found: dict[str, ast.AST] = {}
    waiting = [function]
    while waiting:
        item = waiting.pop()
        if item.__name__ in found:
            continue
        tree = ast.parse(textwrap.dedent(inspect.getsource(item))).body[0]
        tree.decorator_list = []
        found[item.__name__] = tree
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for name in sorted(names):
            value = getattr(module, name, None)
            if inspect.isfunction(value) and value.__module__ == module.__name__:
                waiting.append(value)
    return found


def _decisions(node: ast.AST) -> Iterator[ast.AST]:
    """Walk what decides, leaving out what is only said."""
    if isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in SPOKEN or name.endswith(("_modifier", "_line", "_code", "_diagnoses")):
            return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _decisions(child)


def _changes(tree: ast.AST) -> Iterator[tuple[str, Callable]]:
    for node in _decisions(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            new = FLIPPED.get(type(node.ops[0]))
            if new:
                words = f"{ast.unparse(node)} to {new.__name__}"
                yield words, lambda node=node, new=new: node.ops.__setitem__(0, new())
        elif isinstance(node, ast.If) and not isinstance(node.test, ast.Compare | ast.BoolOp):
            words = f"if {ast.unparse(node.test)} to its opposite"
            opposite = ast.UnaryOp(op=ast.Not(), operand=node.test)
            yield words, lambda node=node, opposite=opposite: setattr(node, "test", opposite)
        elif isinstance(node, ast.BoolOp):
            new = ast.Or if isinstance(node.op, ast.And) else ast.And
            words = f"{ast.unparse(node)} to {new.__name__}"
            yield words, lambda node=node, new=new: setattr(node, "op", new())


def _other_values(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int) and abs(value) < 10_000:
        yield "one more", value + 1
        yield "one less", value - 1
    elif isinstance(value, frozenset) and value:
        yield "empty", frozenset()
