"""837P: professional claims (005010X222A1)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import ClassVar

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.batches import read_batches, stream_claims, write_batches
from cleanclaim_x12.typed.claims import (
    ADJUDICATION,
    CLM,
    DRUG,
    LINKS,
    OTHER_PAYER,
    Claim,
    ClaimBatch,
    Line,
    batch_spec,
    role,
)
from cleanclaim_x12.typed.details import Transport
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import Condition, Item, Loop, Procedure
from cleanclaim_x12.typed.spec import Spec

KIND = ("HC", "837", "005010X222A1")


class SpinalManipulation(Item, frozen=True):
    """CR2: chiropractic treatment."""

    notation: ClassVar[str] = "- - - - - - - condition_code - description description_2"
    condition_code: str = ""
    description: str = ""
    description_2: str = ""
    place: int = 0


class EquipmentCertification(Item, frozen=True):
    """CR3: durable medical equipment."""

    notation: ClassVar[str] = "type_code unit_code quantity"
    type_code: str = ""
    unit_code: str = ""
    quantity: Decimal | None = None
    place: int = 0


class Rental(Item, frozen=True):
    """SV5: rental or purchase of durable medical equipment."""

    notation: ClassVar[str] = (
        "procedure unit_code quantity rental_cents purchase_cents frequency_code"
    )
    procedure: Procedure | None = None
    unit_code: str = ""
    quantity: Decimal | None = None
    rental_cents: int | None = None
    purchase_cents: int | None = None
    frequency_code: str = ""
    place: int = 0


class Measurement(Item, frozen=True):
    """MEA: a test result."""

    notation: ClassVar[str] = "reference_code qualifier value"
    reference_code: str = ""
    qualifier: str = ""
    value: Decimal | None = None
    place: int = 0


class PurchasedService(Item, frozen=True):
    """PS1: a service that was bought from another provider."""

    notation: ClassVar[str] = "provider_id cents state"
    provider_id: str = ""
    cents: int | None = None
    state: str = ""
    place: int = 0


class Answer(Item, frozen=True):
    """FRM: an answer on a form."""

    notation: ClassVar[str] = "question yes_no text date_text percent"
    question: str = ""
    yes_no: str = ""
    text: str = ""
    date_text: str = ""
    percent: Decimal | None = None
    place: int = 0


class Form(Loop):
    """Loop 2440: a supporting document."""

    qualifier: str = ""
    code: str = ""
    answers: Sequence[Answer] = ()


class ProfessionalLine(Line):
    """Loop 2400: a service line with SV1.

    Args:
        number: LX01.
        diagnosis_pointers: Positions from 1 in the claim's diagnoses.
    """

    place_of_service: str = ""
    diagnosis_pointers: tuple[int, ...] = ()
    emergency: str = ""
    epsdt: str = ""
    family_planning: str = ""
    copay_exempt: str = ""
    rental: Rental | None = None
    transport: Transport | None = None
    equipment: EquipmentCertification | None = None
    conditions: Sequence[Condition] = ()
    measurements: Sequence[Measurement] = ()
    purchased: PurchasedService | None = None
    rendering_provider: Party | None = None
    purchased_service_provider: Party | None = None
    service_facility: Party | None = None
    supervising_provider: Party | None = None
    ordering_provider: Party | None = None
    referring_providers: Sequence[Party] = ()
    pick_up: Party | None = None
    drop_off: Party | None = None
    forms: Sequence[Form] = ()


class ProfessionalClaim(Claim):
    """Loop 2300: a professional claim with its lines."""

    transport: Transport | None = None
    spinal_manipulation: SpinalManipulation | None = None
    referring_providers: Sequence[Party] = ()
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    supervising_provider: Party | None = None
    pick_up: Party | None = None
    drop_off: Party | None = None
    lines: Sequence[ProfessionalLine] = ()


class ProfessionalBatch(ClaimBatch):
    """One 837P transaction."""

    claims: Sequence[ProfessionalClaim] = ()


_LINE = Spec(
    "2400",
    ProfessionalLine,
    "LX number",
    "SV1 procedure charge_cents unit_code quantity place_of_service - diagnosis_pointers -"
    " emergency - epsdt family_planning - - copay_exempt",
    "SV5 @rental",
    "PWK* paperwork",
    "CR1 @transport",
    "CR3 @equipment",
    "CRC* conditions",
    "DTP* dates",
    "QTY* quantities",
    "MEA* measurements",
    "CN1 @contract",
    "REF* references",
    "AMT* amounts",
    "K3* fixed_texts",
    "NTE* notes",
    "PS1 @purchased",
    "HCP @pricing",
    field="lines",
    children=(
        DRUG,
        role("rendering_provider", "2420A", "82"),
        role("purchased_service_provider", "2420B", "QB"),
        role("service_facility", "2420C", "77"),
        role("supervising_provider", "2420D", "DQ"),
        role("ordering_provider", "2420E", "DK"),
        role("referring_providers", "2420F", "DN|P3"),
        role("pick_up", "2420G", "PW"),
        role("drop_off", "2420H", "45"),
        role("other_parties", "2420", "?"),
        ADJUDICATION,
        Spec("2440", Form, "LQ qualifier code", "FRM* answers", field="forms"),
    ),
)
SPEC = batch_spec(
    "837P",
    ProfessionalBatch,
    Spec(
        "2300",
        ProfessionalClaim,
        CLM,
        "DTP* dates",
        "PWK* paperwork",
        "CN1 @contract",
        "AMT* amounts",
        "REF* references",
        "K3* fixed_texts",
        "NTE* notes",
        "CR1 @transport",
        "CR2 @spinal_manipulation",
        "CRC* conditions",
        "HI* codes",
        "HCP @pricing",
        children=(
            role("referring_providers", "2310A", "DN|P3"),
            role("rendering_provider", "2310B", "82"),
            role("service_facility", "2310C", "77"),
            role("supervising_provider", "2310D", "DQ"),
            role("pick_up", "2310E", "PW"),
            role("drop_off", "2310F", "45"),
            role("other_parties", "2310", "?"),
            OTHER_PAYER,
            _LINE,
        ),
        links=LINKS,
        is_closed=True,
        is_unit=True,
    ),
)
SPECS = {"005010X222": SPEC, "004010X098": SPEC}


def read_837p(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[ProfessionalBatch]:
    """Read whole 837P transactions, each with all its claims."""
    return read_batches(source, SPECS, limits)  # type: ignore[return-value]


def stream_837p(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[ProfessionalClaim]:
    """Read claim by claim in constant memory; `claim.batch` is the head of its transaction."""
    return stream_claims(source, SPECS, limits)  # type: ignore[return-value]


def write_837p(
    batch: ProfessionalBatch,
    envelope: Envelope,
    options: Options = OPTIONS,
    claims: Iterable[ProfessionalClaim] | None = None,
) -> Written:
    """Write claims; levels are made where billing provider, subscriber or patient change.

    Args:
        batch: The head; where the claims take several transactions, the second gets its
            reference with `-2`, and so on.
        envelope: Who sends it to whom, when, under which numbers.
        options: Delimiters, limits.
        claims: In place of `batch.claims`, for a stream.
    """
    return write_batches(SPEC, KIND, batch, claims or batch.claims, (envelope, options))
