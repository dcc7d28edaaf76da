"""270 and 271: what does this person's coverage pay for (005010X279A1)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.members import Delivery, Member, Trace, Validation, member
from cleanclaim_x12.typed.parties import Party
from cleanclaim_x12.typed.parts import Amount, DatePeriod, Item, Loop, Procedure, Reference, Text
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.trees import read_trees, write_trees

KIND_270 = ("HS", "270", "005010X279A1")
KIND_271 = ("HB", "271", "005010X279A1")


class Subject(Item, frozen=True):
    """III: a place of service or a condition that an inquiry or a benefit is about."""

    notation: ClassVar[str] = "code_list code category text"
    code_list: str = ""
    code: str = ""
    category: str = ""
    text: str = ""
    place: int = 0


class Inquiry(Loop):
    """Loop 2110 of a 270: EQ, what is asked.

    Args:
        service_types: `30` the whole plan, `98` office visit …
    """

    service_types: tuple[str, ...] = ()
    procedure: Procedure | None = None
    coverage_level: str = ""
    insurance_type: str = ""
    diagnosis_pointers: tuple[int, ...] = ()
    amounts: Sequence[Amount] = ()
    subjects: Sequence[Subject] = ()
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()


class Entity(Loop):
    """Loops 2120 in LS and LE: who is meant by a benefit, as a primary care provider."""

    loop_code: str = ""
    parties: Sequence[Member] = ()
    end_code: str = ""


class Benefit(Loop):
    """Loop 2110 of a 271: EB, one benefit.

    Args:
        information: `1` active, `6` inactive, `A` coinsurance, `B` copay, `C` deductible,
            `G` out-of-pocket maximum, `I` not covered …
        coverage_level: `IND` individual, `FAM` family …
        service_types: What it is about; `30` the whole plan.
        period: `23` calendar year, `29` what remains, `27` visit …
        cents: The amount.
        percent: A fraction: 0.2 is 20 %.
        authorization_required: `Y`, `N`, `U`.
        in_network: `Y`, `N`, `U`, `W` both.
    """

    information: str = ""
    coverage_level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan: str = ""
    period: str = ""
    cents: int | None = None
    percent: Decimal | None = None
    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    authorization_required: str = ""
    in_network: str = ""
    procedure: Procedure | None = None
    diagnosis_pointers: tuple[int, ...] = ()
    deliveries: Sequence[Delivery] = ()
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()
    validations: Sequence[Validation] = ()
    messages: Sequence[Text] = ()
    subjects: Sequence[Subject] = ()
    entities: Sequence[Entity] = ()

    @property
    def is_active(self) -> bool:
        """Say whether it says that coverage is active."""
        return self.information in ("1", "2", "3", "4", "5")

    @property
    def is_remaining(self) -> bool:
        """Say whether the amount is what remains, not what was agreed."""
        return self.period in ("29", "33")


class Dependent(Loop):
    """Level 23: the patient, where that is not the subscriber."""

    traces: Sequence[Trace] = ()
    person: Member | None = None
    inquiries: Sequence[Inquiry] = ()
    benefits: Sequence[Benefit] = ()


class InsuredMember(Loop):
    """Level 22: the subscriber with what is asked or answered."""

    traces: Sequence[Trace] = ()
    person: Member | None = None
    inquiries: Sequence[Inquiry] = ()
    benefits: Sequence[Benefit] = ()
    dependents: Sequence[Dependent] = ()

    def benefits_of(self, information: str, service_type: str = "30") -> list[Benefit]:
        """Give the benefits of this kind for this service: `B` and `98`, the office copay."""
        return [
            each
            for each in self.benefits
            if each.information == information
            and (service_type in each.service_types or not each.service_types)
        ]


class InformationReceiver(Loop):
    """Level 21: who asks."""

    validations: Sequence[Validation] = ()
    receiver: Member | None = None
    subscribers: Sequence[InsuredMember] = ()


class InformationSource(Loop):
    """Level 20: who answers."""

    validations: Sequence[Validation] = ()
    source: Member | None = None
    receivers: Sequence[InformationReceiver] = ()


class Eligibility(Loop):
    """One 270 or 271."""

    envelope: Transaction | None = None
    structure_code: str = "0022"
    purpose_code: str = ""
    reference: str = ""
    created_date: date | None = None
    created_time: str = ""
    transaction_type: str = ""
    sources: Sequence[InformationSource] = ()


def _spec(name: str, details: Spec) -> Spec:
    person = Spec("2100C", Member, *member("IL"), field="person")
    dependent = Spec(
        "2000D",
        Dependent,
        "HL=23 ~ ~ ~ ~",
        "TRN* traces",
        field="dependents",
        children=(Spec("2100D", Member, *member("03"), field="person"), details),
        is_closed=True,
    )
    subscriber = Spec(
        "2000C",
        InsuredMember,
        "HL=22 ~ ~ ~ ~",
        "TRN* traces",
        field="subscribers",
        children=(person, details, dependent),
        is_closed=True,
    )
    receiver = Spec(
        "2000B",
        InformationReceiver,
        "HL=21 ~ ~ ~ ~",
        "AAA* validations",
        field="receivers",
        children=(Spec("2100B", Member, *member("?"), field="receiver"), subscriber),
        is_closed=True,
    )
    source = Spec(
        "2000A",
        InformationSource,
        "HL=20 ~ ~ ~ ~",
        "AAA* validations",
        field="sources",
        children=(Spec("2100A", Member, *member("?"), field="source"), receiver),
        is_closed=True,
    )
    bht = "BHT structure_code purpose_code reference created_date created_time transaction_type"
    return Spec(name, Eligibility, bht, children=(source,))


SPEC_270 = _spec(
    "270",
    Spec(
        "2110",
        Inquiry,
        "EQ service_types^ procedure coverage_level insurance_type diagnosis_pointers",
        "AMT* amounts",
        "III* subjects",
        "REF* references",
        "DTP* dates",
        field="inquiries",
    ),
)
SPEC_271 = _spec(
    "271",
    Spec(
        "2110",
        Benefit,
        "EB information coverage_level service_types^ insurance_type plan period cents percent"
        " quantity_qualifier quantity authorization_required in_network procedure"
        " diagnosis_pointers",
        "HSD* deliveries",
        "REF* references",
        "DTP* dates",
        "AAA* validations",
        "MSG* messages",
        "III* subjects",
        field="benefits",
        children=(
            Spec(
                "2120",
                Entity,
                "LS loop_code",
                "+LE end_code",
                field="entities",
                children=(Spec("2120", Member, *member("?"), field="parties"),),
            ),
        ),
    ),
)


def read_270(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Eligibility]:
    """Read the eligibility inquiries of a file."""
    return read_trees(source, {"": SPEC_270}, "270", limits)  # type: ignore[return-value]


def read_271(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Eligibility]:
    """Read the eligibility answers of a file."""
    return read_trees(source, {"": SPEC_271}, "271", limits)  # type: ignore[return-value]


def write_270(
    inquiries: Iterable[Eligibility], envelope: Envelope, options: Options = OPTIONS
) -> Written:
    """Write eligibility inquiries into one interchange."""
    return write_trees(SPEC_270, KIND_270, inquiries, (envelope, options))


def write_271(
    answers: Iterable[Eligibility], envelope: Envelope, options: Options = OPTIONS
) -> Written:
    """Write eligibility answers into one interchange."""
    return write_trees(SPEC_271, KIND_271, answers, (envelope, options))


__all__ = ["Benefit", "Eligibility", "Party", "read_270", "read_271", "write_270", "write_271"]
