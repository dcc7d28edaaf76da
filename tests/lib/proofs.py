"""Long proofs: a sample in ordinary runs, whole in `make proof`, and their figures written down.

A long proof is marked `@pytest.mark.proof` and asks for the fixture `proof`:

    @pytest.mark.proof
    def test_both_engines_agree(proof):
        cases = proof.count(100_000, 2_000)        # whole, sample
        for _ in range(cases):
            question = ask(proof.random)           # other questions with each commit
            assert ours(question) == theirs(question)
        proof.tell(cases=cases)                    # and any other figure: allowed=612

`proof.choose(every, 5)` gives all of a list of cases, or five. A proof that passes without
telling its `cases` fails. The commit seeds the chance; `CLEANCLAIM_SEED` repeats another one.
Under `CLEANCLAIM_PROOF=whole` each proof that ran is written to docs/reference/proof.json with
commit, date, seed, cases, result and seconds. A run of all proofs writes the file anew; a run of
some (`-k`, a path, `-m kills`) replaces theirs.
"""

import json
import os
import random
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

FILE = Path("docs/reference/proof.json")
ROOT = Path(__file__).parents[2]
_RUNS = pytest.StashKey[dict[str, dict[str, object]]]()
_TOLD = pytest.StashKey["Proof"]()


@dataclass
class Proof:
    """How far one test goes in this run, by which chance, and what it found."""

    is_whole: bool
    seed: int
    random: random.Random
    figures: dict[str, object] = field(default_factory=dict)

    def count(self, whole: int, sample: int) -> int:
        """Say how many cases this run tries."""
        return whole if self.is_whole else sample

    def choose[Case](self, cases: Iterable[Case], sample: int) -> list[Case]:
        """Give all cases, or as many of them as a sample has, others with each commit."""
        every = list(cases)
        if self.is_whole or sample >= len(every):
            return every
        return self.random.sample(every, sample)

    def tell(self, *, cases: int, **figures: object) -> None:
        """Keep the figures of this proof; they are written when the proof was whole."""
        self.figures = {"cases": cases, **figures}


def commit_here() -> str:
    """The commit under test; `-dirty` behind it when files of it were changed."""
    head = _git("rev-parse", "HEAD").stdout.strip() or "unknown"
    is_clean = _git("diff-index", "--quiet", "HEAD", "--", f":!{FILE}").returncode == 0
    return head if is_clean else f"{head}-dirty"


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def is_whole_run() -> bool:
    """Whether long proofs run whole, as `make proof` asks."""
    return os.environ.get("CLEANCLAIM_PROOF") == "whole"


def run_seed(commit: str) -> int:
    """The seed of this run's chance: the one asked for, else the commit's."""
    asked = os.environ.get("CLEANCLAIM_SEED")
    return int(asked) if asked else random.Random(commit.removesuffix("-dirty")).getrandbits(32)


@pytest.fixture(scope="session")
def commit() -> str:
    """The commit under test."""
    return commit_here()


@pytest.fixture
def proof(commit: str, request: pytest.FixtureRequest) -> Proof:
    """What a long proof asks: how many cases, which chance; and where it tells its figures."""
    seed = run_seed(commit)
    chance = random.Random(f"{seed} {request.node.nodeid}")
    request.node.stash[_TOLD] = made = Proof(is_whole=is_whole_run(), seed=seed, random=chance)
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Fail a proof that passed without a figure; remember what the others told."""
    report = yield
    marked = item.get_closest_marker("proof") or item.get_closest_marker("kills")
    if marked is None or not (report.when == "call" or report.skipped or report.failed):
        return report
    told = item.stash.get(_TOLD, None)
    figures = told.figures if told else {}
    if report.passed and not figures and item.get_closest_marker("proof"):
        report.outcome = "failed"
        report.longrepr = "A proof tells its figures: ask for `proof`, call proof.tell(cases=…)."
    if figures or not report.passed:
        item.config.stash.setdefault(_RUNS, {})[item.nodeid] = {
            "result": report.outcome,
            "seconds": round(report.duration, 1),
            "seed": told.seed if told else None,
            **figures,
        }
    return report


def pytest_sessionfinish(session) -> None:
    """Write the figures of a whole run."""
    runs = session.config.stash.get(_RUNS, {})
    if not (is_whole_run() and runs):
        return
    path = session.config.rootpath / FILE
    is_kept = path.exists() and not _is_everything(session.config)
    known = json.loads(path.read_text()) if is_kept else {}
    now = {"commit": commit_here(), "date": datetime.now(UTC).date().isoformat()}
    known |= {name: {**now, **run} for name, run in runs.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(dict(sorted(known.items())), indent=1) + "\n")


def _is_everything(config: pytest.Config) -> bool:
    """Whether the run was asked for every proof and nothing else."""
    given = config.option
    is_all = given.markexpr == "proof" and not (given.keyword or given.deselect)
    return is_all and config.args_source == pytest.Config.ArgsSource.TESTPATHS
