"""SNIP 7: what one trading partner asks beyond the guide, as a data file.

A partner's overlay is JSON:

    {
      "name": "Example Payer", "payer_ids": ["99999"], "source": "companion guide 3.1",
      "effective": "20260101", "claims_per_transaction": 100,
      "rules": [
        {"guide": "837P", "segment": "CLM", "element": 5, "component": 3, "allow": ["1"]},
        {"loop": "2010BA", "segment": "NM1", "element": 9, "match": "[A-Z]{3}.{9}"},
        {"guide": "837P", "loop": "2000A", "segment": "PRV", "rule": "required"},
        {"guide": "837P", "loop": "2300", "segment": "REF", "qualifier": "9F", "rule": "unwanted"}
      ]
    }

An element rule has `allow` (a list), `match` (an expression for the whole value) or `"rule":
"required"`. A segment rule (no element) says `required` for its loop, or `unwanted`. `words` and
`status` (an STC) may stand with each.
"""

import re
from functools import cache

import msgspec

from cleanclaim_x12.grammar.walk import Noted
from cleanclaim_x12.snip.cells import Cell


class PartnerRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of an overlay; see the module."""

    segment: str
    guide: str = ""
    loop: str = ""
    qualifier: str = ""
    element: int = 0
    component: int = 0
    allow: tuple[str, ...] = ()
    match: str = ""
    rule: str = ""
    words: str = ""
    status: str = ""


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A trading partner's overlay.

    Args:
        name: For people.
        payer_ids: The payers in 2010BB NM109 that it speaks for; all where it names none.
        source: Companion guide and its release.
        effective: From which date of the transaction on, CCYYMMDD.
        expires: Up to which date, CCYYMMDD.
        claims_per_transaction: How many claims a transaction may hold, 0 without limit.
        rules: The lines.
    """

    name: str = ""
    payer_ids: tuple[str, ...] = ()
    source: str = ""
    effective: str = ""
    expires: str = ""
    claims_per_transaction: int = 0
    rules: tuple[PartnerRule, ...] = ()


def read_partner(data: bytes) -> Partner:
    """Read an overlay.

    Raises:
        msgspec.ValidationError: It is no overlay; the message says where.
    """
    partner = msgspec.json.decode(data, type=Partner)
    for rule in partner.rules:
        try:
            re.compile(rule.match)
        except re.error as wrong:
            msg = f"{rule.match!r} is no expression: {wrong}"
            raise msgspec.ValidationError(msg) from wrong
    return partner


_fullmatch = cache(lambda pattern: re.compile(pattern).fullmatch)


class PartnerRules:
    """Applies an overlay to one transaction."""

    def __init__(self, partner: Partner, guide: str, component: str) -> None:
        self.partner = partner
        self.component = component
        rules = [rule for rule in partner.rules if rule.guide in ("", guide)]
        self.by_tag: dict[str, list[PartnerRule]] = {}
        for rule in rules:
            self.by_tag.setdefault(rule.segment, []).append(rule)
        self.required = [rule for rule in rules if rule.rule == "required" and not rule.element]
        self.open: dict[str, Cell] = {}  # loops in which something required is still awaited
        self.seen: set[tuple[str, str, str]] = set()
        self.claims = 0
        self.applies = True

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment."""
        found: list[Noted] = []
        if cell.tag == "BHT" and cell.loop == "ST":
            self._date(cell[4])
        if not self.applies:
            return found
        if cell.tag == "CLM":
            self.claims += 1
            most = self.partner.claims_per_transaction
            if most and self.claims == most + 1:
                found.append(cell.note("X12-PARTNER-MANY", expected=f"at most {most} claims"))
        found += self._loop(cell)
        self.seen.add((cell.loop, cell.tag, cell[1]))
        for rule in self.by_tag.get(cell.tag, ()):
            if rule.loop in ("", cell.loop) and rule.qualifier in ("", cell[1]):
                found += self._rule(rule, cell)
        return found

    def _date(self, day: str) -> None:
        partner = self.partner
        self.applies = (not partner.effective or day >= partner.effective) and (
            not partner.expires or day <= partner.expires
        )

    def _loop(self, cell: Cell) -> list[Noted]:
        """A loop begins anew: what its last occurrence lacked is missing."""
        found = []
        first = cell.usage
        for rule in self.required:
            if cell.loop != rule.loop:
                continue
            known = self.open.get(rule.loop)
            if known is None or known.usage is first:
                if known is not None:
                    found += self._missing(rule, known)
                self.open[rule.loop] = cell
                self.seen = {entry for entry in self.seen if entry[0] != rule.loop}
        return found

    def _missing(self, rule: PartnerRule, cell: Cell) -> list[Noted]:
        there = any(
            loop == rule.loop and tag == rule.segment and rule.qualifier in ("", value)
            for loop, tag, value in self.seen
        )
        if there:
            return []
        words = rule.words or f"{rule.segment}*{rule.qualifier}".rstrip("*")
        more = {"expected": words, "status": rule.status}
        return [cell.missing("X12-PARTNER-SEGMENT", rule.segment, **more)]

    def _rule(self, rule: PartnerRule, cell: Cell) -> list[Noted]:
        if not rule.element:
            if rule.rule == "unwanted":
                return [cell.note("X12-PARTNER-UNWANTED", expected=rule.words, status=rule.status)]
            return []
        value = cell[rule.element]
        if rule.component:
            parts = value.split(self.component)
            value = parts[rule.component - 1] if len(parts) >= rule.component else ""
        place = (rule.element, rule.component)
        if not value:
            if rule.rule != "required":
                return []
            note = cell.note(
                "X12-PARTNER-REQUIRED", *place, expected=rule.words, status=rule.status, found=""
            )
            return [note]
        wrong = (rule.allow and value not in rule.allow) or (
            rule.match and not _fullmatch(rule.match)(value)
        )
        if not wrong:
            return []
        words = rule.words or " or ".join(rule.allow) or rule.match
        return [
            cell.note("X12-PARTNER-VALUE", *place, expected=words, found=value, status=rule.status)
        ]

    def held(self) -> list[Cell]:
        """Give the beginnings of open loops."""
        return list(self.open.values())

    def finish(self) -> list[Noted]:
        """Judge what stands open."""
        found = []
        for rule in self.required:
            cell = self.open.get(rule.loop)
            if cell is not None and self.applies:
                found += self._missing(rule, cell)
        return found
