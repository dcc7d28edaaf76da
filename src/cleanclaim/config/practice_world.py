"""Setting the made-up world up in the product: companies, practices, payers, patients, visits."""

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from cleanclaim.apps.contracts.public import contracts_keep
from cleanclaim.apps.encounters.public import Intake, intake_take
from cleanclaim.apps.exchange.public import connection_create
from cleanclaim.apps.patients.public import Arrival, patients_take
from cleanclaim.apps.payers.public import payer_create
from cleanclaim.apps.practices.public import (
    credentials_keep,
    enrollments_keep,
    practice_create,
    provider_create,
)
from cleanclaim.apps.privacy.public import BAA, agreement_record, work_grant
from cleanclaim.apps.submission.public import Submitter
from cleanclaim.apps.tenancy.public import tenant_change, tenant_create
from cleanclaim.config.trip import Office
from cleanclaim.core import claim as core
from cleanclaim.core.intake import read_superbill
from cleanclaim.core.intake.terms import ContractRow, CredentialRow, EnrollmentRow
from cleanclaim.core.posting.state import Policy
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.home import home_folder
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim.platform.sealed.keyset import blind_index, sealer
from cleanclaim.sandbox.clearing import IDENTIFIER, NAME
from cleanclaim.sandbox.superbills import write_superbill
from cleanclaim.sandbox.world import (
    PAYERS,
    WorldPatient,
    WorldPractice,
    make_patients,
    make_practices,
    payer_by_id,
)

COMPANIES = (("USMed", "usmed"), ("UMBS", "umbs"))
ACTOR = "job:practice-world"
TERMS_SINCE = date(2020, 1, 1)
_PATIENTS_AT_ONCE = 500


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """One company of the world with its office and practices in the order of their ids."""

    name: str
    office: Office
    practices: tuple[WorldPractice, ...]
    folder: Path
    sender_id: str


def companies_make(seed: int, *, at: datetime, prefix: str = "") -> list[Company]:
    """Make both companies with three practices each, their payers, providers and agreements.

    Args:
        seed: The world's seed; the same seed finds what is there.
        at: The instant of the writing.
        prefix: Tells the companies of one world from those of another, in their short names.
    """
    return [
        _company(seed, position, name, policy, f"{prefix}{policy}", at)
        for position, (name, policy) in enumerate(COMPANIES)
    ]


def sender_of(position: int) -> str:
    """Name the identifier under which a company of the world sends.

    >>> sender_of(0)
    'CC00001'
    """
    return f"CC{position + 1:05d}"


def sandbox_command(folder: Path, seed: int, sender_id: str, *more: str) -> list[str]:
    """Name the command that runs a company's sandbox."""
    command = [sys.executable, "-m", "cleanclaim.config.cli", "sandbox", str(folder)]
    return [*command, "--seed", str(seed), "--receiver", sender_id, *more]


def _company(seed: int, position: int, name: str, policy: str, slug: str, at: datetime) -> Company:
    tenant = tenant_create(name=name, slug=slug, policy=policy, at=at, actor=ACTOR)
    folder = home_folder("sandbox", slug)
    worlds = make_practices(seed, position)
    ids = []
    with tenant_scope(tenant.id, actor=ACTOR, at=at):
        for payer in PAYERS:
            payer_create(
                payer_id=payer.payer_id,
                name=payer.name,
                filing_indicator=payer.filing_indicator,
                trace_originator=payer.trace_originator,
            )
        ids = [_practice(world) for world in worlds]
        sender = sender_of(position)
        for part in ("in", "out", "kept"):
            (folder / part).mkdir(exist_ok=True)
        connection = connection_create(
            name=NAME,
            transport="folder",
            settings={"to": str(folder / "in"), "from": str(folder / "out")},
            sender_id=sender,
            receiver_id=IDENTIFIER,
        )
        agreement_record(kind=BAA, party=f"connection:{connection.id}", start_date=date(2026, 1, 1))
    for practice_id, world in zip(ids, worlds, strict=True):
        _providers(policy, tenant.id, practice_id, world, at)
    office = Office(
        tenant_id=tenant.id,
        policy=policy,
        practice_ids=tuple(ids),
        connection_id=connection.id,
        submitter=Submitter(name=f"{name} TEST", contact="EDI DESK", phone="5555550100"),
        switches=Policy(statement_minimum_cents=500),
    )
    settings = {
        "connection": connection.name,
        "submitter": msgspec.to_builtins(office.submitter),
        "switches": msgspec.to_builtins(office.switches),
    }
    tenant_change(tenant, settings, at=at, actor=ACTOR)
    return Company(
        name=name, office=office, practices=tuple(worlds), folder=folder, sender_id=sender
    )


def _practice(world: WorldPractice) -> int:
    made = practice_create(
        name=world.name,
        npi=world.npi,
        tax_id=world.tax_id,
        taxonomy_code=world.providers[0].taxonomy_code,
        clia_number=world.clia_number,
        phone=world.phone,
        address={
            "line_1": world.place.street,
            "city": world.place.city,
            "state": world.place.state,
            "zip_code": world.place.zip_code,
        },
    )
    return int(made.id)


def _providers(
    policy: str, tenant_id: int, practice_id: int, world: WorldPractice, at: datetime
) -> None:
    grant = work_grant(policy, tenant_id, (practice_id,), actor=ACTOR, at=at)
    with scope(grant, at=at):
        # The practice's keys are made here, so that the first batch of patients finds them.
        sealer(practice_id)
        blind_index("practice.world", "")
        for person in world.providers:
            provider = core.Provider(
                npi=person.npi,
                name=person.last,
                first=person.first,
                taxonomy_code=person.taxonomy_code,
            )
            provider_create(grant, practice_id, provider)
        _terms(grant, practice_id, world)


def _terms(grant: Grant, practice_id: int, world: WorldPractice) -> None:
    """Enter what the sandbox's payers pay, and the standing of the practice with them."""
    contracts_keep(
        grant,
        practice_id,
        [
            ContractRow(
                contract=f"{payer.name} contract",
                payer_id=payer.payer_id,
                method="charge",
                percent=Decimal(payer.allowed_percent),
                start_date=TERMS_SINCE,
            )
            for payer in PAYERS
        ],
    )
    credentials_keep(
        grant,
        practice_id,
        [
            CredentialRow(
                provider_npi=person.npi, payer_id=payer.payer_id, effective_date=TERMS_SINCE
            )
            for person in world.providers
            for payer in PAYERS
        ],
    )
    enrollments_keep(
        grant,
        practice_id,
        [EnrollmentRow(payer_id=one.payer_id, effective_date=TERMS_SINCE) for one in PAYERS],
    )


def patients_make(
    company: Company, seed: int, count: int, *, at: datetime
) -> Iterator[tuple[int, list[WorldPatient]]]:
    """Make and confirm the patients of each practice.

    Yields:
        The practice's id and its patients, once they are there.
    """
    office = company.office
    for practice_id, world in zip(office.practice_ids, company.practices, strict=True):
        patients = make_patients(seed, world.npi, count, at.date())
        grant = work_grant(office.policy, office.tenant_id, (practice_id,), actor=ACTOR, at=at)
        for start in range(0, count, _PATIENTS_AT_ONCE):
            arrivals = [_arrival(one) for one in patients[start : start + _PATIENTS_AT_ONCE]]
            with scope(grant, at=at):
                patients_take(grant, practice_id, arrivals, at=at, is_confirmed=True)
        yield practice_id, patients


def _arrival(one: WorldPatient) -> Arrival:
    address = core.Address(
        line_1=one.place.street,
        city=one.place.city,
        state=one.place.state,
        zip_code=one.place.zip_code,
    )
    patient = core.Patient(
        name=core.PersonName(last=one.last, first=one.first),
        birth_date=one.birth_date,
        sex=one.sex,
        address=address,
    )
    coverages = []
    for rank, (payer_id, member_id) in enumerate(one.coverages, 1):
        payer = payer_by_id(payer_id)
        coverages.append(
            core.Coverage(
                rank=rank,
                payer=core.Payer(
                    payer_id=payer_id,
                    name=payer.name if payer else payer_id,
                    filing_indicator=payer.filing_indicator if payer else "CI",
                ),
                subscriber=core.Subscriber(
                    name=patient.name,
                    member_id=member_id,
                    birth_date=one.birth_date,
                    sex=one.sex,
                    address=address,
                ),
            )
        )
    return Arrival(number=one.number, patient=patient, coverages=tuple(coverages))


def visits_make(  # noqa: PLR0913  a day's visits of one practice
    company: Company,
    practice_id: int,
    patients: list[WorldPatient],
    encounters: int,
    *,
    seed: int,
    at: datetime,
    told: Callable[[int], None] = lambda _: None,
) -> Intake:
    """Write a day's superbill of a practice and take it in, as `cleanclaim bill` does.

    Args:
        company: Whose practice.
        practice_id: Which of its practices.
        patients: Who is seen.
        encounters: How many visits.
        seed: Same seed, same visits.
        at: The instant of the writing.
        told: Hears how many encounters were taken in, batch by batch.

    Returns:
        The intake that was taken in.
    """
    office = company.office
    world = company.practices[office.practice_ids.index(practice_id)]
    text = write_superbill(seed, world, patients, at.date(), encounters)
    source = read_superbill(text)
    grant = work_grant(office.policy, office.tenant_id, (practice_id,), actor=ACTOR, at=at)
    return intake_take(
        grant,
        practice_id,
        source,
        content=text.encode(),
        kind="superbill",
        at=at,
        told=told,
    )
