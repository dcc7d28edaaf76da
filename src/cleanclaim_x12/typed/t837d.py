"""837D: dental claims (005010X224A2)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import ClassVar

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.batches import read_batches, stream_claims, write_batches
from cleanclaim_x12.typed.claims import (
    ADJUDICATION,
    CLM,
    LINKS,
    OTHER_PAYER,
    Claim,
    ClaimBatch,
    Line,
    batch_spec,
    role,
)
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import Item
from cleanclaim_x12.typed.spec import Spec

KIND = ("HC", "837", "005010X224A2")


class Orthodontics(Item, frozen=True):
    """DN1: months of an orthodontic treatment."""

    notation: ClassVar[str] = "months remaining_months question description"
    months: Decimal | None = None
    remaining_months: Decimal | None = None
    question: str = ""
    description: str = ""
    place: int = 0


class ToothStatus(Item, frozen=True):
    """DN2: a tooth that is missing or to be extracted."""

    notation: ClassVar[str] = "tooth status_code - - - code_list"
    tooth: str = ""
    status_code: str = ""
    code_list: str = ""
    place: int = 0


class Tooth(Item, frozen=True):
    """TOO: the tooth of a service and its surfaces."""

    notation: ClassVar[str] = "code_list number surfaces"
    code_list: str = ""
    number: str = ""
    surfaces: tuple[str, ...] = ()
    place: int = 0


class DentalLine(Line):
    """Loop 2400: a service line with SV3."""

    facility_code: str = ""
    oral_cavity_codes: tuple[str, ...] = ()
    prosthesis_code: str = ""
    diagnosis_pointers: tuple[int, ...] = ()
    teeth: Sequence[Tooth] = ()
    rendering_provider: Party | None = None
    assistant_surgeon: Party | None = None
    supervising_provider: Party | None = None
    service_facility: Party | None = None


class DentalClaim(Claim):
    """Loop 2300: a dental claim with its lines."""

    orthodontics: Orthodontics | None = None
    tooth_statuses: Sequence[ToothStatus] = ()
    referring_providers: Sequence[Party] = ()
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    assistant_surgeon: Party | None = None
    supervising_provider: Party | None = None
    lines: Sequence[DentalLine] = ()


class DentalBatch(ClaimBatch):
    """One 837D transaction."""

    claims: Sequence[DentalClaim] = ()


_LINE = Spec(
    "2400",
    DentalLine,
    "LX number",
    "SV3 procedure charge_cents facility_code oral_cavity_codes prosthesis_code quantity"
    " - - - - diagnosis_pointers",
    "TOO* teeth",
    "DTP* dates",
    "CN1 @contract",
    "REF* references",
    "AMT* amounts",
    "K3* fixed_texts",
    "NTE* notes",
    "HCP @pricing",
    field="lines",
    children=(
        role("rendering_provider", "2420A", "82"),
        role("assistant_surgeon", "2420B", "DD"),
        role("supervising_provider", "2420C", "DQ"),
        role("service_facility", "2420D", "77"),
        role("other_parties", "2420", "?"),
        ADJUDICATION,
    ),
)
SPEC = batch_spec(
    "837D",
    DentalBatch,
    Spec(
        "2300",
        DentalClaim,
        CLM,
        "DTP* dates",
        "DN1 @orthodontics",
        "DN2* tooth_statuses",
        "PWK* paperwork",
        "CN1 @contract",
        "AMT* amounts",
        "REF* references",
        "K3* fixed_texts",
        "NTE* notes",
        "HI* codes",
        "HCP @pricing",
        children=(
            role("referring_providers", "2310A", "DN|P3"),
            role("rendering_provider", "2310B", "82"),
            role("service_facility", "2310C", "77"),
            role("assistant_surgeon", "2310D", "DD"),
            role("supervising_provider", "2310E", "DQ"),
            role("other_parties", "2310", "?"),
            OTHER_PAYER,
            _LINE,
        ),
        links=LINKS,
        is_closed=True,
        is_unit=True,
    ),
)
SPECS = {"005010X224": SPEC, "004010X097": SPEC}


def read_837d(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[DentalBatch]:
    """Read whole 837D transactions, each with all its claims."""
    return read_batches(source, SPECS, limits)  # type: ignore[return-value]


def stream_837d(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[DentalClaim]:
    """Read claim by claim in constant memory; `claim.batch` is the head of its transaction."""
    return stream_claims(source, SPECS, limits)  # type: ignore[return-value]


def write_837d(
    batch: DentalBatch,
    envelope: Envelope,
    options: Options = OPTIONS,
    claims: Iterable[DentalClaim] | None = None,
) -> Written:
    """Write claims as `write_837p` does."""
    return write_batches(SPEC, KIND, batch, claims or batch.claims, (envelope, options))
