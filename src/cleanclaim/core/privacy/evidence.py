"""Evidence behind published sentences: what proves them, until when, and what its end does."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from cleanclaim.core.privacy.source import Document
from cleanclaim.kernel.finding import Finding, Severity


class Kind(StrEnum):
    """Where evidence comes from."""

    TEST = "test"
    PROBE = "probe"
    ATTESTATION = "attestation"


class State(StrEnum):
    """How a piece of evidence or a sentence stands at one instant."""

    PROVEN = "proven"
    LAPSED = "lapsed"
    FAILED = "failed"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One proof.

    Args:
        evidence_id: Name of the test, `probe:…` or `attest:…`.
        holds: Whether it was shown.
        at: Aware instant at which it was shown last.
        until: Its end; a probe and an attestation have one.
        release: The release that a test belongs to; it proves nothing of another one.
        told: What was seen, in words: "212 pages on 4 hosts, 0 requests".
        by: Who attests; the name of an office, not of a person.
    """

    evidence_id: str
    kind: Kind
    holds: bool
    at: datetime
    until: datetime | None = None
    release: str = ""
    told: str = ""
    by: str = ""


class Proofs(msgspec.Struct, frozen=True, kw_only=True):
    """All evidence of an installation, the instant of the question, and its release.

    Args:
        unreadable: Names of files of evidence that cannot be read, with what is wrong.
    """

    by_id: Mapping[str, Evidence]
    at: datetime
    release: str
    unreadable: Mapping[str, str] = {}

    def state(self, evidence_id: str) -> State:
        """Say how one piece of evidence stands now."""
        evidence = self.by_id.get(evidence_id)
        if evidence is None:
            return State.MISSING
        if not evidence.holds:
            return State.FAILED
        if evidence.kind is Kind.TEST:
            return State.PROVEN if evidence.release == self.release else State.LAPSED
        is_live = evidence.until is not None and evidence.at <= self.at < evidence.until
        return State.PROVEN if is_live else State.LAPSED

    def state_of_all(self, evidence_ids: list[str]) -> State:
        """Say how a sentence stands that rests on all of these; on nothing it never stands."""
        states = [self.state(evidence_id) for evidence_id in evidence_ids] or [State.MISSING]
        return max(states, key=_ORDER.index)


_ORDER = [State.PROVEN, State.LAPSED, State.FAILED, State.MISSING]


def publication_findings(tenant: Document, proofs: Proofs) -> list[Finding]:
    """Find what blocks the next version: sentences that do not stand on live evidence."""
    return [
        Finding(
            code=f"PAGE-EVIDENCE-{state.name}",
            severity=Severity.BLOCKS,
            place=tenant.place(*path),
            message=f"{name} cannot be published: its evidence is {state}; renew or withdraw it.",
        )
        for path, name, state in _standing(tenant.data, proofs)
        if state not in {State.PROVEN, State.WITHDRAWN}
    ]


def evidence_alerts(tenant: Document, proofs: Proofs) -> dict[str, Finding]:
    """Find published sentences whose evidence lapsed or failed; a person renews or withdraws.

    What was never proven is not published and raises no alert.

    Returns:
        From the id of a sentence, or `Section rights`, to the finding.
    """
    return {
        name: Finding(
            code=f"PAGE-EVIDENCE-{state.name}",
            severity=Severity.WARNS,
            place=tenant.place(*path),
            message=f"{name} is published and its evidence {state}: renew it, or withdraw it"
            " as a dated version.",
        )
        for path, name, state in _standing(tenant.data, proofs)
        if state in {State.LAPSED, State.FAILED}
    }


def _standing(
    data: Mapping[str, Any], proofs: Proofs
) -> Iterator[tuple[tuple[str | int, ...], str, State]]:
    for number, row in enumerate(data["statements"]):
        yield ("statements", number), row["id"], statement_state(row, proofs)
    for name, section in data["sections"].items():
        yield ("sections", name), f"Section {name}", section_state(section, proofs)


def statement_state(row: Mapping[str, Any], proofs: Proofs) -> State:
    """Say how a sentence of the file stands now."""
    return State.WITHDRAWN if "withdrawn" in row else proofs.state_of_all(row["evidence"])


def section_state(section: Any, proofs: Proofs) -> State:
    """Say how a part of the page stands now that is made from the rules.

    A file of an older release may not know the part: then nothing proves it.
    """
    if section is None:
        return State.MISSING
    ids = section_evidence(section)
    return proofs.state_of_all(ids) if ids else State.WITHDRAWN


def section_evidence(section: Any) -> list[str]:
    """Name what a part of the page rests on; nothing where it was withdrawn."""
    return section if isinstance(section, list) else []
