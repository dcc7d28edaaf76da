"""What a person changed of a claim, said so that others can read it later."""

from collections.abc import Iterator

import msgspec

from cleanclaim.core.claim.record import Claim, ClaimLine

# Codes, units and amounts may stand in a timeline; numbers that point at a person may not.
_OPEN = ("procedure_code", "modifiers", "units", "charge_cents", "diagnosis_pointers")
_HIDDEN = ("prior_authorization_number", "referral_number")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One field that was changed: `units, line 2`, from, to; both empty where they are hidden."""

    field: str
    before: str = ""
    after: str = ""


def claim_changes(before: Claim, after: Claim) -> list[Change]:
    """Say what differs between two states of a claim, in the words of its fields.

    Args:
        before: As it was.
        after: As it is; lines are told apart by their place.

    Returns:
        One change for each field, in the order in which a claim is read; empty: they are the same.
    """
    return [
        *_of_claim(before, after),
        *(
            change
            for number, pair in enumerate(zip(before.lines, after.lines, strict=False), 1)
            for change in _of_line(number, *pair)
        ),
        *_of_count(before, after),
    ]


def _of_claim(before: Claim, after: Claim) -> Iterator[Change]:
    pairs = {
        "diagnoses": [" ".join(one.code for one in claim.diagnoses) for claim in (before, after)],
        "place of service": [before.place_of_service, after.place_of_service],
        "provider": [claim.rendering.npi if claim.rendering else "" for claim in (before, after)],
        "payers": [
            " ".join(one.payer.payer_id for one in claim.coverages) for claim in (before, after)
        ],
    }
    for field, (was, now) in pairs.items():
        if was != now:
            yield Change(field=field, before=was, after=now)
    for name in _HIDDEN:
        if getattr(before, name) != getattr(after, name):
            yield Change(field=name.replace("_", " "))


def _of_line(number: int, before: ClaimLine, after: ClaimLine) -> Iterator[Change]:
    if before.service_date != after.service_date:
        yield Change(
            field=f"service date, line {number}",
            before=before.service_date.isoformat(),
            after=after.service_date.isoformat(),
        )
    for name in _OPEN:
        was, now = _text(getattr(before, name)), _text(getattr(after, name))
        if was != now:
            yield Change(field=f"{name.replace('_', ' ')}, line {number}", before=was, after=now)


def _of_count(before: Claim, after: Claim) -> Iterator[Change]:
    was, now = len(before.lines), len(after.lines)
    if was != now:
        yield Change(field="lines", before=str(was), after=str(now))


def _text(value: object) -> str:
    """Write a value: `("25", "59")` as `25 59`."""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
