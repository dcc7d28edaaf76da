"""The guides as data: which transactions are known, and what each says of its loops and segments.

A guide is found by ST01 and the version (ST03, or GS08 for the 835). Versions that partners really
send beside the adopted ones are aliases. A transaction without a guide still gets its envelope
checked and an acknowledgement.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module

import msgspec

from cleanclaim_x12.guides.notation import LoopUse, Table, Usage, read_table


class Guide(msgspec.Struct, frozen=True, kw_only=True):
    """One transaction's guide.

    Args:
        name: `837P`, `835` …
        code: ST01.
        group: GS01.
        version: The version that HIPAA adopted.
        aliases: Other versions that are checked as this one.
        module: Where the table stands, `module:table:lists`.
        version_in_st: Whether ST03 is used.
        doubts: What of the table is not certain, hence a warning: `repeat`, `all`.
        has_limits: Whether amounts are held to the limits of the HIPAA guides.
        text: The table itself, of a guide that was added; see `add_guide`.
    """

    name: str
    code: str
    group: str
    version: str
    aliases: tuple[str, ...] = ()
    module: str = ""
    text: str = ""
    version_in_st: bool = True
    doubts: frozenset[str] = frozenset()
    has_limits: bool = True

    def table(self) -> Table:
        """Read the table, once in a process."""
        if self.text:
            return _table_of(self.text, self.has_limits)
        return _table(self.module, self.has_limits)


_V = "005010X"
GUIDES = tuple(
    Guide(
        name=name,
        code=code,
        group=group,
        version=version,
        aliases=tuple(_V + alias for alias in aliases.split()),
        module=module,
        version_in_st=name != "835",
        doubts=frozenset(doubts.split()),
        has_limits=name not in ("275", "820", "834"),
    )
    for name, code, group, version, aliases, module, doubts in (
        ("837P", "837", "HC", _V + "222A1", "222 222A2", "claims:PROFESSIONAL:LISTS", ""),
        ("837I", "837", "HC", _V + "223A2", "223 223A1 223A3", "claims:INSTITUTIONAL:LISTS", ""),
        ("837D", "837", "HC", _V + "224A2", "224 224A1 224A3", "claims:DENTAL:LISTS", ""),
        ("835", "835", "HP", _V + "221A1", "221", "payment:REMITTANCE:LISTS", ""),
        ("270", "270", "HS", _V + "279A1", "279", "inquiry:REQUEST:LISTS", ""),
        ("271", "271", "HB", _V + "279A1", "279", "inquiry:RESPONSE:LISTS", ""),
        ("276", "276", "HR", _V + "212", "", "inquiry:STATUS_REQUEST:LISTS", ""),
        ("277", "277", "HN", _V + "212", "", "inquiry:STATUS_RESPONSE:LISTS", ""),
        ("277CA", "277", "HN", _V + "214", "", "acknowledgement:CLAIM:LISTS", ""),
        ("278", "278", "HI", _V + "217", "", "review:REQUEST:LISTS", "repeat"),
        ("278R", "278", "HI", _V + "217", "", "review:RESPONSE:LISTS", "repeat"),
        ("999", "999", "FA", _V + "231A1", "231", "acknowledgement:IMPLEMENTATION:LISTS", ""),
        ("997", "997", "FA", "005010", "230", "acknowledgement:FUNCTIONAL:LISTS", ""),
        ("834", "834", "BE", _V + "220A1", "220", "enrollment:ENROLLMENT:LISTS", ""),
        ("820", "820", "RA", _V + "218", "", "payment:PREMIUM:PREMIUM_LISTS", ""),
        ("275", "275", "PI", "006020X314", "210", "review:ATTACHMENT:LISTS", "all repeat"),
    )
)

_BY_VERSION = {
    (guide.code, version): guide
    for guide in reversed(GUIDES)
    for version in (guide.version, *guide.aliases)
}
GROUP_OF = {guide.code: guide.group for guide in GUIDES}


def guide_for(code: str, version: str, purpose: str = "") -> Guide | None:
    """Find the guide of a transaction.

    Args:
        code: ST01.
        version: ST03, or GS08.
        purpose: BHT02; 11 tells the response of a 278 from its request.

    >>> guide_for("837", "005010X222A1").name, guide_for("837", "005010X999")
    ('837P', None)
    """
    guide = _BY_VERSION.get((code, version))
    if guide is not None and guide.name == "278" and purpose == "11":
        return guide_named("278R")
    return guide


def add_guide(guide: Guide) -> None:
    """Make a guide known to this process: its transactions are checked and acknowledged by it.

    Args:
        guide: With its table as `text`, in the notation of `guides.notation`.

    Raises:
        ValueError: The table cannot be read, or there is a guide for this version already.
    """
    guide.table()
    for version in (guide.version, *guide.aliases):
        known = _BY_VERSION.setdefault((guide.code, version), guide)
        if known != guide:
            raise ValueError(f"{guide.code} {version} is the guide {known.name} already")
    GROUP_OF.setdefault(guide.code, guide.group)


def guide_named(name: str) -> Guide:
    """Give the guide with this name."""
    return next(guide for guide in GUIDES if guide.name == name)


@cache
def codes_in_use(number: str) -> frozenset[str]:
    """Give all codes that any guide lists for a data element: they are codes of the standard."""
    found: set[str] = set()
    _walk_codes(lambda known, codes: found.update(codes) if known == number else None)
    return frozenset(found)


def _walk_codes(take: Callable[[str, tuple[str, ...]], None]) -> None:
    for guide in GUIDES:
        for items in guide.table().loops.values():
            for item in items:
                for use in item.elements if isinstance(item, Usage) else ():
                    if use is not None:
                        take(use.number, use.codes)
                        for part in use.parts or ():
                            if part is not None:
                                take(part.number, part.codes)


@cache
def _table_of(text: str, limits: bool) -> Table:
    return read_table(text, {}, limits=limits)


@cache
def _table(module: str, limits: bool) -> Table:
    name, table, lists = module.split(":")
    found = import_module(f"cleanclaim_x12.guides.{name}")
    return read_table(getattr(found, table), getattr(found, lists), limits=limits)


__all__ = [
    "GROUP_OF",
    "GUIDES",
    "Guide",
    "LoopUse",
    "Table",
    "Usage",
    "add_guide",
    "codes_in_use",
    "guide_for",
    "guide_named",
]
