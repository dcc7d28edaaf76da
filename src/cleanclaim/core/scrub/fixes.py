"""Proposed corrections that many rules make."""

from collections.abc import Iterable

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.kernel.finding import Correction

# What decides the payment stands first, then what unbundles, then side, then information.
_FIRST: tuple[str, ...] = (
    "50",
    "51",
    "52",
    "53",
    "54",
    "55",
    "56",
    "58",
    "62",
    "66",
    "78",
    "80",
    "81",
    "82",
)
_FIRST += ("26", "TC", "AA", "AD", "QK", "QX", "QY", "QZ", "AS", "NU", "RR", "UE")
_SECOND: tuple[str, ...] = ("24", "25", "57", "59", "76", "77", "79", "91", "XE", "XP", "XS", "XU")
_LAST = ("33", "93", "95", "GA", "GC", "GX", "GY", "GZ", "KX", "PT", "QW", "FS", "JW", "JZ")
MOST_MODIFIERS = 4


def modifier_rank(modifier: str) -> int:
    """Give the group in which a modifier is sent: 0 payment, 1 unbundling, 2 side, 3 information.

    >>> [modifier_rank(m) for m in ("50", "59", "LT", "95")]
    [0, 1, 2, 3]
    """
    if modifier in _FIRST:
        return 0
    if modifier in _SECOND:
        return 1
    return 3 if modifier in _LAST else 2


def set_field(field: str, value: object, words: str) -> Correction:
    """Propose a new value of a field."""
    return Correction(field=field, value=value, words=words)


def _modifiers(row: Row, modifiers: Iterable[str], words: str) -> Correction:
    return set_field(row.place("modifiers"), list(modifiers), f"{words} line {row.number}")


def add_modifier(row: Row, modifier: str) -> Correction | None:
    """Propose a further modifier in its place; None where four stand already."""
    if len(row.modifiers) >= MOST_MODIFIERS or modifier in row.modifiers:
        return None
    rank = modifier_rank(modifier)
    at = sum(modifier_rank(item) <= rank for item in row.modifiers)
    new = (*row.modifiers[:at], modifier, *row.modifiers[at:])
    return _modifiers(row, new, f"Add modifier {modifier} to")


def remove_modifier(row: Row, modifier: str) -> Correction:
    """Propose to take a modifier away."""
    kept = [item for item in row.modifiers if item != modifier]
    return _modifiers(row, kept, f"Remove modifier {modifier} from")


def swap_modifier(row: Row, old: str, new: str) -> Correction:
    """Propose another modifier in the place of one."""
    changed = [new if item == old else item for item in row.modifiers]
    changed = list(dict.fromkeys(changed))
    return _modifiers(row, changed, f"Replace modifier {old} by {new} on")


def remove_line(case: Case, row: Row) -> Correction | None:
    """Propose to take a line away.

    None where it is the only line, where an earlier payer has decided on it, where an add-on code
    on the claim may lean on it, or where its KX may vouch for the claim.
    """
    if len(case.rows) == 1 or "KX" in row.modifiers:
        return None
    if case.claim.prior_adjudications or row.line.adjudications:
        return None
    for other in case.rows:
        if other is not row and (addon := case.addon(other)) is not None:
            primaries = addon.primaries_on(other.dos)
            if not primaries or row.code in primaries:
                return None
    return set_field(row.place(), None, f"Remove line {row.number} ({row.code})")


def set_code(row: Row, code: str) -> Correction:
    """Propose another procedure code."""
    return set_field(row.place("procedure_code"), code, f"Change line {row.number} to {code}")


def reorder_diagnoses(case: Case, first: int) -> Correction:
    """Propose to put the diagnosis at a position (from 0) first; pointers follow their codes."""
    items = list(case.claim.diagnoses)
    items.insert(0, items.pop(first))
    value = [
        {"code": item.code, "present_on_admission": item.present_on_admission} for item in items
    ]
    return set_field("diagnoses", value, f"Put {items[0].code} first")
