"""The clauses of both published policies, each with the test that proves it or the word open."""

import ast
import csv
from collections import Counter
from pathlib import Path

import msgspec

from cleanclaim.kernel.refusal import Refusal

OPEN = "open"
ROOT = Path(__file__).parents[4]


class Clause(msgspec.Struct, frozen=True):
    """One clause; `test` is `open`, or `path::function`, several parted by blanks."""

    clause: str
    tenant: str
    matter: str
    test: str

    @property
    def tests(self) -> list[str]:
        """List the tests that prove it together; none where it is open."""
        return [] if self.test == OPEN else self.test.split()


def clauses_read(root: Path = ROOT) -> list[Clause]:
    """Read docs/reference/clauses.csv of the source tree.

    Raises:
        Refusal: `clauses_absent` in an installation without its sources.
    """
    path = root / "docs" / "reference" / "clauses.csv"
    if not path.is_file():
        raise Refusal(
            "clauses_absent", "The list of clauses lies in the source tree: run it there."
        )
    with path.open(encoding="utf-8", newline="") as file:
        return [Clause(**row) for row in csv.DictReader(file)]


def clauses_missing_tests(clauses: list[Clause], root: Path = ROOT) -> list[str]:
    """List the tests that clauses name and that do not exist."""
    named = sorted({test for clause in clauses for test in clause.tests})
    return [test for test in named if not is_test(test, root)]


def is_test(test: str, root: Path = ROOT) -> bool:
    """Say whether `path::function` names a test of the source tree."""
    path, _, function = test.partition("::")
    return (root / path).is_file() and function in _functions(root / path)


def _functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def clauses_counted(clauses: list[Clause]) -> dict[str, tuple[int, int]]:
    """Count per tenant: (proven, all)."""
    total = Counter(clause.tenant for clause in clauses)
    proven = Counter(clause.tenant for clause in clauses if clause.tests)
    return {tenant: (proven[tenant], count) for tenant, count in total.items()}
