"""Seeded defects in the prices: each turns a test of `test_pricing.py` red."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path

from cleanclaim.core.pricing import expected, medicare, rates
from cleanclaim.core.scrub.tests.mutants import mutants_of

HERE = Path(__file__).parent
SUBJECTS = (
    medicare.medicare_prices,
    medicare.anesthesia_cents,
    medicare.sequestration_cents,
    medicare.half_up_cents,
    rates._fits,
    rates._exactness,
    expected.expected_lines,
)


def cases(module) -> Iterator[Callable]:
    """Give every test of a module, once for each of its rows."""
    for name, function in vars(module).items():
        if not name.startswith("test_"):
            continue
        marks = getattr(function, "pytestmark", [])
        rows = next((mark.args[1] for mark in marks if mark.name == "parametrize"), [()])
        for row in rows:
            yield lambda function=function, row=row: function(*row)


def is_red(tests: list[Callable]) -> bool:
    for test in tests:
        try:
            test()
        except Exception:  # noqa: BLE001  any failure is what a seeded defect should bring
            return True
    return False


def test_every_seeded_defect_turns_a_test_red():
    spec = importlib.util.spec_from_file_location("pricing_tests", HERE / "test_pricing.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = list(cases(module))
    assert not is_red(tests)
    alive = []
    for subject in SUBJECTS:
        holders = [
            (owner, name)
            for owner in (medicare, rates, expected, module)
            for name, value in vars(owner).items()
            if value is subject
        ]
        for mutant in mutants_of(subject):
            changed = mutant.build()
            for owner, name in holders:
                setattr(owner, name, changed)
            if not is_red(tests):
                alive.append(mutant.words)
            for owner, name in holders:
                setattr(owner, name, subject)
    assert alive == []
