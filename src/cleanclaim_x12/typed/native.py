"""What C does better, in plain Python: taking segments apart, filling slots, joining segments.

`native.pyx` does the same and stands in front of this module where it could be compiled.
"""

import re
import sys
from collections.abc import Sequence
from typing import Any

from cleanclaim_x12.typed.values import CENTS

Element = str | list[str] | tuple[str, ...]  # a list has components, a tuple repetitions


def built_from() -> str:
    """Say from which sources this was compiled: a digest, nothing for plain Python."""
    return ""


class Cut:
    """A segment and its elements, the name first; one serves all segments, one after another.

    Args:
        separators: What stands between elements, then what stands between components.
    """

    def __init__(self, separators: str) -> None:
        self.separator = separators[0]
        self.inner = Cut(separators[1:]) if len(separators) > 1 else None
        self.raw = ""
        self.count = 0
        self.texts: list[str] = []

    def key(self, raw: str) -> str:
        """Give the first three characters, by which a segment finds its step."""
        return raw[:3]

    def take(self, raw: str) -> None:
        """Take the next segment apart."""
        self.raw = raw
        self.texts = raw.split(self.separator)
        self.count = len(self.texts)

    def text(self, at: int) -> str:
        """Give one of the elements."""
        return self.texts[at]

    def cents(self, at: int) -> int | None:
        """Give an element that is an amount; nothing for an empty one.

        Raises:
            ValueError: It is no amount of whole cents.
        """
        return CENTS[self.texts[at]]

    def parts(self, at: int) -> "Cut":
        """Give the components of an element; they hold until others are asked for."""
        assert self.inner is not None  # noqa: S101 - components have no components
        self.inner.take(self.texts[at])
        return self.inner

    def all(self) -> list[str]:
        """Give all elements."""
        return self.raw.split(self.separator)


class Slot:
    """A field of a record, reached without looking for it each time."""

    def __init__(self, model: type, name: str) -> None:
        del model
        self.name = sys.intern(name)

    def get(self, record: Any) -> Any:
        """Give what the field holds."""
        return getattr(record, self.name)

    def put(self, record: Any, value: Any) -> None:
        """Fill the field."""
        setattr(record, self.name, value)


class Pen:
    """Joins elements to segments that can be taken apart again.

    Args:
        separators: Between elements, components and repetitions; the last may be missing.
        allowed: The characters that may stand in a value.
    """

    def __init__(self, separators: str, allowed: str) -> None:
        self.e, self.c, self.r = separators[0], separators[1], separators[2:]
        self.odd = re.compile(f"[^{re.escape(allowed + separators)}]")
        self.out: list[str] = []

    def put(self, elements: Sequence[Element]) -> None:
        """Write one segment; empty elements at its end are left off."""
        raw = self.joined(elements)
        if raw is None:
            raw = self.mended(elements)
        self.out.append(raw)

    def mended(self, elements: Sequence[Element]) -> str:
        """Give a segment for elements of which one cannot be written."""
        raise NotImplementedError

    def joined(self, elements: Sequence[Element]) -> str | None:
        """Give the segment, or nothing where a value holds what may not stand in it."""
        e, c, r = self.e, self.c, self.r
        texts: list[str] = []
        components = repetitions = 0
        for element in elements:
            if element.__class__ is str:
                texts.append(element)
            elif element.__class__ is list:
                text = c.join(element)
                if text.count(c) != max(len(element) - 1, 0):
                    return None
                text = text.rstrip(c)
                components += text.count(c)
                texts.append(text)
            else:
                text = r.join(element)
                count = text.count(r) if r else 0
                if count != max(len(element) - 1, 0):
                    return None
                repetitions += count
                texts.append(text)
        raw = e.join(texts)
        if (
            raw.count(e) != len(texts) - 1
            or raw.count(c) != components
            or (r and raw.count(r) != repetitions)
            or self.odd.search(raw) is not None
        ):
            return None
        return raw.rstrip(e)
