"""How much of a long proof this run does: all of it under `-m proof`, else a sample."""

import hashlib
import random
from pathlib import Path

ROOT = Path(__file__).parents[5]


def is_whole(config):
    return config.option.markexpr == "proof"


def commit_random():
    """Chance that is fixed by the commit, so that a run can be repeated and runs differ."""
    head = ROOT / ".git" / "HEAD"
    text = head.read_text(encoding="utf-8").strip() if head.exists() else ""
    branch = ROOT / ".git" / text.removeprefix("ref: ")
    text = (
        branch.read_text(encoding="utf-8") if text.startswith("ref:") and branch.exists() else text
    )
    return fixed_random(text)


def fixed_random(seed):
    digest = hashlib.sha256(str(seed).encode()).digest()
    return random.Random(digest)  # noqa: S311  no secret is made here
