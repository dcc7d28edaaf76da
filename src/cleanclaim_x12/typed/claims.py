"""What the three 837 claims have in common: header, levels, other payers, adjudications."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from cleanclaim_x12.syntax import Transaction
from cleanclaim_x12.typed.adjudication import InpatientAdjudication, OutpatientAdjudication
from cleanclaim_x12.typed.details import Contract, Pricing
from cleanclaim_x12.typed.parties import Party, party, reference_of
from cleanclaim_x12.typed.parts import (
    Adjustment,
    Amount,
    Condition,
    DatePeriod,
    HealthCareCode,
    Loop,
    Note,
    Paperwork,
    Procedure,
    Quantity,
    Reference,
    Text,
)
from cleanclaim_x12.typed.spec import Spec


class ClaimBatch(Loop):
    """The head of an 837: BHT, who submits, who receives.

    Args:
        envelope: The transaction that it was read from.
        reference: BHT03, the batch's number; a 277CA gives it back.
        transaction_type: `CH` chargeable, `RP` reporting.
        claims: All claims, where the whole transaction was read; streams leave it empty.
    """

    envelope: Transaction | None = None
    structure_code: str = "0019"
    purpose_code: str = "00"
    reference: str = ""
    created_date: date | None = None
    created_time: str = ""
    transaction_type: str = "CH"
    references: Sequence[Reference] = ()
    submitter: Party | None = None
    receiver: Party | None = None


class BillingProvider(Loop):
    """Loop 2000A: who bills, and where the money goes."""

    provider_code: str = ""
    taxonomy_code: str = ""
    currency_entity: str = ""
    currency: str = ""
    provider: Party | None = None
    pay_to_address: Party | None = None
    pay_to_plan: Party | None = None


class Subscriber(Loop):
    """Loop 2000B: the coverage that is billed, its holder and its payer.

    Args:
        rank: SBR01: `P`, `S`, `T` … the place of the payer that receives the claim.
        relationship_code: `18` where the subscriber is the patient, else empty.
    """

    rank: str = ""
    relationship_code: str = ""
    group_number: str = ""
    group_name: str = ""
    insurance_type_code: str = ""
    filing_indicator: str = ""
    death_date: date | None = None
    weight_unit: str = ""
    weight: Decimal | None = None
    pregnant: str = ""
    person: Party | None = None
    payer: Party | None = None


class Patient(Loop):
    """Loop 2000C: the patient, where that is not the subscriber."""

    relationship_code: str = ""
    death_date: date | None = None
    weight_unit: str = ""
    weight: Decimal | None = None
    pregnant: str = ""
    person: Party | None = None


class OtherPayer(Loop):
    """Loop 2320: another coverage of the patient, and what its payer decided."""

    rank: str = ""
    relationship_code: str = ""
    group_number: str = ""
    group_name: str = ""
    insurance_type_code: str = ""
    filing_indicator: str = ""
    adjustments: Sequence[Adjustment] = ()
    amounts: Sequence[Amount] = ()
    benefits_assignment: str = ""
    patient_signature: str = ""
    release_code: str = ""
    inpatient: InpatientAdjudication | None = None
    outpatient: OutpatientAdjudication | None = None
    person: Party | None = None
    payer: Party | None = None
    providers: Sequence[Party] = ()

    @property
    def paid_cents(self) -> int | None:
        """What this payer paid: AMT*D."""
        return amount_of(self.amounts, "D")


class LineAdjudication(Loop):
    """Loop 2430: what another payer decided on a line."""

    payer_id: str = ""
    paid_cents: int | None = None
    procedure: Procedure | None = None
    revenue_code: str = ""
    quantity: Decimal | None = None
    bundled_line: str = ""
    adjustments: Sequence[Adjustment] = ()
    dates: Sequence[DatePeriod] = ()
    amounts: Sequence[Amount] = ()


class Drug(Loop):
    """Loop 2410: the drug or device of a line."""

    product_qualifier: str = ""
    product_code: str = ""
    quantity: Decimal | None = None
    unit_code: str = ""
    references: Sequence[Reference] = ()


class Claim(Loop):
    """Loop 2300 as far as all three claims have it.

    Args:
        batch: The head of the transaction, of a claim that was streamed.
        billing: The level of the billing provider; the same object for all its claims.
        subscriber: The level of the subscriber.
        patient: The level of the patient, or None where the subscriber is the patient.
        control_number: CLM01; the payer gives it back.
        codes: All HI codes in order.
        other_parties: NM1 loops that the guide does not have here.
    """

    batch: ClaimBatch | None = None
    billing: BillingProvider | None = None
    subscriber: Subscriber | None = None
    patient: Patient | None = None
    control_number: str = ""
    charge_cents: int | None = None
    facility_code: str = ""
    facility_qualifier: str = ""
    frequency_code: str = ""
    provider_signature: str = ""
    assignment_code: str = ""
    benefits_assignment: str = ""
    release_code: str = ""
    patient_signature: str = ""
    cause_1: str = ""
    cause_2: str = ""
    cause_3: str = ""
    cause_state: str = ""
    cause_country: str = ""
    special_program: str = ""
    predetermination: str = ""
    delay_reason: str = ""
    dates: Sequence[DatePeriod] = ()
    paperwork: Sequence[Paperwork] = ()
    contract: Contract | None = None
    amounts: Sequence[Amount] = ()
    references: Sequence[Reference] = ()
    fixed_texts: Sequence[Text] = ()
    notes: Sequence[Note] = ()
    conditions: Sequence[Condition] = ()
    codes: Sequence[HealthCareCode] = ()
    pricing: Pricing | None = None
    other_payers: Sequence[OtherPayer] = ()
    other_parties: Sequence[Party] = ()

    def reference(self, qualifier: str) -> str:
        """Give the identifier with this qualifier, or nothing: `F8`, `G1`, `9F`, `D9`."""
        return reference_of(self.references, qualifier)

    def codes_of(self, *qualifiers: str) -> list[HealthCareCode]:
        """Give the HI codes of these kinds, in order."""
        return [each for each in self.codes if each.qualifier in qualifiers]

    @property
    def diagnoses(self) -> list[HealthCareCode]:
        """The diagnoses that lines may point to, the principal one first."""
        return self.codes_of("ABK", "BK", "ABF", "BF")

    @property
    def payer_claim_control_number(self) -> str:
        """REF*F8: the payer's number of the claim that this one replaces or voids."""
        return self.reference("F8")


class Line(Loop):
    """Loop 2400 as far as all three claims have it."""

    number: str = ""
    procedure: Procedure | None = None
    charge_cents: int | None = None
    unit_code: str = ""
    quantity: Decimal | None = None
    paperwork: Sequence[Paperwork] = ()
    dates: Sequence[DatePeriod] = ()
    quantities: Sequence[Quantity] = ()
    contract: Contract | None = None
    references: Sequence[Reference] = ()
    amounts: Sequence[Amount] = ()
    fixed_texts: Sequence[Text] = ()
    notes: Sequence[Note] = ()
    pricing: Pricing | None = None
    drug: Drug | None = None
    other_parties: Sequence[Party] = ()
    adjudications: Sequence[LineAdjudication] = ()

    def reference(self, qualifier: str) -> str:
        """Give the identifier with this qualifier, or nothing."""
        return reference_of(self.references, qualifier)

    @property
    def control_number(self) -> str:
        """REF*6R: the line's number that the payer gives back."""
        return self.reference("6R")

    @property
    def service(self) -> DatePeriod | None:
        """DTP*472: when the service was given."""
        return next((each for each in self.dates if each.qualifier == "472"), None)


def amount_of(amounts: Sequence[Amount], qualifier: str) -> int | None:
    """Give the cents of the first AMT with this qualifier, or nothing."""
    return next((each.cents for each in amounts if each.qualifier == qualifier), None)


CLM = (
    "CLM control_number charge_cents - - (facility_code,facility_qualifier,frequency_code)"
    " provider_signature assignment_code benefits_assignment release_code patient_signature"
    " (cause_1,cause_2,cause_3,cause_state,cause_country) special_program - - - - - -"
    " predetermination delay_reason"
)
_SBR = (
    "SBR rank relationship_code group_number group_name insurance_type_code - - - filing_indicator"
)
_PAT = "'D8' death_date weight_unit weight pregnant"
LINKS = {"batch": 0, "billing": 1, "subscriber": 2}


def role(field: str, name: str, codes: str) -> Spec:
    """Place a party under a field."""
    return Spec(name, Party, *party(codes), field=field)


DRUG = Spec(
    "2410",
    Drug,
    "LIN - product_qualifier product_code",
    "CTP - - - quantity (unit_code)",
    "REF* references",
    field="drug",
)
ADJUDICATION = Spec(
    "2430",
    LineAdjudication,
    "SVD payer_id paid_cents procedure revenue_code quantity bundled_line",
    "CAS* adjustments",
    "DTP* dates",
    "AMT* amounts",
    field="adjudications",
)
OTHER_PAYER = Spec(
    "2320",
    OtherPayer,
    _SBR,
    "CAS* adjustments",
    "AMT* amounts",
    "OI - - benefits_assignment patient_signature - release_code",
    "MIA @inpatient",
    "MOA @outpatient",
    field="other_payers",
    children=(
        role("person", "2330A", "IL"),
        role("payer", "2330B", "PR"),
        role("providers", "2330C", "?"),
    ),
)


def batch_spec(name: str, model: type[ClaimBatch], claim: Spec) -> Spec:
    """Put the levels of an 837 around its claim."""
    of_patient = Spec(
        claim.name,
        claim.model,
        *claim.notation,
        children=claim.children,
        links=LINKS | {"patient": 3},
        is_closed=True,
        is_unit=True,
    )
    patient = Spec(
        "2000C",
        Patient,
        "HL=23 ~ ~ ~ ~",
        f"PAT relationship_code - - - {_PAT}",
        children=(role("person", "2010CA", "QC"), of_patient),
        is_closed=True,
    )
    subscriber = Spec(
        "2000B",
        Subscriber,
        "HL=22 ~ ~ ~ ~",
        _SBR,
        f"PAT - - - - {_PAT}",
        children=(
            role("person", "2010BA", "IL"),
            role("payer", "2010BB", "PR"),
            claim,
            patient,
        ),
        is_closed=True,
    )
    billing = Spec(
        "2000A",
        BillingProvider,
        "HL=20 ~ ~ ~ ~",
        "PRV provider_code 'PXC' taxonomy_code",
        "CUR currency_entity currency",
        children=(
            role("provider", "2010AA", "85"),
            role("pay_to_address", "2010AB", "87"),
            role("pay_to_plan", "2010AC", "PE"),
            subscriber,
        ),
        is_closed=True,
    )
    return Spec(
        name,
        model,
        "BHT structure_code purpose_code reference created_date created_time transaction_type",
        "REF* references",
        children=(role("submitter", "1000A", "41"), role("receiver", "1000B", "40"), billing),
    )
