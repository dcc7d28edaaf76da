"""The made-up world: practices, providers, payers and patients, all from one seed."""

from datetime import date, timedelta
from random import Random

import msgspec

from cleanclaim.kernel import npi
from cleanclaim.sandbox.names import CITIES, FIRST, LAST, STREETS
from cleanclaim.sandbox.services import SPECIALTIES


class Place(msgspec.Struct, frozen=True):
    """A street address in a town of the world."""

    street: str
    city: str
    state: str
    zip_code: str


class WorldProvider(msgspec.Struct, frozen=True):
    """A person who gives services."""

    npi: str
    last: str
    first: str
    taxonomy_code: str


class WorldPractice(msgspec.Struct, frozen=True):
    """A practice of one specialty (its position in `SPECIALTIES`) and its people."""

    name: str
    npi: str
    tax_id: str
    clia_number: str
    phone: str
    place: Place
    specialty: int
    providers: tuple[WorldProvider, ...]


class WorldPayer(msgspec.Struct, frozen=True):
    """A payer and the terms by which it pays.

    Args:
        trace_originator: TRN03 of its payments: `1` and its tax number.
        allowed_percent: What it allows of an ordinary charge.
        deductible_cents: Of a member and year.
        coinsurance_percent: The patient's share after the deductible.
        copay_cents: For the first line of a visit, instead of coinsurance.
        pays_sequestered: Cuts 2 % off its payment (Medicare).
        crosses_over_to: Payer that it forwards its claims to, if the member has it.
    """

    payer_id: str
    name: str
    filing_indicator: str
    trace_originator: str
    allowed_percent: int
    deductible_cents: int = 0
    coinsurance_percent: int = 0
    copay_cents: int = 0
    pays_sequestered: bool = False
    crosses_over_to: str = ""


class WorldPatient(msgspec.Struct, frozen=True):
    """A patient with coverages as (payer id, member id) in rank order."""

    number: str
    last: str
    first: str
    birth_date: date
    sex: str
    place: Place
    coverages: tuple[tuple[str, str], ...]


PAYERS = (
    WorldPayer("99901", "ALPHA TEST HEALTH", "CI", "1990000901", 58, 50_000, 20),
    WorldPayer("99902", "BETA TEST MUTUAL", "BL", "1990000902", 62, 0, 0, 2_500),
    WorldPayer("99903", "GAMMA MEDICARE", "MB", "1990000903", 44, 25_700, 20, 0, True, "99904"),
    WorldPayer("99904", "DELTA TEST SUPPLEMENT", "CI", "1990000904", 44),
    WorldPayer("99905", "EPSILON TEST MEDICAID", "MC", "1990000905", 31),
    WorldPayer("99906", "ZETA TEST HMO", "HM", "1990000906", 52, 0, 0, 4_000),
    WorldPayer("99907", "ETA TEST PREFERRED", "12", "1990000907", 60, 150_000, 30),
)


# Member ids that begin so are on the list of those whose claims are sent on.
CROSSES_OVER = "TSX"


def payer_by_id(payer_id: str) -> WorldPayer | None:
    """Find a payer of the world.

    >>> payer_by_id("99901").name
    'ALPHA TEST HEALTH'
    """
    return next((payer for payer in PAYERS if payer.payer_id == payer_id), None)


def make_npi(number: int) -> str:
    """Make an NPI of the range that is never issued.

    Args:
        number: Below 100,000,000.

    >>> make_npi(10)
    '2000000101'
    """
    nine = f"2{number:08d}"
    return nine + npi.check_digit(nine)


def make_practices(seed: int, tenant: int, count: int = 3) -> list[WorldPractice]:
    """Make a tenant's client practices.

    Args:
        seed: The world's seed.
        tenant: Position of the tenant, so that two tenants never share a practice or provider.
        count: How many practices.
    """
    random = Random(f"practices {seed} {tenant}")  # noqa: S311  made up on purpose
    practices = []
    for position in range(count):
        base = 100_000 * (tenant + 1) + 1_000 * position
        specialty = position % len(SPECIALTIES)
        people = tuple(
            WorldProvider(
                npi=make_npi(base + 1 + person),
                last=random.choice(LAST),
                first=random.choice(FIRST[random.choice("FM")]),
                taxonomy_code=SPECIALTIES[specialty].taxonomy_code,
            )
            for person in range(4)
        )
        word = ("Family Care", "Joint Clinic", "Heart Group")[specialty]
        practices.append(
            WorldPractice(
                name=f"{random.choice(LAST)} Test {word}",
                npi=make_npi(base),
                tax_id=f"99{base:07d}",
                clia_number=f"99D{base:07d}",
                phone=f"555555{base % 10_000:04d}",
                place=_place(random, zip_digits=9),
                specialty=specialty,
                providers=people,
            )
        )
    return practices


def make_patients(seed: int, practice_npi: str, count: int, day: date) -> list[WorldPatient]:
    """Make a practice's patients with their coverages.

    Args:
        seed: The world's seed.
        practice_npi: Names the practice; its patients' numbers and member ids contain it.
        count: How many.
        day: Ages are counted from it.
    """
    random = Random(f"patients {seed} {practice_npi}")  # noqa: S311  made up on purpose
    patients = []
    for number in range(count):
        sex = random.choice("FM")
        age_days = random.randrange(365 * 2, 365 * 90)
        serial = f"{practice_npi[1:9]}{number:06d}"
        patients.append(
            WorldPatient(
                number=f"M{number:06d}",
                last=random.choice(LAST),
                first=random.choice(FIRST[sex]),
                birth_date=day - timedelta(days=age_days),
                sex=sex,
                place=_place(random),
                coverages=_coverages(random, age_days // 365, serial),
            )
        )
    return patients


def _coverages(random: Random, age: int, serial: str) -> tuple[tuple[str, str], ...]:
    if age >= 65:
        if random.random() < 0.6:
            return (("99903", f"{CROSSES_OVER}{serial}"), ("99904", f"TSD{serial}"))
        return (("99903", f"TSM{serial}"),)
    payer_id = random.choices(("99901", "99902", "99905", "99906", "99907"), (30, 25, 15, 15, 15))
    first = (payer_id[0], f"TST{serial}")
    if payer_id[0] == "99901" and random.random() < 0.15:
        return (first, ("99902", f"TSB{serial}"))
    return (first,)


def _place(random: Random, zip_digits: int = 5) -> Place:
    city, state, zip_code = random.choice(CITIES)
    return Place(
        street=f"{random.randrange(1, 999)} {random.choice(STREETS)} St",
        city=city,
        state=state,
        zip_code=zip_code + "0001"[: zip_digits - 5],
    )
