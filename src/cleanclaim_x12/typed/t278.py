"""278: may this service be given, request and answer (005010X217)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.details import Transport
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.members import Delivery, Member, Trace, Validation, member
from cleanclaim_x12.typed.parts import (
    Condition,
    DatePeriod,
    HealthCareCode,
    Item,
    Loop,
    Paperwork,
    Procedure,
    Reference,
    Text,
)
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.t837d import Tooth
from cleanclaim_x12.typed.t837i import Admission
from cleanclaim_x12.typed.trees import read_trees, write_trees

KIND = ("HI", "278", "005010X217")


class Decision(Item, frozen=True):
    """HCR: what was decided.

    Args:
        action: `A1` certified in total, `A2` partly, `A3` not, `A4` pended, `A6` modified …
        number: The certification number.
        reason_code: Why.
    """

    notation: ClassVar[str] = "action number reason_code second_opinion"
    action: str = ""
    number: str = ""
    reason_code: str = ""
    second_opinion: str = ""
    place: int = 0


class Review(Loop):
    """UM and what stands around it, for an event or a service."""

    traces: Sequence[Trace] = ()
    validations: Sequence[Validation] = ()
    category: str = ""
    certification_type: str = ""
    service_type: str = ""
    facility_code: str = ""
    facility_qualifier: str = ""
    facility_frequency: str = ""
    cause_1: str = ""
    cause_2: str = ""
    cause_3: str = ""
    cause_state: str = ""
    cause_country: str = ""
    level_of_service: str = ""
    health_status: str = ""
    prognosis: str = ""
    release_code: str = ""
    delay_reason: str = ""
    decision: Decision | None = None
    references: Sequence[Reference] = ()
    dates: Sequence[DatePeriod] = ()
    codes: Sequence[HealthCareCode] = ()
    deliveries: Sequence[Delivery] = ()
    paperwork: Sequence[Paperwork] = ()
    messages: Sequence[Text] = ()
    providers: Sequence[Member] = ()


class ReviewedService(Review):
    """Level SS: one service, with SV1, SV2 or SV3."""

    procedure: Procedure | None = None
    charge_cents: int | None = None
    unit_code: str = ""
    quantity: Decimal | None = None
    place_of_service: str = ""
    diagnosis_pointers: tuple[int, ...] = ()
    revenue_code: str = ""
    institutional_procedure: Procedure | None = None
    institutional_charge_cents: int | None = None
    institutional_unit_code: str = ""
    institutional_quantity: Decimal | None = None
    dental_procedure: Procedure | None = None
    dental_charge_cents: int | None = None
    oral_cavity_codes: tuple[str, ...] = ()
    prosthesis_code: str = ""
    dental_quantity: Decimal | None = None
    teeth: Sequence[Tooth] = ()


class ReviewedEvent(Review):
    """Level EV: the event, an admission or a course of services."""

    conditions: Sequence[Condition] = ()
    admission: Admission | None = None
    transport: Transport | None = None
    services: Sequence[ReviewedService] = ()


class ReviewDependent(Loop):
    """Level 23: the patient, where that is not the subscriber."""

    person: Member | None = None
    events: Sequence[ReviewedEvent] = ()


class ReviewSubscriber(Loop):
    """Level 22: the subscriber."""

    person: Member | None = None
    events: Sequence[ReviewedEvent] = ()
    dependents: Sequence[ReviewDependent] = ()


class ReviewRequester(Loop):
    """Level 21: who asks."""

    requester: Member | None = None
    subscribers: Sequence[ReviewSubscriber] = ()


class ReviewOrganization(Loop):
    """Level 20: who decides."""

    validations: Sequence[Validation] = ()
    organization: Member | None = None
    requesters: Sequence[ReviewRequester] = ()


class ServicesReview(Loop):
    """One 278; `purpose_code` is 13 in a request and 11 in an answer."""

    envelope: Transaction | None = None
    structure_code: str = "0007"
    purpose_code: str = ""
    reference: str = ""
    created_date: date | None = None
    created_time: str = ""
    transaction_type: str = ""
    organizations: Sequence[ReviewOrganization] = ()


_UM = (
    "UM category certification_type service_type"
    " (facility_code,facility_qualifier,facility_frequency)"
    " (cause_1,cause_2,cause_3,cause_state,cause_country) level_of_service health_status"
    " prognosis release_code delay_reason"
)
_PROVIDERS = Spec("2010E", Member, *member("?"), field="providers")
_SERVICE = Spec(
    "2000F",
    ReviewedService,
    "HL=SS ~ ~ ~ ~",
    "TRN* traces",
    "AAA* validations",
    _UM,
    "HCR @decision",
    "REF* references",
    "DTP* dates",
    "HI* codes",
    "SV1 procedure charge_cents unit_code quantity place_of_service - diagnosis_pointers",
    "SV2 revenue_code institutional_procedure institutional_charge_cents institutional_unit_code"
    " institutional_quantity",
    "SV3 dental_procedure dental_charge_cents - oral_cavity_codes prosthesis_code dental_quantity",
    "TOO* teeth",
    "HSD* deliveries",
    "PWK* paperwork",
    "MSG* messages",
    field="services",
    children=(_PROVIDERS,),
    is_closed=True,
)
_EVENT = Spec(
    "2000E",
    ReviewedEvent,
    "HL=EV ~ ~ ~ ~",
    "TRN* traces",
    "AAA* validations",
    _UM,
    "HCR @decision",
    "REF* references",
    "DTP* dates",
    "HI* codes",
    "HSD* deliveries",
    "CRC* conditions",
    "CL1 @admission",
    "CR1 @transport",
    "PWK* paperwork",
    "MSG* messages",
    field="events",
    children=(_PROVIDERS, _SERVICE),
    is_closed=True,
)
_DEPENDENT = Spec(
    "2000D",
    ReviewDependent,
    "HL=23 ~ ~ ~ ~",
    field="dependents",
    children=(Spec("2010D", Member, *member("?"), field="person"), _EVENT),
    is_closed=True,
)
_SUBSCRIBER = Spec(
    "2000C",
    ReviewSubscriber,
    "HL=22 ~ ~ ~ ~",
    field="subscribers",
    children=(Spec("2010C", Member, *member("?"), field="person"), _EVENT, _DEPENDENT),
    is_closed=True,
)
SPEC = Spec(
    "278",
    ServicesReview,
    "BHT structure_code purpose_code reference created_date created_time transaction_type",
    children=(
        Spec(
            "2000A",
            ReviewOrganization,
            "HL=20 ~ ~ ~ ~",
            "AAA* validations",
            field="organizations",
            children=(
                Spec("2010A", Member, *member("?"), field="organization"),
                Spec(
                    "2000B",
                    ReviewRequester,
                    "HL=21 ~ ~ ~ ~",
                    field="requesters",
                    children=(
                        Spec("2010B", Member, *member("?"), field="requester"),
                        _SUBSCRIBER,
                    ),
                    is_closed=True,
                ),
            ),
            is_closed=True,
        ),
    ),
)


def read_278(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[ServicesReview]:
    """Read the requests and answers of a file."""
    return read_trees(source, {"": SPEC}, "278", limits)  # type: ignore[return-value]


def write_278(
    reviews: Iterable[ServicesReview], envelope: Envelope, options: Options = OPTIONS
) -> Written:
    """Write requests or answers into one interchange."""
    return write_trees(SPEC, KIND, reviews, (envelope, options))
