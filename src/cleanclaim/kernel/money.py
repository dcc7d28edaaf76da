"""Money is whole cents in an int; text and shares are made here and nowhere else."""

import re
from collections.abc import Sequence

_DECIMAL = re.compile(r"(-?)(\d*)(?:\.(\d{0,2}))?")


def parse_cents(text: str) -> int:
    """Read a decimal amount as whole cents.

    Args:
        text: `-12.5`, `12`, `.05`; no sign other than a leading minus, no separators, no currency.

    Returns:
        The amount in cents.

    Raises:
        ValueError: The text is not an amount with at most two decimals.

    >>> parse_cents("12.5"), parse_cents("-.05"), parse_cents("7")
    (1250, -5, 700)
    """
    match = _DECIMAL.fullmatch(text)
    if match is None or not (match[2] or match[3]) or not text.isascii():
        msg = "not an amount in dollars with at most two decimals"
        raise ValueError(msg)
    cents = int(match[2] or 0) * 100 + int((match[3] or "").ljust(2, "0"))
    return -cents if match[1] else cents


def format_cents(amount_cents: int) -> str:
    """Write cents as the shortest decimal that X12 accepts: no trailing zeros, no bare point.

    >>> format_cents(12500), format_cents(1250), format_cents(-5), format_cents(0)
    ('125', '12.5', '-0.05', '0')
    """
    sign = "-" if amount_cents < 0 else ""
    dollars, cents = divmod(abs(amount_cents), 100)
    if not cents:
        return f"{sign}{dollars}"
    return f"{sign}{dollars}.{cents:02d}".rstrip("0")


def show_cents(amount_cents: int) -> str:
    """Write cents for people: thousands, always two decimals, the true minus sign.

    >>> show_cents(-128436)
    '\N{MINUS SIGN}1,284.36'
    """
    sign = "\N{MINUS SIGN}" if amount_cents < 0 else ""
    dollars, cents = divmod(abs(amount_cents), 100)
    return f"{sign}{dollars:,}.{cents:02d}"


def share_cents(total_cents: int, weights: Sequence[int]) -> list[int]:
    """Split an amount in proportion to weights so that the parts add up to it exactly.

    Why: a claim-level amount has to be placed on lines, and no cent may appear or vanish.
    Largest remainder first, ties to the earlier part. All weights zero: equal parts.

    Args:
        total_cents: The amount to split, of either sign.
        weights: One weight for each part; only their absolute values count.

    Returns:
        As many parts as weights, in their order; empty for no weights and a zero amount.

    Raises:
        ValueError: There is an amount but nothing to put it on.

    >>> share_cents(100, [1, 1, 1]), share_cents(-5, [0, 10])
    ([34, 33, 33], [0, -5])
    """
    if not weights:
        if total_cents:
            msg = "an amount can't be shared among no parts"
            raise ValueError(msg)
        return []
    sizes = [abs(weight) for weight in weights]
    if not any(sizes):
        sizes = [1] * len(sizes)
    whole = sum(sizes)
    sign = -1 if total_cents < 0 else 1
    amount = abs(total_cents)
    parts = [amount * size // whole for size in sizes]
    order = sorted(range(len(sizes)), key=lambda part: (-(amount * sizes[part] % whole), part))
    for part in order[: amount - sum(parts)]:
        parts[part] += 1
    return [sign * part for part in parts]
