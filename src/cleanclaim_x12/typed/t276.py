"""276 and 277: what became of a claim (005010X212)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.adjudication import Status
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.members import Trace
from cleanclaim_x12.typed.parties import Name, reference_of
from cleanclaim_x12.typed.parts import Amount, Contact, DatePeriod, Loop, Procedure, Reference
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.trees import read_trees, write_trees

KIND_276 = ("HR", "276", "005010X212")
KIND_277 = ("HN", "277", "005010X212")


class LineStatus(Loop):
    """Loops 2210 and 2220: one line."""

    procedure: Procedure | None = None
    charge_cents: int | None = None
    paid_cents: int | None = None
    revenue_code: str = ""
    quantity: Decimal | None = None
    statuses: Sequence[Status] = ()
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()


class ClaimStatus(Loop):
    """Loop 2200: one claim, asked for or answered.

    Args:
        trace_number: TRN02, the asker's number, which the answer gives back.
    """

    trace_type: str = ""
    trace_number: str = ""
    statuses: Sequence[Status] = ()
    references: Sequence[Reference] = ()
    amounts: Sequence[Amount] = ()
    dates: Sequence[DatePeriod] = ()
    lines: Sequence[LineStatus] = ()

    @property
    def payer_control_number(self) -> str:
        """REF*1K: the payer's number of the claim."""
        return reference_of(self.references, "1K")


class StatusDependent(Loop):
    """Level 23: the patient, where that is not the subscriber."""

    birth_date: date | None = None
    gender: str = ""
    person: Name | None = None
    claims: Sequence[ClaimStatus] = ()


class StatusSubscriber(Loop):
    """Level 22: the subscriber."""

    birth_date: date | None = None
    gender: str = ""
    person: Name | None = None
    claims: Sequence[ClaimStatus] = ()
    dependents: Sequence[StatusDependent] = ()


class StatusProvider(Loop):
    """Level 19: the provider of the service."""

    provider: Name | None = None
    traces: Sequence[Trace] = ()
    statuses: Sequence[Status] = ()
    subscribers: Sequence[StatusSubscriber] = ()


class StatusReceiver(Loop):
    """Level 21: who asks."""

    receiver: Name | None = None
    traces: Sequence[Trace] = ()
    statuses: Sequence[Status] = ()
    providers: Sequence[StatusProvider] = ()


class StatusSource(Loop):
    """Level 20: the payer."""

    payer: Name | None = None
    contacts: Sequence[Contact] = ()
    receivers: Sequence[StatusReceiver] = ()


class ClaimStatuses(Loop):
    """One 276 or 277."""

    envelope: Transaction | None = None
    structure_code: str = "0010"
    purpose_code: str = ""
    reference: str = ""
    created_date: date | None = None
    created_time: str = ""
    transaction_type: str = ""
    sources: Sequence[StatusSource] = ()


def _spec(name: str, *claim_notation: str) -> Spec:
    line = Spec(
        "2220",
        LineStatus,
        "SVC procedure charge_cents paid_cents revenue_code - - quantity",
        "STC* statuses",
        "REF* references",
        "DTP* dates",
        field="lines",
    )
    claim = Spec("2200", ClaimStatus, *claim_notation, field="claims", children=(line,))
    person = ("DMG 'D8' birth_date gender", "NM1 @person")
    dependent = Spec(
        "2000E",
        StatusDependent,
        "HL=23 ~ ~ ~",
        *person,
        field="dependents",
        children=(claim,),
        is_closed=True,
    )
    subscriber = Spec(
        "2000D",
        StatusSubscriber,
        "HL=22 ~ ~ ~ ~",
        *person,
        field="subscribers",
        children=(claim, dependent),
        is_closed=True,
    )
    provider = Spec(
        "2000C",
        StatusProvider,
        "HL=19 ~ ~ ~ ~",
        "NM1 @provider",
        "TRN* traces",
        "STC* statuses",
        field="providers",
        children=(subscriber,),
        is_closed=True,
    )
    receiver = Spec(
        "2000B",
        StatusReceiver,
        "HL=21 ~ ~ ~ ~",
        "NM1 @receiver",
        "TRN* traces",
        "STC* statuses",
        field="receivers",
        children=(provider,),
        is_closed=True,
    )
    source = Spec(
        "2000A",
        StatusSource,
        "HL=20 ~ ~ ~ ~",
        "NM1 @payer",
        "PER* contacts",
        field="sources",
        children=(receiver,),
        is_closed=True,
    )
    bht = "BHT structure_code purpose_code reference created_date created_time transaction_type"
    return Spec(name, ClaimStatuses, bht, children=(source,))


_TRN = "TRN trace_type trace_number"
SPEC_276 = _spec("276", _TRN, "REF* references", "AMT* amounts", "DTP* dates")
SPEC_277 = _spec("277", _TRN, "STC* statuses", "REF* references", "AMT* amounts", "DTP* dates")


def read_276(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[ClaimStatuses]:
    """Read the claim status requests of a file."""
    return read_trees(source, {"": SPEC_276}, "276", limits)  # type: ignore[return-value]


def read_277(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[ClaimStatuses]:
    """Read the claim status answers of a file; a 277CA is read by `read_277ca`."""
    specs = {"005010X212": SPEC_277, "004010X093": SPEC_277}
    return read_trees(source, specs, "277", limits)  # type: ignore[return-value]


def write_276(
    requests: Iterable[ClaimStatuses], envelope: Envelope, options: Options = OPTIONS
) -> Written:
    """Write claim status requests into one interchange."""
    return write_trees(SPEC_276, KIND_276, requests, (envelope, options))


def write_277(
    answers: Iterable[ClaimStatuses], envelope: Envelope, options: Options = OPTIONS
) -> Written:
    """Write claim status answers into one interchange."""
    return write_trees(SPEC_277, KIND_277, answers, (envelope, options))
