"""What the elements of a segment become, and where records hang; hot, and compiled like `steps`."""

from collections.abc import Callable
from typing import Any

from cleanclaim_x12.typed.native import Cut, Slot

_KEPT = 1 << 14


class Element:
    """What an element becomes; this one is derived (HL numbers), and nothing is kept of it."""

    def fill(self, record: Any, cut: Cut, at: int) -> bool:
        """Fill a field; say whether the element is understood.

        Raises:
            ValueError: It is no such value.
        """
        return True

    def get(self, cut: Cut, at: int) -> Any:
        """Give the value; nothing for an empty element.

        Raises:
            ValueError: It is no such value.
        """
        return None


class Literal(Element):
    """Always the same text, or none."""

    def __init__(self, text: str) -> None:
        self.literal = text

    def fill(self, record: Any, cut: Cut, at: int) -> bool:
        """Compare."""
        text = cut.text(at)
        return not text or text == self.literal

    def get(self, cut: Cut, at: int) -> Any:
        """Compare."""
        if not self.fill(None, cut, at):
            raise ValueError
        return None


class Value(Element):
    """A field's value: the text, or what it is parsed to.

    Args:
        slot: The field.
        parse: Understands a text, not the empty one; nothing for the text itself.
        known: What it made of texts; each text is understood only once.
    """

    def __init__(
        self, slot: Slot | None, parse: Callable[[str], Any] | None, known: dict[str, Any]
    ) -> None:
        self.slot = slot
        self.parse = parse
        self.known = known

    def fill(self, record: Any, cut: Cut, at: int) -> bool:
        """Fill the field."""
        value = self.get(cut, at)
        slot = self.slot
        if value is not None and slot is not None:
            slot.put(record, value)
        return True

    def get(self, cut: Cut, at: int) -> Any:
        """Understand the element."""
        text = cut.text(at)
        if not text:
            return None
        if self.parse is None:
            return text
        value = self.known.get(text)
        if value is None:
            if len(self.known) >= _KEPT:
                self.known.clear()
            value = self.known[text] = self.parse(text)
        return value


class Cents(Value):
    """An amount."""

    def get(self, cut: Cut, at: int) -> Any:
        """Understand the element."""
        return cut.cents(at)


class Row:
    """The elements of a segment, or the components of an element, in order."""

    def __init__(self, elements: list[Element]) -> None:
        self.elements = elements

    def fill(self, record: Any, cut: Cut, at: int) -> bool:
        """Fill fields, from this element on; say whether all that stands there is understood.

        Raises:
            ValueError: An element is no value of its field; those before it are filled.
        """
        whole = True
        count = cut.count
        for element in self.elements:
            if at >= count:
                return whole
            if not element.fill(record, cut, at):
                whole = False
            at += 1
        return whole and at >= count


class Parts(Element):
    """A composite, of which each component fills a field."""

    def __init__(self, row: Row) -> None:
        self.row = row

    def fill(self, record: Any, cut: Cut, at: int) -> bool:
        """Fill the fields."""
        return self.row.fill(record, cut.parts(at), 0)


class Hook:
    """Where a loop or an item hangs: in a field, or in the list of one.

    Lists are made when the first item comes: most loops have few of the kinds they may have.
    """

    def __init__(self, slot: Slot | None, is_list: bool) -> None:
        self.slot = slot
        self.is_list = is_list

    def is_taken(self, loop: Any) -> bool:
        """Say whether nothing more can hang here."""
        slot = self.slot
        return slot is not None and not self.is_list and slot.get(loop) is not None

    def hang(self, loop: Any, item: Any) -> None:
        """Hang one."""
        slot = self.slot
        if slot is None:
            return
        if not self.is_list:
            slot.put(loop, item)
            return
        held = slot.get(loop)
        if held:
            held.append(item)
        else:
            slot.put(loop, [item])
