"""Geometry of the charts; the figures always stand beside them, so nothing here is a fact."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_GAP = 1.0  # between the parts of a bar, in its own units
_LEAST = 2.0  # a part that is not zero stays visible
BAR_WIDTH = 560


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of an ageing bar: which bucket (1 to 5), where it starts, how wide it is."""

    bucket: int
    x: float
    width: float


def bar_parts(amounts: Sequence[int], largest: int) -> list[BarPart]:
    """Lay the buckets of one row side by side, on the scale of the largest row.

    Args:
        amounts: Cents per bucket, youngest first; credits are not drawn.
        largest: Total of the largest row, in cents.

    Returns:
        One part per bucket above zero, from left to right.

    >>> [(part.bucket, part.x, part.width) for part in bar_parts([50, 0, 50], 100)]
    [(1, 0.0, 279.5), (3, 280.5, 279.5)]
    """
    shown = [(number, amount) for number, amount in enumerate(amounts, 1) if amount > 0]
    room = BAR_WIDTH - _GAP * max(len(shown) - 1, 0)
    scale = room / max(largest, sum(amount for _, amount in shown), 1)
    parts: list[BarPart] = []
    x = 0.0
    for number, amount in shown:
        width = round(max(amount * scale, _LEAST), 1)
        parts.append(BarPart(number, round(x, 1), width))
        x += width + _GAP
    return parts


def line_path(values: Sequence[float], *, width: float, height: float, inset: float = 2) -> str:
    """Draw a polyline through the values, highest value at the top.

    >>> line_path([1, 2], width=10, height=10)
    'M0.0 8.0L10.0 2.0'
    """
    low, high = min(values), max(values)
    return _path(values, (0.0, width), (height - inset, inset), (low, high))


@dataclass(frozen=True, slots=True)
class Trend:
    """A line with its scale, ready to be drawn in a box of 440 by 150.

    Args:
        path: Of the line.
        ticks: Height and word of each grid line.
        end: Point of the last value.
        goal_y: Height of the goal line, or None.
    """

    path: str
    ticks: tuple[tuple[float, str], ...]
    end: tuple[float, float]
    goal_y: float | None


def trend(values: Sequence[float], goal: float | None = None) -> Trend:
    """Lay out the trend of a figure on a scale of round numbers.

    >>> trend([32.6, 39.4], 35).ticks
    ((105.0, '32'), (66.5, '36'), (28.0, '40'))
    """
    every = [*values, goal] if goal is not None else list(values)
    step = _round_step((max(every) - min(every)) / 2 or 1.0)
    first, last = floor(min(every) / step), ceil(max(every) / step)
    low, high = first * step, max(last, first + 1) * step
    span, top, bottom = (36.0, 380.0), 28.0, 105.0

    def height(value: float) -> float:
        return round(bottom - (value - low) / (high - low) * (bottom - top), 1)

    marks = [number * step for number in range(first, max(last, first + 1) + 1)]
    ticks = tuple((height(at), f"{at:g}") for at in marks)
    path = _path(values, span, (height(min(values)), height(max(values))), None)
    end = (span[1], height(values[-1]))
    return Trend(path, ticks, end, None if goal is None else height(goal))


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 4, 5 times a power of ten that is not below `least`."""
    power = 10.0 ** floor(log10(least))
    return next(times * power for times in (1, 2, 4, 5, 10) if times * power >= least)


def _path(
    values: Sequence[float],
    across: tuple[float, float],
    heights: tuple[float, float],
    scale: tuple[float, float] | None,
) -> str:
    low, high = scale or (min(values), max(values))
    step = (across[1] - across[0]) / max(len(values) - 1, 1)
    points = []
    for place, value in enumerate(values):
        share = (value - low) / (high - low) if high > low else 0.5
        y = heights[0] + share * (heights[1] - heights[0])
        points.append(f"{across[0] + place * step:.1f} {y:.1f}")
    return "M" + "L".join(points)
