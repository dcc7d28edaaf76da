"""Evidence of this release, from package data, and of this installation, from its folder."""

import json
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import msgspec
import yaml

from cleanclaim.apps.privacy.loading import SHIPPED, file_replace
from cleanclaim.core.privacy.evidence import Evidence, Kind, Proofs
from cleanclaim.kernel.refusal import Refusal

RELEASE_FILE = SHIPPED / "release.json"


class ReleaseProofs(msgspec.Struct, frozen=True, kw_only=True):
    """What the tests of a release showed; `cleanclaim clauses --prove` writes it."""

    release: str
    at: datetime
    passed: tuple[str, ...]


def release_name() -> str:
    """Name the installed release."""
    return version("cleanclaim")


def release_proofs() -> ReleaseProofs:
    """Read what the tests of the shipped release showed."""
    return msgspec.json.decode(RELEASE_FILE.read_bytes(), type=ReleaseProofs)


def proofs_load(at: datetime, folder: Path | None = None, kept: Path | None = None) -> Proofs:
    """Gather all evidence.

    Args:
        at: The aware instant of the question.
        folder: Files `*.yaml` of probes and attestations of this installation: lists of rows as
            `core.privacy.evidence.Evidence` has them.
        kept: File that remembers every row that was ever there. One that is gone from the folder
            has lapsed: what stands on it is not taken back by a file that somebody removed.
            With it, a file that cannot be read is told in `Proofs.unreadable`.

    Raises:
        Refusal: `evidence_unreadable` where a file of the folder is none, without `kept`.
    """
    shipped = release_proofs()
    found = {
        name: Evidence(
            evidence_id=name,
            kind=Kind.TEST,
            holds=True,
            at=shipped.at,
            release=shipped.release,
            told="passed in the checks of this release",
        )
        for name in shipped.passed
    }
    rows: dict[str, Evidence] = {}
    unreadable: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")) if folder is not None else ():
        try:
            rows |= {row.evidence_id: row for row in evidence_read(path)}
        except Refusal as refusal:
            if kept is None:
                raise
            unreadable[path.name] = refusal.message
    found |= rows if kept is None else _remembered(rows, kept)
    return Proofs(by_id=found, at=at, release=release_name(), unreadable=unreadable)


def _remembered(rows: dict[str, Evidence], kept: Path) -> dict[str, Evidence]:
    known: dict[str, Evidence] = {}
    if kept.exists():
        known = msgspec.json.decode(kept.read_bytes(), type=dict[str, Evidence])
    if known | rows != known:
        file_replace(kept, msgspec.json.encode(known | rows))
    gone = {
        name: msgspec.structs.replace(row, until=row.at)
        for name, row in known.items()
        if name not in rows
    }
    return gone | rows


def evidence_read(path: Path) -> list[Evidence]:
    """Read one file of probes and attestations; a test is shown by a release alone."""
    try:
        rows = msgspec.convert(
            yaml.safe_load(path.read_text(encoding="utf-8")), list[Evidence], strict=False
        )
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise Refusal("evidence_unreadable", f"{path.name} is no list of evidence.") from error
    if any(row.kind is Kind.TEST or row.until is None or row.at.tzinfo is None for row in rows):
        message = f"{path.name}: each row is a probe or an attestation, with zone and end."
        raise Refusal("evidence_unreadable", message)
    return rows


def release_write(passed: list[str], at: datetime, path: Path = RELEASE_FILE) -> None:
    """Write what the tests of this release showed."""
    data = {"release": release_name(), "at": at.isoformat(), "passed": sorted(passed)}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
