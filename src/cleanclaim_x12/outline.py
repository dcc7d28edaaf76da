"""What a file holds, in outline: interchanges, groups and transactions with their findings."""

import msgspec

from cleanclaim_x12.findings import ERROR, Finding
from cleanclaim_x12.syntax import Group, Interchange


class SetOutline(msgspec.Struct, kw_only=True):
    """One transaction: its head, and what was found in it."""

    code: str
    control: str
    version: str
    number: int
    known: bool
    findings: list[Finding] = []

    @property
    def has_errors(self) -> bool:
        """Say whether any finding that a 999 can carry is an error."""
        return any(
            finding.severity == ERROR and finding.level in ("set", "segment", "element")
            for finding in self.findings
        )


class GroupOutline(msgspec.Struct, kw_only=True):
    """One functional group."""

    head: Group
    sets: list[SetOutline] = []
    findings: list[Finding] = []
    included: str = ""  # GE01 as it stands


class InterchangeOutline(msgspec.Struct, kw_only=True):
    """One interchange."""

    head: Interchange
    groups: list[GroupOutline] = []
    findings: list[Finding] = []
