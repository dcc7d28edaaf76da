"""Grows a file from a guide's table: every loop, segment and element of it once."""

from cleanclaim_x12.guides import Guide, LoopUse, Usage
from cleanclaim_x12.guides.dictionary import composites, elements, segments
from cleanclaim_x12.guides.notation import ElementUse

_DAY = "20261101"
_PERIODS = {"D8": _DAY, "RD8": f"{_DAY}-20261102", "DT": _DAY + "1200", "TM": "1200"}
_HEAD = (
    "ISA*00*          *00*          *ZZ*SUBMIT01       *ZZ*RECEIVE01      *261122*0930*^*00501"
    "*000000101*0*T*:"
)
_LETTERS = "AB12CD34EF"
_Notes = tuple[tuple[str, tuple[int, ...]], ...]


def grown_file(guide: Guide) -> bytes:
    """Give a file that SNIP 1 and 2 find nothing wrong with."""
    body = _Growth(guide).segments
    version = f"*{guide.version}" if guide.version_in_st and guide.name != "997" else ""
    texts = [
        _HEAD,
        f"GS*{guide.group}*SUBMIT01*RECEIVE01*20261122*0930*101*X*{guide.version}",
        f"ST*{guide.code}*0001{version}",
        *body,
        f"SE*{len(body) + 2}*0001",
        "GE*1*101",
        "IEA*1*000000101",
    ]
    return ("~".join(texts) + "~").encode()


class _Growth:
    def __init__(self, guide: Guide) -> None:
        self.loops = guide.table().loops
        self.levels = 0
        self.segments: list[str] = []
        self._loop(guide.table().root, 0)

    def _loop(self, name: str, parent: int) -> None:
        own = parent
        for item in self.loops[name]:
            if isinstance(item, LoopUse):
                self._loop(item.loop, own)
                continue
            values = _values(item.elements, segments()[item.tag].notes)
            if item.tag == "HL":
                self.levels += 1
                own = self.levels
                values[0] = str(own)
                values[1] = str(parent) if item.elements[1] else ""
                values[3] = str(int(self._has_levels(name))) if item.elements[3] else ""
            elif item.tag in ("BIN", "BDS"):
                values[-2:] = ["1", "X"]
            self.segments.append("*".join([item.tag, *values]).rstrip("*"))

    def _has_levels(self, name: str) -> bool:
        inner = [item.loop for item in self.loops[name] if isinstance(item, LoopUse)]
        return any(
            isinstance(first, Usage) and first.tag == "HL"
            for first in (self.loops[loop][0] for loop in inner)
        )


def _values(uses: tuple[ElementUse | None, ...], notes: _Notes) -> list[str]:
    """Fill each element that the guide uses, but one of those that exclude each other."""
    excluded: set[int] = set()
    for kind, positions in notes:
        if kind == "E":
            excluded.update([at for at in positions if uses[at - 1] is not None][1:])
    values: list[str] = []
    for use in uses:
        if use is None or use.position in excluded:
            values.append("")
        elif use.parts is not None:
            parts = _values(use.parts, composites()[use.number].notes)
            values.append(":".join(parts).rstrip(":"))
        else:
            values.append(_value(use, values[use.format_at - 1] if use.format_at else ""))
    return values


def _value(use: ElementUse, period: str) -> str:
    if use.codes:
        return use.codes[0]
    if use.format_at:
        return _PERIODS[period]
    element = elements()[use.number]
    if element.kind in ("DT", "TM"):
        return _DAY if element.kind == "DT" else "0930"
    if element.kind == "R" or element.kind[0] == "N":
        return "1" * element.shortest
    if use.pattern:
        return "123456789"
    return _LETTERS[: max(element.shortest, min(2, element.longest))].ljust(element.shortest, "A")
