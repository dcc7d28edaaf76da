"""835: payments and what they were made of (005010X221A1)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.adjudication import (
    InpatientAdjudication,
    OutpatientAdjudication,
    ProviderAdjustment,
    Remark,
)
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written, read_units, write_file
from cleanclaim_x12.typed.parties import Name, Organization, organization, reference_of
from cleanclaim_x12.typed.parts import (
    Adjustment,
    Amount,
    Contact,
    DatePeriod,
    Loop,
    Procedure,
    Quantity,
    Reference,
    Unknown,
)
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.writing import Writer, loop_writers

KIND = ("HP", "835", "005010X221A1")


class RemittanceLine(Loop):
    """Loop 2110: what was paid for one service.

    Args:
        procedure: SVC01, as it was adjudicated.
        original_procedure: SVC06, as it was billed, where that differs.
        paid_quantity: SVC05; nothing means one.
        remarks: LQ, remark codes.
    """

    procedure: Procedure | None = None
    charge_cents: int | None = None
    paid_cents: int | None = None
    revenue_code: str = ""
    paid_quantity: Decimal | None = None
    original_procedure: Procedure | None = None
    original_quantity: Decimal | None = None
    dates: Sequence[DatePeriod] = ()
    adjustments: Sequence[Adjustment] = ()
    references: Sequence[Reference] = ()
    amounts: Sequence[Amount] = ()
    quantities: Sequence[Quantity] = ()
    remarks: Sequence[Remark] = ()

    @property
    def control_number(self) -> str:
        """REF*6R: the line's number that was billed."""
        return reference_of(self.references, "6R")


class RemittanceClaim(Loop):
    """Loop 2100: what was paid for one claim.

    Args:
        remittance: The payment, of a claim that was streamed.
        group: The LX loop that it stood in; nothing where the file has none.
        control_number: CLP01, CLM01 of the claim.
        status_code: CLP02: `1` primary … `4` denied, `22` reversal.
        payer_control_number: CLP07.
        names: NM1: patient `QC`, insured `IL`, corrected `74`, rendering `82`, crossover `TT` …
    """

    remittance: "Remittance | None" = None
    group: "RemittanceGroup | None" = None
    control_number: str = ""
    status_code: str = ""
    charge_cents: int | None = None
    paid_cents: int | None = None
    patient_responsibility_cents: int | None = None
    filing_indicator: str = ""
    payer_control_number: str = ""
    facility_code: str = ""
    frequency_code: str = ""
    patient_status_code: str = ""
    drg_code: str = ""
    drg_weight: Decimal | None = None
    discharge_fraction: Decimal | None = None
    adjustments: Sequence[Adjustment] = ()
    names: Sequence[Name] = ()
    inpatient: InpatientAdjudication | None = None
    outpatient: OutpatientAdjudication | None = None
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()
    contacts: Sequence[Contact] = ()
    amounts: Sequence[Amount] = ()
    quantities: Sequence[Quantity] = ()
    lines: Sequence[RemittanceLine] = ()

    def name(self, entity_code: str) -> Name | None:
        """Give the first name with this role."""
        return next((each for each in self.names if each.entity_code == entity_code), None)

    def reference(self, qualifier: str) -> str:
        """Give the identifier with this qualifier, or nothing."""
        return reference_of(self.references, qualifier)

    @property
    def patient(self) -> Name | None:
        """NM1*QC."""
        return self.name("QC")

    @property
    def is_reversal(self) -> bool:
        """CLP02 is 22: it takes an earlier payment back."""
        return self.status_code == "22"


class RemittanceGroup(Loop):
    """Loop 2000: LX with Medicare's totals, TS3 and TS2, as they stand."""

    number: str = ""


class Remittance(Loop):
    """One 835: one payment.

    Args:
        envelope: The transaction that it was read from.
        handling_code: BPR01: `I` payment with remittance, `H` notification only …
        total_cents: BPR02.
        payment_method: BPR04: `ACH`, `CHK`, `NON` …
        trace_number: TRN02, number of the check or EFT.
        originator_trace_id: TRN03, 1 and the payer's tax number.
        claims: All claims, where the whole transaction was read; streams leave it empty.
        provider_adjustments: PLB; a stream has them when it is at its end.
    """

    envelope: Transaction | None = None
    handling_code: str = ""
    total_cents: int | None = None
    credit_debit: str = ""
    payment_method: str = ""
    payment_format: str = ""
    sender_id_qualifier: str = ""
    sender_routing: str = ""
    sender_account_qualifier: str = ""
    sender_account: str = ""
    originator_id: str = ""
    originator_supplement: str = ""
    receiver_id_qualifier: str = ""
    receiver_routing: str = ""
    receiver_account_qualifier: str = ""
    receiver_account: str = ""
    payment_date: date | None = None
    trace_type: str = ""
    trace_number: str = ""
    originator_trace_id: str = ""
    trace_supplement: str = ""
    currency_entity: str = ""
    currency: str = ""
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()
    payer: Organization | None = None
    payee: Organization | None = None
    claims: Sequence[RemittanceClaim] = ()
    provider_adjustments: Sequence[ProviderAdjustment] = ()


def _claim(links: dict[str, int]) -> Spec:
    line = Spec(
        "2110",
        RemittanceLine,
        "SVC procedure charge_cents paid_cents revenue_code paid_quantity original_procedure"
        " original_quantity",
        "DTM* dates",
        "CAS* adjustments",
        "REF* references",
        "AMT* amounts",
        "QTY* quantities",
        "LQ* remarks",
        field="lines",
    )
    return Spec(
        "2100",
        RemittanceClaim,
        "CLP control_number status_code charge_cents paid_cents patient_responsibility_cents"
        " filing_indicator payer_control_number facility_code frequency_code patient_status_code"
        " drg_code drg_weight discharge_fraction",
        "CAS* adjustments",
        "NM1* names",
        "MIA @inpatient",
        "MOA @outpatient",
        "REF* references",
        "DTM* dates",
        "PER* contacts",
        "AMT* amounts",
        "QTY* quantities",
        children=(line,),
        links=links,
        is_unit=True,
    )


SPEC = Spec(
    "835",
    Remittance,
    "BPR handling_code total_cents credit_debit payment_method payment_format sender_id_qualifier"
    " sender_routing sender_account_qualifier sender_account originator_id originator_supplement"
    " receiver_id_qualifier receiver_routing receiver_account_qualifier receiver_account"
    " payment_date",
    "TRN trace_type trace_number originator_trace_id trace_supplement",
    "CUR currency_entity currency",
    "REF* references",
    "DTM* dates",
    "+PLB* provider_adjustments",
    children=(
        Spec("1000A", Organization, *organization("PR"), field="payer"),
        Spec("1000B", Organization, *organization("PE"), field="payee"),
        Spec(
            "2000",
            RemittanceGroup,
            "LX number",
            children=(_claim({"remittance": 0, "group": 1}),),
        ),
        _claim({"remittance": 0}),
    ),
)
SPECS = {"": SPEC}


def read_835(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Remittance]:
    """Read whole 835s, each with all its claims."""
    claims: list[RemittanceClaim] = []
    for root, units, is_end in read_units(source, SPECS, "835", limits):
        for claim in units:
            claim.remittance = None  # it stands in it; a circle could not become JSON
        claims += units
        if is_end:
            root.claims = claims
            yield root
            claims = []


def stream_835(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[RemittanceClaim]:
    """Read claim by claim in constant memory; `claim.remittance` is its payment."""
    for _, units, _ in read_units(source, SPECS, "835", limits):
        yield from units


def write_835(
    remittances: Iterable[Remittance], envelope: Envelope, options: Options = OPTIONS
) -> Written:
    """Write each remittance as one transaction; an LX is made where the claims' group changes."""

    def body(remittance: Remittance) -> Callable[[Writer], None]:
        return lambda w: write_claims(remittance, remittance.claims, w)

    bodies = map(body, remittances)
    return write_file(envelope, bodies, kind=KIND, options=options, has_version=False)


def write_claims(remittance: Remittance, claims: Iterable[RemittanceClaim], w: Writer) -> None:
    """Write what stands between ST and SE; of a stream, the PLB is known behind its claims."""
    loops = loop_writers(SPEC)
    loops["835"](remittance, w)
    open_group: RemittanceGroup | None = None
    for claim in claims:
        group = claim.group or open_group or RemittanceGroup(number="1")
        if group != open_group:
            open_group = group
            loops["835/2000"](open_group, w)
        loops["835/2000/2100"](claim, w)
    loops["835+"](remittance, w)


__all__ = ["KIND", "SPEC", "Remittance", "RemittanceClaim", "RemittanceLine", "Unknown"]
