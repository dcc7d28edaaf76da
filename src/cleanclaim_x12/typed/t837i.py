"""837I: institutional claims (005010X223A2)."""

from collections.abc import Iterable, Iterator, Sequence
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
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import Item
from cleanclaim_x12.typed.spec import Spec

KIND = ("HC", "837", "005010X223A2")


class Admission(Item, frozen=True):
    """CL1: how the patient came and went."""

    notation: ClassVar[str] = "type_code source_code patient_status"
    type_code: str = ""
    source_code: str = ""
    patient_status: str = ""
    place: int = 0


class InstitutionalLine(Line):
    """Loop 2400: a service line with SV2."""

    revenue_code: str = ""
    rate: str = ""
    noncovered_cents: int | None = None
    operating_physician: Party | None = None
    other_operating_physician: Party | None = None
    rendering_provider: Party | None = None
    referring_provider: Party | None = None


class InstitutionalClaim(Claim):
    """Loop 2300: an institutional claim with its lines; `facility_code` and `frequency_code` are
    the type of bill.
    """

    admission: Admission | None = None
    attending_provider: Party | None = None
    operating_physician: Party | None = None
    other_operating_physician: Party | None = None
    rendering_provider: Party | None = None
    service_facility: Party | None = None
    referring_provider: Party | None = None
    lines: Sequence[InstitutionalLine] = ()


class InstitutionalBatch(ClaimBatch):
    """One 837I transaction."""

    claims: Sequence[InstitutionalClaim] = ()


_LINE = Spec(
    "2400",
    InstitutionalLine,
    "LX number",
    "SV2 revenue_code procedure charge_cents unit_code quantity rate noncovered_cents",
    "PWK* paperwork",
    "DTP* dates",
    "REF* references",
    "AMT* amounts",
    "NTE* notes",
    "HCP @pricing",
    field="lines",
    children=(
        DRUG,
        role("operating_physician", "2420A", "72"),
        role("other_operating_physician", "2420B", "ZZ"),
        role("rendering_provider", "2420C", "82"),
        role("referring_provider", "2420D", "DN"),
        role("other_parties", "2420", "?"),
        ADJUDICATION,
    ),
)
SPEC = batch_spec(
    "837I",
    InstitutionalBatch,
    Spec(
        "2300",
        InstitutionalClaim,
        CLM,
        "DTP* dates",
        "CL1 @admission",
        "PWK* paperwork",
        "CN1 @contract",
        "AMT* amounts",
        "REF* references",
        "K3* fixed_texts",
        "NTE* notes",
        "CRC* conditions",
        "HI* codes",
        "HCP @pricing",
        children=(
            role("attending_provider", "2310A", "71"),
            role("operating_physician", "2310B", "72"),
            role("other_operating_physician", "2310C", "ZZ"),
            role("rendering_provider", "2310D", "82"),
            role("service_facility", "2310E", "77"),
            role("referring_provider", "2310F", "DN"),
            role("other_parties", "2310", "?"),
            OTHER_PAYER,
            _LINE,
        ),
        links=LINKS,
        is_closed=True,
        is_unit=True,
    ),
)
SPECS = {"005010X223": SPEC, "004010X096": SPEC}


def read_837i(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[InstitutionalBatch]:
    """Read whole 837I transactions, each with all its claims."""
    return read_batches(source, SPECS, limits)  # type: ignore[return-value]


def stream_837i(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[InstitutionalClaim]:
    """Read claim by claim in constant memory; `claim.batch` is the head of its transaction."""
    return stream_claims(source, SPECS, limits)  # type: ignore[return-value]


def write_837i(
    batch: InstitutionalBatch,
    envelope: Envelope,
    options: Options = OPTIONS,
    claims: Iterable[InstitutionalClaim] | None = None,
) -> Written:
    """Write claims as `write_837p` does."""
    return write_batches(SPEC, KIND, batch, claims or batch.claims, (envelope, options))
