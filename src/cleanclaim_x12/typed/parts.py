"""The small records that every transaction is made of."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar

import msgspec


class Unknown(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A segment that the model does not understand, kept whole.

    Args:
        raw: The segment without its terminator, in the delimiters of its file.
        place: Its place in the transaction, ST being 1.
        replaces: The model understood a part of it: on writing it stands for that part.
    """

    raw: str
    place: int = 0
    replaces: bool = False


class Loop(msgspec.Struct, gc=False, omit_defaults=True, kw_only=True):
    """What all loops have.

    Args:
        place: Place in the transaction of the loop's first segment, ST being 1; 0 if it was made.
        unknown: Segments that stood in the loop and that the model does not understand.
    """

    place: int = 0
    unknown: Sequence[Unknown] = ()


class Item(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One segment of a kind that may stand several times.

    `notation` names the field of each element; items that have none have a codec of their own.
    """

    notation: ClassVar[str] = ""


class Reference(Item, frozen=True):
    """REF: an identifier with the qualifier that says which."""

    notation: ClassVar[str] = "qualifier value description secondary"
    qualifier: str
    value: str = ""
    description: str = ""
    secondary: tuple[str, ...] = ()
    place: int = 0


class DatePeriod(Item, frozen=True):
    """DTP or DTM: a date or a period, with the qualifier that says which.

    Args:
        qualifier: `472` service, `431` onset …
        start: The date, or the first of a period; nothing where only a time stands.
        end: The last date of a period.
        time: HHMM, after a date or alone.
        format: `D8`, `RD8`, `DT` (date and time), `TM` (time alone), `RDT`; as in DTP02.
    """

    qualifier: str
    start: date | None = None
    end: date | None = None
    time: str = ""
    format: str = "D8"
    place: int = 0


class Amount(Item, frozen=True):
    """AMT: an amount with the qualifier that says which."""

    notation: ClassVar[str] = "qualifier cents credit_debit"
    qualifier: str
    cents: int | None = None
    credit_debit: str = ""
    place: int = 0


class Quantity(Item, frozen=True):
    """QTY: a quantity with the qualifier that says which."""

    notation: ClassVar[str] = "qualifier quantity unit_code"
    qualifier: str
    quantity: Decimal | None = None
    unit_code: str = ""
    place: int = 0


class Contact(Item, frozen=True):
    """PER: whom to reach and how, up to three numbers with their qualifiers (TE, EM, FX, EX)."""

    notation: ClassVar[str] = (
        "function_code name qualifier_1 number_1 qualifier_2 number_2 qualifier_3 number_3"
    )
    function_code: str
    name: str = ""
    qualifier_1: str = ""
    number_1: str = ""
    qualifier_2: str = ""
    number_2: str = ""
    qualifier_3: str = ""
    number_3: str = ""
    place: int = 0


class Note(Item, frozen=True):
    """NTE: free text with the code that says what for."""

    notation: ClassVar[str] = "code text"
    code: str
    text: str = ""
    place: int = 0


class Text(Item, frozen=True):
    """K3 or MSG: free text."""

    notation: ClassVar[str] = "text"
    text: str
    place: int = 0


class Paperwork(Item, frozen=True):
    """PWK: an attachment and how it travels."""

    notation: ClassVar[str] = (
        "report_type transmission_code - - control_qualifier control_number description"
    )
    report_type: str
    transmission_code: str = ""
    control_qualifier: str = ""
    control_number: str = ""
    description: str = ""
    place: int = 0


class Condition(Item, frozen=True):
    """CRC: yes or no, and the codes of the conditions."""

    notation: ClassVar[str] = "category applies code_1 code_2 code_3 code_4 code_5"
    category: str
    applies: str = ""
    code_1: str = ""
    code_2: str = ""
    code_3: str = ""
    code_4: str = ""
    code_5: str = ""
    place: int = 0


class Adjustment(Item, frozen=True):
    """One reason of a CAS: why less was paid than billed.

    Args:
        group_code: `CO`, `PR`, `OA`, `PI` (`CR` in claims).
        reason_code: Claim adjustment reason code.
        cents: Positive lowers the payment.
    """

    group_code: str
    reason_code: str
    cents: int
    quantity: Decimal | None = None
    place: int = 0


class Procedure(Item, frozen=True):
    """A procedure as composites write it: SV101, SVC01, SVD03.

    Args:
        qualifier: `HC` HCPCS and CPT, `AD` dental, `NU` revenue code, `HP` HIPPS …
        code: The code.
        modifiers: Up to four.
        description: Words for an unlisted procedure.
    """

    qualifier: str
    code: str
    modifiers: tuple[str, ...] = ()
    description: str = ""
    code_through: str = ""


class HealthCareCode(Item, frozen=True):
    """One composite of an HI: diagnosis, procedure, occurrence, value, condition.

    Args:
        qualifier: `ABK` principal diagnosis, `ABF` other diagnosis, `BE` value, `BG` condition …
        code: The code, without a point.
        start: The date, or the first of a period.
        end: The last date of a period.
        cents: The amount of a value code.
        present_on_admission: `Y`, `N`, `U`, `W`.
        place: Of its HI; codes of one place are written as one HI, those of place 0 by their kind.
    """

    qualifier: str
    code: str = ""
    start: date | None = None
    end: date | None = None
    cents: int | None = None
    present_on_admission: str = ""
    place: int = 0
