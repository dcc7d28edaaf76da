"""`cleanclaim clauses`: how many clauses of the published policies are proven, and by what."""

import argparse
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from cleanclaim.kernel.refusal import Refusal


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("clauses", help="count the proven clauses of each tenant")
    parser.add_argument("--open", action="store_true", help="list the open ones")
    parser.add_argument(
        "--prove", action="store_true", help="run their tests and keep what they showed (checkout)"
    )


def run(args: argparse.Namespace) -> int:
    """Print the counts."""
    from cleanclaim.apps.privacy.clauses import (  # noqa: PLC0415  lazily
        OPEN,
        clauses_counted,
        clauses_missing_tests,
        clauses_read,
    )

    clauses = clauses_read()
    missing = clauses_missing_tests(clauses)
    if missing:
        raise Refusal("test_absent", f"These tests do not exist: {', '.join(missing)}.")
    for tenant, (proven, total) in clauses_counted(clauses).items():
        sys.stdout.write(f"{tenant}: {proven} of {total} clauses proven\n")
    if args.open:
        for clause in clauses:
            if clause.test == OPEN:
                sys.stdout.write(f"{clause.clause}: {clause.matter}\n")
    return _prove() if args.prove else 0


def _prove() -> int:
    """Run the tests that clauses and sentences name, and keep those that passed."""
    from cleanclaim.apps.privacy.clauses import ROOT  # noqa: PLC0415  lazily
    from cleanclaim.apps.privacy.evidence import release_write  # noqa: PLC0415  lazily
    from cleanclaim.apps.privacy.reference import named_tests  # noqa: PLC0415  lazily

    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *named_tests()]
        result = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603  our own tests
        if not report.exists():
            raise Refusal("tests_not_run", "The tests could not be run here.")
        passed = _passed(report)
    release_write(sorted(passed), datetime.now(UTC).replace(microsecond=0))
    sys.stdout.write(f"{len(passed)} tests passed and are evidence of this release\n")
    return result.returncode


def _passed(report: Path) -> set[str]:
    """Read the names of the tests of which every case passed."""
    cases: dict[str, bool] = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  our own report
        name = case.get("name", "").partition("[")[0]
        cases[name] = cases.get(name, True) and len(case.findall("*[@message]")) == 0
    return {name for name, is_good in cases.items() if is_good}
