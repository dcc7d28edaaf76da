"""277CA: which claims of a batch were taken in (005010X214)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.adjudication import Status
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.parties import Name, reference_of
from cleanclaim_x12.typed.parts import (
    Amount,
    Contact,
    DatePeriod,
    Loop,
    Procedure,
    Quantity,
    Reference,
)
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.trees import read_trees, write_trees

KIND = ("HN", "277", "005010X214")


class LineAcknowledgement(Loop):
    """Loop 2220D: a line that has an error."""

    procedure: Procedure | None = None
    charge_cents: int | None = None
    paid_cents: int | None = None
    revenue_code: str = ""
    quantity: Decimal | None = None
    statuses: Sequence[Status] = ()
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()


class ClaimAcknowledgement(Loop):
    """Loop 2200D: one claim.

    Args:
        control_number: TRN02: CLM01 of the claim.
        statuses: STC, what became of it.
    """

    trace_type: str = "2"
    control_number: str = ""
    statuses: Sequence[Status] = ()
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()
    lines: Sequence[LineAcknowledgement] = ()

    @property
    def is_accepted(self) -> bool:
        """Say whether no status of the claim has the action `U`."""
        return bool(self.statuses) and all(each.action != "U" for each in self.statuses)

    @property
    def payer_control_number(self) -> str:
        """REF*1K: the payer's number of the claim."""
        return reference_of(self.references, "1K")


class PatientAcknowledgement(Loop):
    """Level PT: a patient, and its claims."""

    patient: Name | None = None
    claims: Sequence[ClaimAcknowledgement] = ()


class ProviderAcknowledgement(Loop):
    """Level 19: the patients of one billing provider."""

    provider: Name | None = None
    trace_type: str = ""
    trace_number: str = ""
    statuses: Sequence[Status] = ()
    references: Sequence[Reference] = ()
    quantities: Sequence[Quantity] = ()
    amounts: Sequence[Amount] = ()
    patients: Sequence[PatientAcknowledgement] = ()

    @property
    def claims(self) -> list[ClaimAcknowledgement]:
        """The claims of all patients."""
        return [claim for patient in self.patients for claim in patient.claims]


class ReceiverAcknowledgement(Loop):
    """Level 21: the batch; `trace_number` is BHT03 of the 837."""

    receiver: Name | None = None
    trace_type: str = "2"
    trace_number: str = ""
    statuses: Sequence[Status] = ()
    quantities: Sequence[Quantity] = ()
    amounts: Sequence[Amount] = ()
    providers: Sequence[ProviderAcknowledgement] = ()


class SourceAcknowledgement(Loop):
    """Level 20: who acknowledges, the payer or a clearinghouse."""

    source: Name | None = None
    contacts: Sequence[Contact] = ()
    trace_type: str = "1"
    trace_number: str = ""
    dates: Sequence[DatePeriod] = ()
    receivers: Sequence[ReceiverAcknowledgement] = ()


class ClaimAcknowledgements(Loop):
    """One 277CA."""

    envelope: Transaction | None = None
    structure_code: str = "0085"
    purpose_code: str = "08"
    reference: str = ""
    created_date: date | None = None
    created_time: str = ""
    transaction_type: str = "TH"
    sources: Sequence[SourceAcknowledgement] = ()


_LINE = Spec(
    "2220D",
    LineAcknowledgement,
    "SVC procedure charge_cents paid_cents revenue_code - - quantity",
    "STC* statuses",
    "REF* references",
    "DTP* dates",
    field="lines",
)
_CLAIM = Spec(
    "2200D",
    ClaimAcknowledgement,
    "TRN trace_type control_number",
    "STC* statuses",
    "REF* references",
    "DTP* dates",
    field="claims",
    children=(_LINE,),
)
_PATIENT = Spec(
    "2000D",
    PatientAcknowledgement,
    "HL=PT ~ ~ ~",
    "NM1 @patient",
    field="patients",
    children=(_CLAIM,),
    is_closed=True,
)
_PROVIDER = Spec(
    "2000C",
    ProviderAcknowledgement,
    "HL=19 ~ ~ ~ ~",
    "NM1 @provider",
    "TRN trace_type trace_number",
    "STC* statuses",
    "REF* references",
    "QTY* quantities",
    "AMT* amounts",
    field="providers",
    children=(_PATIENT,),
    is_closed=True,
)
_RECEIVER = Spec(
    "2000B",
    ReceiverAcknowledgement,
    "HL=21 ~ ~ ~ ~",
    "NM1 @receiver",
    "TRN trace_type trace_number",
    "STC* statuses",
    "QTY* quantities",
    "AMT* amounts",
    field="receivers",
    children=(_PROVIDER,),
    is_closed=True,
)
SPEC = Spec(
    "277CA",
    ClaimAcknowledgements,
    "BHT structure_code purpose_code reference created_date created_time transaction_type",
    children=(
        Spec(
            "2000A",
            SourceAcknowledgement,
            "HL=20 ~ ~ ~ ~",
            "NM1 @source",
            "PER* contacts",
            "TRN trace_type trace_number",
            "DTP* dates",
            field="sources",
            children=(_RECEIVER,),
            is_closed=True,
        ),
    ),
)
SPECS = {"005010X214": SPEC}


def read_277ca(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[ClaimAcknowledgements]:
    """Read the 277CAs of a file."""
    return read_trees(source, SPECS, "277", limits)  # type: ignore[return-value]


def write_277ca(
    acknowledgements: Iterable[ClaimAcknowledgements],
    envelope: Envelope,
    options: Options = OPTIONS,
) -> Written:
    """Write 277CAs into one interchange; HL numbers are made here, totals are the caller's."""
    return write_trees(SPEC, KIND, acknowledgements, (envelope, options))
