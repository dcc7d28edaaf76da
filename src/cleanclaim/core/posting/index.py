"""Groups of claims that do not look at each other, and the rows that each of them needs."""

import msgspec

from cleanclaim.core.ledger import Ref
from cleanclaim.core.posting.state import Adjudication, ClaimState, Hold, Parked, Rows, WorkItem
from cleanclaim.core.remit import RemitClaim


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of a remittance that must be posted together: those of one patient.

    Args:
        parts: Each claim of the remittance with the claim of ours, or None for a person.
    """

    patient: Ref | None
    parts: tuple[tuple[RemitClaim, Ref | None, str], ...]

    @property
    def ordinal(self) -> int:
        """Give its place in the remittance."""
        return self.parts[0][0].ordinal


class Index:
    """Rows by patient and claim, so that a group sees its own and nothing is scanned twice."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.claims: dict[Ref, list[ClaimState]] = {}
        self.adjudications: dict[Ref, list[Adjudication]] = {}
        self.items: dict[Ref, list[WorkItem]] = {}
        self.parked: dict[Ref, list[Parked]] = {}
        self.holds: dict[Ref, list[Hold]] = {}
        for claim in rows.claims.values():
            self.claims.setdefault(claim.patient, []).append(claim)
        for one in rows.adjudications.values():
            self.adjudications.setdefault(one.claim, []).append(one)
        for item in rows.items.values():
            if item.is_open:
                for ref in {item.subject, item.claim}:
                    if ref is not None:
                        self.items.setdefault(ref, []).append(item)
        for part in rows.parked.values():
            if part.is_open and part.claim is not None:
                self.parked.setdefault(part.claim, []).append(part)
        for hold in rows.holds.values():
            self.holds.setdefault(hold.subject, []).append(hold)

    def of(self, group: Group) -> Rows:
        """Give the rows of one group."""
        if group.patient is None:
            return Rows(closed_periods=self.rows.closed_periods)
        claims = {one.claim: one for one in self.claims[group.patient]}
        refs = [*claims, group.patient]
        adjudications = (one for ref in claims for one in self.adjudications.get(ref, ()))
        items = (item for ref in refs for item in self.items.get(ref, ()))
        holds = (hold for ref in refs for hold in self.holds.get(ref, ()))
        parked = (part for ref in claims for part in self.parked.get(ref, ()))
        patient = self.rows.patients.get(group.patient)
        return Rows(
            claims=claims,
            adjudications={one.key: one for one in adjudications},
            patients={group.patient: patient} if patient else {},
            items={(item.kind, item.subject): item for item in items},
            holds={(hold.kind, hold.subject, hold.what): hold for hold in holds},
            parked={part.name: part for part in parked},
            timers=self.rows.timers,
            closed_periods=self.rows.closed_periods,
        )
