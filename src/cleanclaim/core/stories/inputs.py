"""What the inputs of steps mean, where stories say the same thing in more than one way."""

import re
from collections.abc import Iterable

import msgspec

from cleanclaim.core.ledger import Ref
from cleanclaim.core.stories.setup import encounter_of
from cleanclaim.core.stories.story import Json, Story

_TIMERS = frozenset({"crossover_late", "no_ack", "era_silence", "unmatched_era"})


class PatientMoney(msgspec.Struct, frozen=True, kw_only=True):
    """A patient's payment as a step gives it; `lines` are named by the patient."""

    patient: str
    tender: str
    amount_cents: int
    lines: tuple[str, ...] = ()
    is_prepayment: bool = False
    number: str = ""


def patient_of_step(story: Story, given: Json) -> str:
    """Name the patient of a step; a story with one patient need not say it."""
    if "patient" in given:
        return str(given["patient"])
    if "claim" in given:
        encounter = story.encounters[story.claims[given["claim"]]["encounter"]]
        return str(encounter["patient"])
    if given.get("encounter") in story.encounters:
        return str(story.encounters[given["encounter"]]["patient"])
    named = lines_named(story, given)
    if named:
        return str(encounter_of(story, named[0])["patient"])
    return str(story.data["parties"]["patients"][0]["id"])


def lines_named(story: Story, given: Json) -> tuple[str, ...]:
    """Find the charge lines that an input names, in whatever key it does."""
    text = " ".join(str(value) for value in given.values())
    return tuple(word for word in re.findall(r"\w+", text) if word in story.lines)


def patient_money(story: Story, given: Json) -> PatientMoney:
    """Read a patient's payment."""
    where = str(given.get("applies_to", ""))
    return PatientMoney(
        patient=patient_of_step(story, given),
        tender=given["tender"],
        amount_cents=given["amount_cents"],
        lines=lines_named(story, given),
        is_prepayment=where.startswith("prepayment"),
        number=str(given.get("check", given.get("number", ""))),
    )


def returned_payment(given: Json, payments: Iterable[tuple[Ref, int, str]]) -> Ref:
    """Find the payment that came back: by its number, else the newest of its amount.

    Args:
        payments: Name, cents and check number of each payment that stands, oldest first.

    Returns:
        Its name; empty where none fits.
    """
    fits = [one for one in payments if one[1] == given["amount_cents"]]
    number = str(given.get("check", given.get("number", "")))
    numbered = [one for one in fits if number and one[2] == number]
    found = numbered or fits
    return found[-1][0] if found else ""


def timer_of(given: Json) -> tuple[str, str]:
    """Read which timer rings, and for what."""
    kind = next((str(v) for v in given.values() if str(v) in _TIMERS), "")
    subject = given.get("claim") or given.get("remittance") or given.get("subject") or ""
    return kind, str(subject)
