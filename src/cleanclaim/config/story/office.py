"""A company that knows the parties of one story: payers, client, providers, patients."""

from datetime import date, datetime
from pathlib import Path

import msgspec

from cleanclaim.apps.exchange.public import Connection, connection_create
from cleanclaim.apps.patients.public import Arrival, patients_take
from cleanclaim.apps.payers.public import payer_create
from cleanclaim.apps.practices.public import practice_create, provider_create
from cleanclaim.apps.privacy.public import BAA, agreement_record, work_grant
from cleanclaim.apps.submission.public import Submitter
from cleanclaim.apps.tenancy.public import tenant_create
from cleanclaim.config.story.names import Names
from cleanclaim.core.stories import Story
from cleanclaim.core.stories.setup import (
    billing_of,
    coverages_of,
    patient_of,
    rendering_of,
)
from cleanclaim.platform.models.scope import scope, tenant_scope

POLICY = "usmed"
ACTOR = "job:story"
SUBMITTER = Submitter(name="EXAMPLE BILLING LLC", contact="EDI DESK", phone="5555550100")
_AGREED = date(2020, 1, 1)


class StoryOffice(msgspec.Struct, frozen=True, kw_only=True):
    """Where a story is played."""

    tenant_id: int
    practice_id: int
    connection: Connection
    names: Names


def office_make(
    story: Story, members: dict[str, str], *, slug: str, folder: Path, at: datetime
) -> StoryOffice:
    """Make a company with the parties of a story.

    Args:
        members: Member numbers as they were keyed at first, by patient, where a story mends them.
        slug: The company's short name; no other story has it.
        folder: Where its interchanges leave to.
    """
    names = Names()
    tenant = tenant_create(name=f"Story {story.name}", slug=slug, policy=POLICY, at=at, actor=ACTOR)
    for part in ("to", "from"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    with tenant_scope(tenant.id, actor=ACTOR, at=at):
        for payer in story.data["parties"]["payers"]:
            made = payer_create(
                payer_id=payer["payer_id"],
                name=payer["name"],
                filing_indicator=payer["filing"],
                trace_originator=payer["trn03"],
                takes_replacements=payer.get("frequency_7_8", True),
            )
            names.put("payer", payer["id"], made.id)
        practice_id = _practice(story)
        connection = connection_create(
            name="STORY CLEARINGHOUSE",
            transport="folder",
            settings={"to": str(folder / "to"), "from": str(folder / "from")},
            sender_id="CCTEST01",
            receiver_id="CLEARING",
        )
        agreement_record(kind=BAA, party=f"connection:{connection.id}", start_date=_AGREED)
    grant = work_grant(POLICY, tenant.id, (practice_id,), actor=ACTOR, at=at)
    with scope(grant, at=at):
        for one in story.data["parties"]["providers"]:
            row = provider_create(grant, practice_id, rendering_of(story, one["id"]))
            names.put("provider", one["id"], row.id)
        people = [one["id"] for one in story.data["parties"]["patients"]]
        arrivals = [arrival_of(story, name, members.get(name, "")) for name in people]
        taken = patients_take(grant, practice_id, arrivals, at=at, is_confirmed=True)
    for name, who in zip(people, taken, strict=True):
        names.put("patient", name, who.patient_id)
    return StoryOffice(
        tenant_id=tenant.id, practice_id=practice_id, connection=connection, names=names
    )


def _practice(story: Story) -> int:
    client = story.data["parties"]["client"]
    billing = billing_of(story)
    made = practice_create(
        name=billing.name,
        npi=billing.npi,
        tax_id=billing.tax_id,
        taxonomy_code=billing.taxonomy_code,
        clia_number=client.get("clia", ""),
        address=msgspec.to_builtins(billing.address),
        timezone=client.get("timezone", "America/New_York"),
    )
    return int(made.id)


def arrival_of(story: Story, patient: str, member_id: str = "") -> Arrival:
    """Give a patient of a story as an encounter names them."""
    return Arrival(
        number=patient,
        patient=patient_of(story, patient),
        coverages=coverages_of(story, patient, member_id),
    )
