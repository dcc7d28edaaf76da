"""The generated reference of a checkout: decisions, field sets, inventory; and the named tests."""

from collections.abc import Iterator
from pathlib import Path

from cleanclaim.apps.privacy.clauses import ROOT, clauses_read
from cleanclaim.apps.privacy.inventory import field_sets_text, inventory_csv
from cleanclaim.apps.privacy.loading import SHIPPED, document_from_file, policy_load_unchecked
from cleanclaim.core.privacy.evidence import section_evidence
from cleanclaim.core.privacy.snapshot import snapshot_text
from cleanclaim.core.privacy.source import Document
from cleanclaim.kernel.refusal import Refusal


def reference_texts() -> Iterator[tuple[Path, str]]:
    """Yield every generated file of docs/reference with its content."""
    folder = ROOT / "docs" / "reference"
    yield folder / "inventory.csv", inventory_csv()
    for path in sorted(SHIPPED.glob("*.yaml")):
        if path.stem == "platform":
            continue
        loaded = policy_load_unchecked(path)
        if loaded.policy is not None:
            name = f"{path.stem}.txt"
            yield folder / "decisions" / name, snapshot_text(loaded.policy)
            sets = field_sets_text(loaded.policy, loaded.platform)
            yield folder / "field-sets" / name, sets


def reference_write() -> list[str]:
    """Renew the files that differ; a person reads the difference before it is committed.

    Raises:
        Refusal: `no_checkout` in an installation without its sources.
    """
    if not (ROOT / "docs").is_dir():
        raise Refusal("no_checkout", "The reference lies in the source tree: run it there.")
    written = []
    for path, text in reference_texts():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(str(path.relative_to(ROOT)))
    return written


def evidence_named() -> set[str]:
    """Name all tests that shipped policies rest a sentence on."""
    names: set[str] = set()
    for path in SHIPPED.glob("*.yaml"):
        document = document_from_file(path)
        if isinstance(document, Document) and "statements" in document.data:
            ids = [row["evidence"] for row in document.data["statements"]]
            ids += map(section_evidence, document.data["sections"].values())
            names |= {name for part in ids for name in part if ":" not in name}
    return names


def named_tests() -> list[str]:
    """List the tests of clauses and sentences as pytest takes them."""
    of_clauses = {test for clause in clauses_read() for test in clause.tests}
    paths = [*sorted(ROOT.glob("src/**/tests/test_*.py")), *sorted(ROOT.glob("tests/*/test_*.py"))]
    sources = {path: path.read_text(encoding="utf-8") for path in paths}
    of_sentences = {
        f"{path.relative_to(ROOT)}::{name}"
        for name in evidence_named()
        for path, text in sources.items()
        if f"def {name}(" in text
    }
    return sorted(of_clauses | of_sentences)
