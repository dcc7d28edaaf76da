"""The company in which a story is played: parties, leaves to work, claims that leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from cleanclaim.apps.claims.public import (
    Claim,
    claims_load,
    expected_set,
)
from cleanclaim.apps.encounters.public import Encounter, charges_for_encounters, encounters_take
from cleanclaim.apps.exchange.public import (
    control_numbers_continue,
    interchange_content,
    interchanges_send,
)
from cleanclaim.apps.privacy.public import disclosure_grant, work_grant
from cleanclaim.apps.remittance.public import (
    Desk,
    decision_witnesses,
    prior_for,
)
from cleanclaim.apps.submission.public import batches_follow, claims_seal
from cleanclaim.config.story.office import ACTOR, POLICY, SUBMITTER, arrival_of, office_make
from cleanclaim.core import claim as core
from cleanclaim.core.claim.stages import SubmissionKind
from cleanclaim.core.intake import EncounterDraft
from cleanclaim.core.ledger import Entry
from cleanclaim.core.posting.draft import Decision
from cleanclaim.core.stories import Json, Outbound, Story
from cleanclaim.core.stories.facts_837 import controls_of
from cleanclaim.core.stories.setup import expected_cents, line_of, rendering_of
from cleanclaim.core.stories.show import policy_of
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope


class Room:
    """A company in which a story is played, and what its claims need to leave.

    Args:
        slug: Short name of the company; no other story has it.
        folder: An empty folder for what leaves.
    """

    def __init__(self, slug: str, folder: Path) -> None:
        self.slug, self.folder = slug, folder
        self.entries: list[Entry] = []
        self.sent: list[Outbound] = []
        self.facts: dict[str, Any] = {}
        self.decided: list[Decision] = []
        self.twins: dict[str, str] = {}
        self.payments: list[tuple[str, int, str]] = []
        self.moment = datetime.min.replace(tzinfo=UTC)

    def begin(self, story: Story) -> None:
        """Make the company; encounters come in with their first charge."""
        self.story = story
        self.moment = datetime.combine(story.steps[0].day, time(8), UTC)
        traces = {one["id"]: one["trn02"] for one in story.data["remittances"]}
        policy = policy_of(story)
        months = {traces.get(name, name): m for name, m in policy.capitation_months.items()}
        self.policy = msgspec.structs.replace(policy, capitation_months=months)
        self.office = office_make(
            story, _members(story), slug=self.slug, folder=self.folder, at=self.moment
        )
        self.names = self.office.names

    @contextmanager
    def _desk(self, day: date | None = None, by: str = ACTOR) -> Iterator[Desk]:
        """Open a scope for somebody on a day and note what is decided in it."""
        at = self._at(day)
        grant = work_grant(
            POLICY, self.office.tenant_id, (self.office.practice_id,), actor=by, at=at
        )
        with scope(grant, at=at), self._witness():
            yield self._desk_of(grant, at)

    def _at(self, day: date | None) -> datetime:
        morning = datetime.combine(day, time(12), UTC) if day else self.moment
        self.moment = max(self.moment + timedelta(seconds=1), morning)
        return self.moment

    def _desk_of(self, grant: Any, at: datetime) -> Desk:
        return Desk(
            grant=grant,
            practice_id=self.office.practice_id,
            at=at,
            day=at.date(),
            policy=self.policy,
            key=at.isoformat(),
        )

    @contextmanager
    def _closed_desk(self, day: date, by: str = ACTOR) -> Iterator[Desk]:
        """Give a desk to a service that opens its own scopes."""
        at = self._at(day)
        grant = work_grant(
            POLICY, self.office.tenant_id, (self.office.practice_id,), actor=by, at=at
        )
        with self._witness():
            yield self._desk_of(grant, at)

    @contextmanager
    def _witness(self) -> Iterator[None]:
        decision_witnesses.append(self.decided.append)
        try:
            yield
        finally:
            decision_witnesses.remove(self.decided.append)

    # --- charges and claims

    def _encounter(self, desk: Desk, name: str) -> None:
        if self.names.has("encounter", name):
            return
        draft = self._draft(name)
        encounters_take(desk.grant, desk.practice_id, [draft], at=desk.at)
        rows = Encounter.objects.under(desk.grant, practice_id=desk.practice_id)
        row = rows.get(number=draft.number)
        self.names.put("encounter", name, row.id)
        self.lines_name(desk, row.id)

    def lines_name(self, desk: Desk, encounter: UUID | str) -> None:
        """Note which charges stand for the lines of an encounter."""
        row = UUID(str(encounter))
        for charge in charges_for_encounters(desk.grant, desk.practice_id, [row])[row]:
            self.names.put("line", charge.line_number, charge.id)

    def _draft(self, name: str) -> EncounterDraft:
        story, one = self.story, self.story.encounters[name]
        person = arrival_of(story, one["patient"], _members(story).get(one["patient"], ""))
        lines = [line["id"] for line in one["lines"] if not line.get("replaces")]
        return EncounterDraft(
            number=name,
            patient_number=person.number,
            billing_npi=story.data["parties"]["client"]["npi"],
            rendering=rendering_of(story, one["rendering"]),
            patient=person.patient,
            coverages=person.coverages,
            service_date=date.fromisoformat(one["dos"]),
            place_of_service=one["pos"],
            diagnoses=tuple(core.Diagnosis(code=code) for code in one["dx"]),
            lines=tuple(line_of(story, line) for line in lines),
        )

    def _claims_name(self, desk: Desk, encounter: str) -> None:
        """Give the claims of an encounter the story's numbers, which its files speak of."""
        rows = Claim.objects.under(desk.grant, practice_id=desk.practice_id)
        own = rows.filter(encounter_id=self.names.ref("encounter", encounter))
        by_level = {row.level: str(row.id) for row in own}
        for claim in self.story.data["claims"]:
            if claim["encounter"] == encounter and claim["level"] in by_level:
                ref = by_level[claim["level"]]
                rows.filter(id=ref).update(number=claim["pcn_base"])
                self.names.put("claim", claim["id"], ref)
                self.expect(desk, claim)

    def expect(self, desk: Desk, claim: Json) -> None:
        """Note what the story's contracts allow for the lines of a claim."""
        allowed = {
            ref: cents
            for name, ref in self.names.all("line").items()
            if (cents := expected_cents(self.story, name, claim["payer"])) is not None
        }
        expected_set(desk.grant, desk.practice_id, self.names.ref("claim", claim["id"]), allowed)

    def send(self, day: date, claim: str, kind: SubmissionKind, by: str = ACTOR) -> None:
        """Seal a version, let it leave, and keep what left.

        Raises:
            Refusal: With the sentence of the guard that says no.
        """
        ref = self.names.ref("claim", claim)
        with self._desk(day, by) as desk:
            self._numbers_go_on(desk, ref)
            leave = disclosure_grant(
                POLICY,
                self.office.tenant_id,
                (desk.practice_id,),
                recipient_id=f"connection:{self.office.connection.id}",
                actor=by,
                at=desk.at,
            )
            sealed = claims_seal(
                desk.grant,
                desk.practice_id,
                [ref],
                leave=leave,
                connection=self.office.connection,
                submitter=SUBMITTER,
                at=desk.at,
                day=day,
                kind=kind,
                policy=self.policy,
                prior=prior_for,
            )
            if sealed.interchange_id is None:
                raise Refusal("not_sent", sealed.refused[ref])
        interchanges_send(desk.grant, desk.practice_id, leave=leave, at=desk.at)
        with scope(desk.grant, at=desk.at):
            batches_follow(desk.grant, desk.practice_id, at=desk.at)
            text = interchange_content(desk.grant, sealed.interchange_id).decode()
            state = claims_load(desk.grant, desk.practice_id, [ref])[ref]
        self.sent.append(
            Outbound(
                claim=claim,
                version=state.version,
                kind=str(state.in_flight),
                text=text,
            )
        )

    def _numbers_go_on(self, desk: Desk, ref: str) -> None:
        """Let the next interchange bear the number that the story's answers speak of."""
        found = claims_load(desk.grant, desk.practice_id, [ref]).get(ref)
        if found is None:
            raise Refusal("unknown_claim", "This claim was never charged.")
        number = found.number_base + chr(ord("A") + found.version)
        texts = [text for name, text in self.story.files.items() if f"-{number}.837p" in name]
        if texts:
            used = int(controls_of(texts[0])["interchange"]) - 1
            control_numbers_continue(self.office.connection, desk.practice_id, used, at=desk.at)


def _members(story: Story) -> dict[str, str]:
    """Give member numbers as they were keyed at first: what went out first says so."""
    firsts: dict[str, str] = {}
    for step in story.steps:
        for sent in step.expect["outbound"]:
            claim = story.claims[sent["claim"]]
            if claim["level"] == 1:
                patient = story.encounters[claim["encounter"]]["patient"]
                firsts.setdefault(patient, sent["member_id"])
    return firsts
