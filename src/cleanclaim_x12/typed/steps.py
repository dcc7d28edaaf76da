"""What each segment of a loop does: it opens the loop, fills its fields, or becomes its items.

This is the hot part of reading: plain Python, and compiled as it stands where a C compiler was at
hand; `steps.pxd` says what its names hold then.
"""

from collections.abc import Callable, Sequence
from typing import Any

from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.elements import Element, Hook, Row, Value
from cleanclaim_x12.typed.native import Cut, Slot
from cleanclaim_x12.typed.parts import Adjustment, DatePeriod, HealthCareCode, Loop, Unknown

_CODES_PER_HI = 12
_NO_CODE = ("", "", None, None, None, "")

Read = Callable[[list[str], int, Delimiters], Sequence[Any]]


class Node:
    """A place where a loop may stand.

    Args:
        depth: How many loops are around it.
        above: The place of the loop around it.
        fill: Makes the tables when the place is first entered.
    """

    def __init__(self, depth: int, above: "Node | None", fill: Callable[[Any], None]) -> None:
        self.depth = depth
        self.above = above
        self.fill = fill
        self.table: dict[str, Step] = {}  # what may follow
        self.below: dict[str, Step] = {}  # what may follow and opens a loop


class Walk:
    """Where the reading of one transaction stands.

    Args:
        root: Its root loop.
        node: The place of that.
        depth: How many loops may be open at once.
        delimiters: Of the file.
        standard: What becomes of delimiters in segments that are kept.
    """

    def __init__(
        self, root: Any, node: Node, depth: int, delimiters: Delimiters, standard: dict[int, int]
    ) -> None:
        self.path: list[Any] = [root] + [None] * depth
        self.loop: Any = root
        self.table = node.table
        self.units: list[Any] = []
        self.delimiters = delimiters
        self.standard = standard
        self.cut = Cut(delimiters.element + delimiters.component)
        self.name = ""  # whoever began it may name it

    def feed(self, segments: list[str], place: int) -> None:
        """Take segments, the first of which stands at this place of the transaction."""
        cut = self.cut
        for raw in segments:
            step = self.table.get(cut.key(raw))
            if step is None:
                self.keep(raw, place)
            else:
                cut.take(raw)
                step.take(self, cut, place)
            place += 1

    def enter(self, node: Node) -> Any:
        """Go back to a loop that is open."""
        self.loop = self.path[node.depth]
        self.table = node.table
        return self.loop

    def keep(self, raw: str, place: int, replaces: bool = False) -> None:
        """Keep a segment whole in the loop at hand."""
        if self.standard:
            raw = raw.translate(self.standard)
        loop = self.loop
        if not loop.unknown:
            loop.unknown = [Unknown(raw, place, replaces)]
        elif loop.unknown[-1].place != place:
            loop.unknown.append(Unknown(raw, place, replaces))


class Step:
    """What to do with one segment of a loop; this one does nothing, for ST and SE."""

    def __init__(self, tag: str, node: Node) -> None:
        self.tag = tag
        self.node = node

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""


class Keeps(Step):
    """Keeps the segment whole."""

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""
        walk.enter(self.node)
        walk.keep(cut.raw, place)


class Chooses(Step):
    """Chooses by the qualifier, where a loop knows several."""

    def __init__(self, tag: str, node: Node, steps: dict[str, Step], at: int) -> None:
        super().__init__(tag, node)
        self.steps = steps
        self.at = at

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""
        step = None
        if cut.count > self.at and cut.text(0) == self.tag:
            step = self.steps.get(cut.text(self.at)) or self.steps.get("?")
        if step is None:
            walk.keep(cut.raw, place)
        else:
            step.take(walk, cut, place)


class Opens(Step):
    """Makes the loop that the segment opens, and hangs it where it belongs.

    Args:
        make: Gives a new loop, with nothing where the row goes.
        row: What its elements become.
        hook: Where the loop hangs.
    """

    def __init__(
        self,
        tag: str,
        node: Node,
        make: Callable[[], Any],
        row: Row,
        hook: Hook,
    ) -> None:
        super().__init__(tag, node)
        self.make = make
        self.row = row
        self.hook = hook
        self.place = Slot(Loop, "place")
        self.links: list[tuple[Slot, int]] = []
        self.is_unit = False

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""
        node, path = self.node, walk.path
        above = node.above
        if cut.text(0) != self.tag or above is None:
            walk.keep(cut.raw, place)
            return
        parent = path[above.depth]
        if self.hook.is_taken(parent):
            walk.loop = parent
            walk.table = above.below
            walk.keep(cut.raw, place)
            return
        loop = self.make()
        self.place.put(loop, place)
        for slot, depth in self.links:
            slot.put(loop, path[depth])
        try:
            whole = self.row.fill(loop, cut, 1)
        except ValueError:
            whole = False
        self.hook.hang(parent, loop)
        path[node.depth] = loop
        if self.is_unit:
            walk.units.append(loop)
        if not node.table:
            node.fill(node)
        walk.enter(node)
        if not whole:
            walk.keep(cut.raw, place, True)


class Fills(Step):
    """Fills fields of a loop that is open, once.

    Args:
        first: The field that tells whether the segment stood there already.
        resets: Fields that a new loop has filled: what stands there does not stand in the file.
    """

    def __init__(
        self,
        tag: str,
        node: Node,
        row: Row,
        first: Slot | None,
        resets: list[Slot],
    ) -> None:
        super().__init__(tag, node)
        self.row = row
        self.first = first
        self.resets = resets

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""
        loop = walk.enter(self.node)
        first = self.first
        held = None if first is None else first.get(loop)
        if cut.text(0) != self.tag or held not in (None, "", ()):
            walk.keep(cut.raw, place)
            return
        for slot in self.resets:
            slot.put(loop, "")
        try:
            whole = self.row.fill(loop, cut, 1)
        except ValueError:
            whole = False
        if not whole:
            walk.keep(cut.raw, place, True)


class Becomes(Step):
    """Makes an item of the segment, element by element.

    Args:
        hook: Where the item hangs.
        item: Its class.
        elements: What the elements become.
    """

    def __init__(
        self, tag: str, node: Node, hook: Hook, item: Any, elements: list[Element]
    ) -> None:
        super().__init__(tag, node)
        self.hook = hook
        self.item = item
        self.elements = elements
        self.spots: list[int] = []  # the field of the item that each element fills
        self.blank: list[Any] = []  # an item of which nothing is filled; its place comes last
        self.least = 1  # how many elements must stand

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""
        loop = walk.enter(self.node)
        count = cut.count
        item = None
        if (
            self.least < count <= len(self.elements) + 1
            and cut.text(0) == self.tag
            and not self.hook.is_taken(loop)
        ):
            try:
                item = self.made(cut, place)
            except (ValueError, TypeError):
                item = None
        if item is None:
            walk.keep(cut.raw, place)
        else:
            self.hook.hang(loop, item)

    def made(self, cut: Cut, place: int) -> Any:
        """Give the item.

        Raises:
            ValueError: An element is no value of its field.
        """
        given = self.blank.copy()
        for at in range(1, cut.count):
            element = self.elements[at - 1]
            value = element.get(cut, at)
            if value is not None:
                given[self.spots[at - 1]] = value
        given[len(given) - 1] = place
        return self.item(*given)


class Reads(Step):
    """Makes items of the segment by a function of its own.

    Args:
        slot: The list that the items go to.
        read: Understands the elements.
        value: What some of the elements become.
    """

    def __init__(self, tag: str, node: Node, slot: Slot, read: Read, value: Value) -> None:
        super().__init__(tag, node)
        self.slot = slot
        self.read = read
        self.value = value

    def take(self, walk: Walk, cut: Cut, place: int) -> None:
        """Take the segment."""
        loop = walk.enter(self.node)
        try:
            if cut.text(0) != self.tag:
                raise ValueError
            items = self.plain(cut, place)
            if items is None:
                items = list(self.read(cut.all(), place, walk.delimiters))
        except (ValueError, IndexError, TypeError):
            walk.keep(cut.raw, place)
            return
        held = self.slot.get(loop)
        if held:
            held.extend(items)
        else:
            self.slot.put(loop, items)

    def plain(self, cut: Cut, place: int) -> list[Any] | None:
        """Give what nearly all of these segments are; nothing where this is another."""
        return None


class ReadsDates(Reads):
    """DTP and DTM: mostly one date."""

    def plain(self, cut: Cut, place: int) -> list[Any] | None:
        """Give one date."""
        at = cut.count - 1
        if (at == 2) if self.tag == "DTM" else (at == 3 and cut.text(2) == "D8"):
            return [DatePeriod(cut.text(1), self.value.get(cut, at), None, "", "D8", place)]
        return None


class ReadsAdjustments(Reads):
    """CAS: mostly one reason without a quantity."""

    def plain(self, cut: Cut, place: int) -> list[Any] | None:
        """Give one reason."""
        cents = cut.cents(3) if cut.count == 4 else None
        if cents is None:
            return None
        return [Adjustment(cut.text(1), cut.text(2), cents, None, place)]


class ReadsCodes(Reads):
    """HI: up to twelve codes."""

    def plain(self, cut: Cut, place: int) -> list[Any] | None:
        """Give the codes."""
        if cut.count > _CODES_PER_HI + 1:
            return None
        items = []
        for at in range(1, cut.count):
            code = self.value.get(cut, at) or _NO_CODE
            qualifier, text, start, end, cents, present = code
            items.append(HealthCareCode(qualifier, text, start, end, cents, present, place))
        return items
