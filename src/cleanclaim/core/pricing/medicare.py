"""What Medicare allows for a line: relative values, geography, place, modifiers, reductions.

Source: 42 CFR 414; CMS Claims Processing Manual, chapters 12 and 4; amounts are half-up cents.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from cleanclaim.core.codes.fees import Gpci, PhysicianFee

HUNDRED = Decimal(100)
FACILITY_PLACES = frozenset(
    {"02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"}
)
SEQUESTRATION = Decimal("0.02")
NOT_PARTICIPATING = Decimal("0.95")
OTHER_PRACTITIONER = Decimal("0.85")
BILATERAL = Decimal("1.5")
ASSISTANT = Decimal("0.16")
CO_SURGEON = Decimal("0.625")
HALF = Decimal("0.5")
SURGEON_ASSISTS = frozenset({"80", "81", "82"})
SPECIAL_BILATERAL = "1"
INDEPENDENT_BILATERAL = "3"
SURGERY, ENDOSCOPY, IMAGING, THERAPY, CARDIOLOGY, EYES = "2", "3", "4", "5", "6", "7"
IMAGING_PROFESSIONAL = Decimal("0.95")
CARDIOLOGY_TECHNICAL = Decimal("0.75")
EYES_TECHNICAL = Decimal("0.80")
TECHNICAL_SHARES = {IMAGING: HALF, CARDIOLOGY: CARDIOLOGY_TECHNICAL, EYES: EYES_TECHNICAL}
MINUTES_OF_UNIT = 15
DIRECTED = frozenset({"QK", "QX", "QY"})
SUPERVISED_UNITS = 3  # AD: more than four rooms


def half_up_cents(dollars: Decimal) -> int:
    """Round dollars to whole cents, halves up.

    >>> half_up_cents(Decimal("92.805"))
    9281
    """
    return int((dollars * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP))


def sequestration_cents(payment_cents: int) -> int:
    """Give the cut of two percent of a payment, halves up.

    Why: it is taken from what Medicare pays, after deductible and coinsurance (CARC 253).

    >>> sequestration_cents(9280), sequestration_cents(125)
    (186, 3)
    """
    exact = Decimal(payment_cents) * SEQUESTRATION
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


class FeeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the fee schedule sees it.

    Args:
        fee: The row of its code and, if it has 26, TC or 53, of that modifier.
        technical: The code's TC row, for reductions that cut the technical part only.
        base: The row of its endoscopic base, for endoscopies of one family.
        practitioner: `physician`, or a kind that is paid 85 %: `np`, `pa`, `cns`.
        day: Lines of one day and one provider reduce each other; any value that tells days apart.
    """

    fee: PhysicianFee
    gpci: Gpci
    units: Decimal = Decimal(1)
    modifiers: tuple[str, ...] = ()
    place: str = "11"
    technical: PhysicianFee | None = None
    base: PhysicianFee | None = None
    practitioner: str = "physician"
    is_participating: bool = True
    day: str = ""


type Lines = dict[int, FeeLine]
type Cuts = dict[int, tuple[Decimal, str]]


class Priced(msgspec.Struct, frozen=True, kw_only=True):
    """An allowed amount: in full, as a share of it after reductions, and why."""

    full_cents: int
    allowed_cents: int
    share: Decimal = Decimal(1)
    reason: str = ""


def is_facility(place: str) -> bool:
    """Say whether a place of service has the facility price."""
    return place in FACILITY_PLACES


def fee_dollars(fee: PhysicianFee, gpci: Gpci, place: str) -> Decimal:
    """Give the price of one unit before modifiers, not rounded."""
    expense = fee.facility_pe_rvu if is_facility(place) else fee.nonfacility_pe_rvu
    total = (
        fee.work_rvu * gpci.work
        + expense * gpci.practice_expense
        + fee.malpractice_rvu * gpci.malpractice
    )
    return total * fee.conversion_factor


def _modifier_share(line: FeeLine) -> Decimal:
    share = _bilateral_share(line) * _role_share(line.modifiers) * _global_share(line)
    if line.practitioner != "physician" and "AS" not in line.modifiers:
        share *= OTHER_PRACTITIONER
    return share if line.is_participating else share * NOT_PARTICIPATING


def _bilateral_share(line: FeeLine) -> Decimal:
    if "50" not in line.modifiers:
        return Decimal(1)
    shares = {SPECIAL_BILATERAL: BILATERAL, INDEPENDENT_BILATERAL: Decimal(2)}
    return shares.get(line.fee.bilateral, Decimal(1))


def _role_share(modifiers: tuple[str, ...]) -> Decimal:
    if SURGEON_ASSISTS.intersection(modifiers):
        return ASSISTANT
    if "AS" in modifiers:
        return ASSISTANT * OTHER_PRACTITIONER
    return CO_SURGEON if "62" in modifiers else Decimal(1)


def _global_share(line: FeeLine) -> Decimal:
    """Give the share of the global package that split care or a return to surgery is paid."""
    fee, modifiers = line.fee, line.modifiers
    if "54" in modifiers:
        return fee.pre_percent + fee.intra_percent
    if "55" in modifiers:
        return fee.post_percent
    if "56" in modifiers:
        return fee.pre_percent
    return fee.intra_percent or Decimal(1) if "78" in modifiers else Decimal(1)


def _own_dollars(line: FeeLine) -> Decimal:
    return fee_dollars(line.fee, line.gpci, line.place) * _modifier_share(line) * line.units


def medicare_prices(lines: Sequence[FeeLine]) -> list[Priced]:
    """Price the lines of one claim, reductions among them included.

    Multiple surgeries are paid 100 % for the highest and 50 % for others; endoscopies of a family
    the highest in full and others above their base; second imaging 50 % of the technical and 95 %
    of the professional part; therapy half the practice expense after the first unit; cardiology
    75 % and eyes 80 % of the technical part.

    Args:
        lines: In the claim's order.

    Returns:
        One price for each line, in that order.
    """
    own = [_own_dollars(line) for line in lines]
    cuts: dict[int, tuple[Decimal, str]] = {}
    for day in dict.fromkeys(line.day for line in lines):
        here = {at: line for at, line in enumerate(lines) if line.day == day}
        cuts |= _surgical_cuts(here, own)
        cuts |= _therapy_cuts(here, own)
        for kind, share in TECHNICAL_SHARES.items():
            cuts |= _component_cuts(here, own, (kind, share))
    return [_priced(full, *cuts.get(at, (full, ""))) for at, full in enumerate(own)]


def _priced(full: Decimal, cut: Decimal, reason: str) -> Priced:
    return Priced(
        full_cents=half_up_cents(full),
        allowed_cents=half_up_cents(cut),
        share=(cut / full).quantize(Decimal("0.0001")) if full else Decimal(1),
        reason=reason,
    )


def _surgical_cuts(here: Lines, own: Sequence[Decimal]) -> Cuts:
    """Settle each family of endoscopies, then halve all but the dearest surgery or family."""
    cuts: Cuts = {}
    groups: list[list[int]] = []
    families: dict[str, list[int]] = {}
    for at, line in here.items():
        if line.fee.multiple == SURGERY:
            groups.append([at])
        elif line.fee.multiple == ENDOSCOPY:
            families.setdefault(line.fee.endoscopic_base or line.fee.code, []).append(at)
    for base, family in families.items():
        groups.append(family)
        for at in _dearest_first(family, own)[1:]:
            line = here[at]
            dollars = Decimal(0)
            if line.fee.code != base:
                lower = fee_dollars(line.base, line.gpci, line.place) if line.base else Decimal(0)
                dollars = own[at] - lower * line.units
            cuts[at] = (max(dollars, Decimal(0)), "endoscopy above its base")

    def paid(at: int) -> Decimal:
        return cuts[at][0] if at in cuts else own[at]

    groups.sort(key=lambda group: (-sum(paid(at) for at in group), group[0]))
    for group in groups[1:]:
        for at in group:
            cuts[at] = (paid(at) * HALF, "multiple procedures 50 %")
    return cuts


def _component_cuts(here: Lines, own: Sequence[Decimal], rule: tuple[str, Decimal]) -> Cuts:
    """Cut the technical (and in imaging the professional) part of all but the dearest line."""
    kind, technical_share = rule
    professional_share = IMAGING_PROFESSIONAL if kind == IMAGING else Decimal(1)
    cuts: Cuts = {}
    same = [at for at, line in here.items() if line.fee.multiple == kind]
    for at in _dearest_first(same, own)[1:]:
        line, full = here[at], own[at]
        technical = Decimal(0)
        if "TC" in line.modifiers:
            technical = full
        elif "26" not in line.modifiers and line.technical is not None:
            technical = fee_dollars(line.technical, line.gpci, line.place) * line.units
        dollars = technical * technical_share + (full - technical) * professional_share
        cuts[at] = (dollars, f"technical part {technical_share * HUNDRED:.0f} %")
    return cuts


def _therapy_cuts(here: Lines, own: Sequence[Decimal]) -> Cuts:
    """Cut half of the practice expense of every unit but the day's dearest in that expense."""
    expense = {
        at: line.fee.nonfacility_pe_rvu * line.gpci.practice_expense * line.fee.conversion_factor
        for at, line in here.items()
        if line.fee.multiple == THERAPY
    }
    cuts: Cuts = {}
    for rank, at in enumerate(sorted(expense, key=lambda at: (-expense[at], at))):
        units = here[at].units - (rank == 0)
        if units > 0:
            dollars = own[at] - expense[at] * HALF * units
            cuts[at] = (dollars, "therapy practice expense 50 %")
    return cuts


def _dearest_first(positions: Iterable[int], own: Sequence[Decimal]) -> list[int]:
    return sorted(positions, key=lambda at: (-own[at], at))


def anesthesia_cents(
    base_units: int, minutes: int, factor: Decimal, modifiers: Iterable[str]
) -> int:
    """Price an anesthesia line: base and time units at the locality's factor.

    Args:
        base_units: Of the code.
        minutes: Anesthesia time; a unit is 15 minutes, counted to one decimal.
        factor: Dollars for a unit.
        modifiers: QK, QX, QY are paid half each; AD three units without time.

    >>> anesthesia_cents(5, 62, Decimal("20.00"), ("AA",))
    18200
    """
    given = set(modifiers)
    if "AD" in given:
        return half_up_cents(SUPERVISED_UNITS * factor)
    time_units = (Decimal(minutes) / MINUTES_OF_UNIT).quantize(Decimal("0.1"), ROUND_HALF_UP)
    share = HALF if given & DIRECTED else Decimal(1)
    return half_up_cents((base_units + time_units) * factor * share)
