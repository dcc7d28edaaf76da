"""999: what a receiver says about the syntax of a group (005010X231A1)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from cleanclaim_x12.syntax import DEFAULT_LIMITS, Limits, Transaction
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.files import OPTIONS, Envelope, Options, Written
from cleanclaim_x12.typed.parts import Item, Loop
from cleanclaim_x12.typed.spec import Spec
from cleanclaim_x12.typed.trees import read_trees, write_trees

KIND = ("FA", "999", "005010X231A1")


class Context(Item, frozen=True):
    """CTX: what an error belongs to: a business unit (`CLM01:…`) or a situation's trigger."""

    notation: ClassVar[str] = "context segment position loop element data_element"
    context: tuple[str, ...] = ()
    segment: str = ""
    position: int | None = None
    loop: str = ""
    element: tuple[str, ...] = ()
    data_element: tuple[str, ...] = ()
    place: int = 0


class ElementError(Loop):
    """Loop 2110: IK4, an element that is wrong."""

    element: int | None = None
    component: int | None = None
    repetition: int | None = None
    data_element: str = ""
    error_code: str = ""
    value: str = ""
    contexts: Sequence[Context] = ()


class SegmentError(Loop):
    """Loop 2100: IK3, a segment that is wrong, at its place in the transaction (ST is 1)."""

    segment: str = ""
    position: int | None = None
    loop: str = ""
    error_code: str = ""
    contexts: Sequence[Context] = ()
    elements: Sequence[ElementError] = ()


class TransactionResponse(Loop):
    """Loop 2000: AK2 to IK5, what became of one transaction.

    Args:
        status: `A` accepted, `E` accepted with errors, `R` rejected (`M`, `W`, `X` security).
    """

    code: str = ""
    control_number: str = ""
    version: str = ""
    segments: Sequence[SegmentError] = ()
    status: str = ""
    error_1: str = ""
    error_2: str = ""
    error_3: str = ""
    error_4: str = ""
    error_5: str = ""


class ImplementationAcknowledgement(Loop):
    """One 999: AK1 to AK9, what became of one group.

    Args:
        envelope: The transaction that it was read from.
        functional_id: GS01 of the group.
        group_control_number: GS06 of the group.
        status: `A`, `E`, `P` partially accepted, `R` rejected (`M`, `W`, `X` security).
    """

    envelope: Transaction | None = None
    functional_id: str = ""
    group_control_number: str = ""
    version: str = ""
    responses: Sequence[TransactionResponse] = ()
    status: str = ""
    included: int | None = None
    received: int | None = None
    accepted: int | None = None
    error_1: str = ""
    error_2: str = ""
    error_3: str = ""
    error_4: str = ""
    error_5: str = ""


SPEC = Spec(
    "999",
    ImplementationAcknowledgement,
    "AK1 functional_id group_control_number version",
    "+AK9 status included received accepted error_1 error_2 error_3 error_4 error_5",
    children=(
        Spec(
            "2000",
            TransactionResponse,
            "AK2 code control_number version",
            "+IK5 status error_1 error_2 error_3 error_4 error_5",
            field="responses",
            children=(
                Spec(
                    "2100",
                    SegmentError,
                    "IK3 segment position loop error_code",
                    "CTX* contexts",
                    field="segments",
                    children=(
                        Spec(
                            "2110",
                            ElementError,
                            "IK4 (element,component,repetition) data_element error_code value",
                            "CTX* contexts",
                            field="elements",
                        ),
                    ),
                ),
            ),
        ),
    ),
)
SPECS = {"": SPEC}


def read_999(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> Iterator[ImplementationAcknowledgement]:
    """Read the 999s of a file."""
    return read_trees(source, SPECS, "999", limits)  # type: ignore[return-value]


def write_999(
    acknowledgements: Iterable[ImplementationAcknowledgement],
    envelope: Envelope,
    options: Options = OPTIONS,
) -> Written:
    """Write 999s into one interchange."""
    return write_trees(SPEC, KIND, acknowledgements, (envelope, options))
