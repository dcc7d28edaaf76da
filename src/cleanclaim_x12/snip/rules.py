"""SNIP 3 to 7 of one transaction: hands each segment to the rules that look at it."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from cleanclaim_x12.grammar.machine import qualifiers_of
from cleanclaim_x12.grammar.walk import Noted, Row
from cleanclaim_x12.guides import Guide, Usage
from cleanclaim_x12.snip.cells import MOST_CELLS, Cell, days
from cleanclaim_x12.snip.claim_balances import balance_findings
from cleanclaim_x12.snip.claim_kinds import (
    dental_findings,
    institutional_findings,
    professional_findings,
)
from cleanclaim_x12.snip.claim_situations import (
    address_findings,
    name_findings,
    separator,
    situation_findings,
)
from cleanclaim_x12.snip.claim_view import Claim, claim_from_cells
from cleanclaim_x12.snip.codes import Codes, CodeTable
from cleanclaim_x12.snip.external import External
from cleanclaim_x12.snip.inquiries import AnswerRules, InquiryRules
from cleanclaim_x12.snip.partner import Partner, PartnerRules
from cleanclaim_x12.snip.remit_rules import RemitRules
from cleanclaim_x12.snip.service_lines import line_findings
from cleanclaim_x12.snip.totals import (
    ClaimAckRules,
    MemberRules,
    PremiumRules,
    SyntaxAckRules,
)
from cleanclaim_x12.syntax import Transaction

_KINDS = {"837P": professional_findings, "837I": institutional_findings, "837D": dental_findings}
_CLAIM_IDS_KEPT = 20_000
_CLAIM_BOUNDS = ("HL", "CLM")
Single = Callable[[Cell, str], list[Noted]]


class Part(Protocol):
    """Rules that take one segment after the other."""

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment; give what it shows."""

    def held(self) -> list[Cell]:
        """Give the segments that later findings may speak of."""

    def finish(self) -> list[Noted]:
        """Give what the end shows."""


class ClaimRules:
    """An 837, claim by claim; holds the levels around the claim and the claim at hand."""

    def __init__(self, guide: Guide, snip: int) -> None:
        self.snip = snip
        self.kind = _KINDS[guide.name]
        self.levels: dict[str, list[Cell]] = {"ST": []}
        self.sink = self.levels["ST"]  # where the next segments go
        self.claim: list[Cell] = []
        self.fresh: list[str] = []
        self.ids: set[str] = set()
        self.on_claim: Callable[[Claim], None] | None = None

    def take(self, cell: Cell) -> list[Noted]:
        """Take the next segment; the end of a claim shows what is wrong with it."""
        tag = cell.parts[0]
        if tag == "CLM":
            found = self._close()
            self.claim = self.sink = [cell]
            return found
        if tag == "HL":
            loop = cell.usage.loop
            found = self._close() + self._childless(loop)
            levels = {name: kept for name, kept in self.levels.items() if name < loop}
            levels["ST"] = self.levels["ST"]
            self.levels = levels
            self.fresh = [name for name in self.fresh if name < loop]
            self.fresh.append(loop)
            self.sink = levels[loop] = [cell]
            return found
        self.sink.append(cell)
        return []

    def held(self) -> list[Cell]:
        """Give the levels around, and the claim at hand."""
        return [*self.claim, *(cell for level in self.levels.values() for cell in level)]

    def finish(self) -> list[Noted]:
        """Judge the last claim."""
        return self._close() + self._childless("")

    def _childless(self, loop: str) -> list[Noted]:
        """A subscriber without a patient level has a claim."""
        if self.snip < 4 or loop == "2000C" or self.fresh[-1:] != ["2000B"]:
            return []
        return [self.levels["2000B"][-1].missing("X12-SIT-CLAIM", "CLM", "2300")]

    def _close(self) -> list[Noted]:
        cells, self.claim = self.claim, []
        if not cells:
            return []
        claim = claim_from_cells(cells, self.levels, frozenset(self.fresh))
        self.fresh = []
        if self.on_claim is not None:
            self.on_claim(claim)
        found = balance_findings(claim)
        if self.snip >= 4:
            found += situation_findings(claim) + self.kind(claim) + self._unique(claim)
        if self.snip >= 6:
            found += line_findings(claim)
        return found

    def _unique(self, claim: Claim) -> list[Noted]:
        name = claim.clm[1]
        if name in self.ids:
            return [claim.clm.note("X12-SIT-CLAIM-TWICE", 1)]
        if len(self.ids) < _CLAIM_IDS_KEPT:
            self.ids.add(name)
        return []


class SingleRules:
    """SNIP 4 and 5 of single segments: names, periods, codes; which rule is known by the usage."""

    def __init__(self, guide: Guide, snip: int, codes: Codes, repetition: str) -> None:
        key = (guide.name, snip >= 5, repetition)
        found = codes.rules.get(key)
        if found is None:
            external = External(codes, repetition) if snip >= 5 else None
            found = codes.rules[key] = _rules_by_usage(guide, external)
        self.rules: dict[int, Single] = found
        self.dated = codes.table is not None
        self.waiting: list[Cell] = []
        self.on = ""
        self.claim_on = ""

    def take(self, cell: Cell) -> list[Noted]:
        """Take a segment that a rule looks at."""
        tag = cell.parts[0]
        found: list[Noted] = []
        if tag in ("CLM", "CLP"):
            found = self._release()
            self.claim_on = ""
        elif self.on and tag in ("SVC", "SV1", "SV2", "SV3"):
            found = self._release()
        if tag in ("DTP", "DTM"):
            self._note_date(cell)
        self.waiting.append(cell)
        return found + self._release() if len(self.waiting) > MOST_CELLS else found

    def _note_date(self, cell: Cell) -> None:
        value = cell[3] if cell.parts[0] == "DTP" else cell[2]
        _, last = days(value)
        if cell[1] in ("472", "434", "232", "150") and last.isdigit():
            self.on = last
            self.claim_on = self.claim_on or last

    def _release(self) -> list[Noted]:
        """Check what waited for its date of service, which stands behind the codes."""
        on = self.on or self.claim_on
        cells, self.waiting = self.waiting, []
        self.on = ""
        return [note for cell in cells for note in self.rules[cell.usage.order](cell, on)]

    def held(self) -> list[Cell]:
        """Give what waits for its date."""
        return self.waiting

    def finish(self) -> list[Noted]:
        """Check what waits."""
        return self._release()


def _rules_by_usage(guide: Guide, external: External | None) -> dict[int, Single]:
    """Choose the rules that can find anything in a segment at its place."""
    found: dict[int, Single] = {}
    for items in guide.table().loops.values():
        for usage in items:
            if not isinstance(usage, Usage):
                continue
            rules: list[Single] = []
            if usage.tag in ("DTP", "DTM") and _may_be(usage, 2, "RD8"):
                rules.append(_period)
            elif usage.tag == "HI" and "BI" in qualifiers_of(usage):
                rules.append(_spans)
            elif usage.tag == "N4":
                rules.append(_addressed)
            elif usage.tag == "NM1" and _may_be(usage, 2, "2"):
                rules.append(_named)
            if external is not None and (rule := external.rule_for(usage)) is not None:
                rules.append(rule)
            if rules:
                found[usage.order] = (
                    rules[0] if len(rules) == 1 else partial(_both, rules[0], rules[1])
                )
    return found


def _may_be(usage: Usage, element: int, code: str) -> bool:
    use = usage.elements[element - 1]
    return use is not None and code in use.codes


def _both(first: Single, second: Single, cell: Cell, on: str) -> list[Noted]:
    return first(cell, on) + second(cell, on)


def _named(cell: Cell, _on: str) -> list[Noted]:
    return name_findings(cell)


def _addressed(cell: Cell, _on: str) -> list[Noted]:
    return address_findings(cell)


def _spans(cell: Cell, _on: str) -> list[Noted]:
    """Occurrence spans of an HI end after they begin."""
    found = []
    for at, composite in enumerate(cell.parts[1:], 1):
        part = composite.split(separator(composite))
        if len(part) > 3 and part[2] == "RD8":
            first, _, last = part[3].partition("-")
            if last < first and last.isdigit():
                words = f"an end not before {first}"
                found.append(cell.note("X12-SIT-PERIOD", at, 4, expected=words, found=part[3]))
    return found


def _period(cell: Cell, _on: str) -> list[Noted]:
    value = cell[3] if cell.parts[0] == "DTP" else cell[2]
    first, _, last = value.partition("-")
    if last and last < first and last.isdigit() and first.isdigit():
        return [cell.note("X12-SIT-PERIOD", 3, expected=f"an end not before {first}")]
    return []


class Rules:
    """All rules of one transaction."""

    def __init__(self, parts: list[Part], single: SingleRules | None, element: str) -> None:
        self.parts = parts
        self.single = single
        self.element = element
        self.claims = next((part for part in parts if isinstance(part, ClaimRules)), None)

    def take(self, rows: list[Row], noted: list[Noted]) -> None:
        """Hand on segments, and add what they show."""
        if self.claims is not None:
            self._take_claims(rows, noted, self.claims)
        elif self.single is not None:
            self._take_single(rows, noted)
        for part in self.parts:
            if part is not self.claims:
                for usage, text, position in rows:
                    noted.extend(part.take(Cell(usage, text.split(self.element), position)))

    def _take_claims(self, rows: list[Row], noted: list[Noted], claims: ClaimRules) -> None:
        """Do what `_take_single` does, and sort the segments into claims on the way."""
        element = self.element
        rule_of, single = self._single_rules()
        sink = claims.sink
        for usage, text, position in rows:
            cell = Cell(usage, text.split(element), position)
            rule = rule_of(usage.order)
            if rule is not None:
                found = rule(cell, "") if single is None else single.take(cell)
                if found:
                    noted.extend(found)
            if usage.tag in _CLAIM_BOUNDS:
                noted.extend(claims.take(cell))
                sink = claims.sink
            else:
                sink.append(cell)
        if len(sink) > MOST_CELLS:
            del sink[MOST_CELLS:]

    def _take_single(self, rows: list[Row], noted: list[Noted]) -> None:
        element = self.element
        rule_of, single = self._single_rules()
        for usage, text, position in rows:
            rule = rule_of(usage.order)
            if rule is not None:
                cell = Cell(usage, text.split(element), position)
                noted.extend(rule(cell, "") if single is None else single.take(cell))

    def _single_rules(self) -> tuple[Callable[[int], Single | None], SingleRules | None]:
        """Give the rule of each usage; and who holds segments back until their date is known."""
        single = self.single
        if single is None:
            return dict[int, Single]().get, None
        return single.rules.get, single if single.dated else None

    def finish(self, noted: list[Noted]) -> None:
        """Add what the end of the transaction shows."""
        for part in self.parts:
            noted.extend(part.finish())
        if self.single is not None:
            noted.extend(self.single.finish())

    def watch_claims(self, on_claim: Callable[[Claim], None]) -> None:
        """Hand every claim of an 837 to `on_claim` when it ends."""
        for part in self.parts:
            if isinstance(part, ClaimRules):
                part.on_claim = on_claim

    def positions(self) -> set[int]:
        """Give the places that later findings may name."""
        cells = [cell for part in self.parts for cell in part.held()]
        if self.single is not None:
            cells += self.single.held()
        return {at for cell in cells for at in (cell.position, cell.position + 1)}


def rules_for(
    guide: Guide, head: Transaction, snip: int, codes: CodeTable | None, partner: Partner | None
) -> Rules:
    """Choose the rules of a transaction.

    Args:
        guide: Its guide.
        head: Its head.
        snip: The highest SNIP type, 3 to 7.
        codes: The application's code tables.
        partner: A trading partner's overlay.
    """
    parts = _parts(guide, snip)
    single = None
    if snip >= 4:
        single = SingleRules(guide, snip, _codes(codes), head.delimiters.repetition)
    if snip >= 7 and partner is not None:
        parts.append(PartnerRules(partner, guide.name, head.delimiters.component))
    return Rules(parts, single, head.delimiters.element)


_SUMS: dict[str, Callable[[], Part]] = {
    "277CA": ClaimAckRules, "999": SyntaxAckRules, "997": SyntaxAckRules, "834": MemberRules,
    "820": PremiumRules,
}  # fmt: skip


def _parts(guide: Guide, snip: int) -> list[Part]:
    """Choose the rules over several segments."""
    if guide.code == "837":
        return [ClaimRules(guide, snip)]
    if guide.name == "835":
        return [RemitRules(snip)]
    if guide.name in _SUMS:
        return [_SUMS[guide.name]()]
    if guide.name in ("270", "276") and snip >= 4:
        return [InquiryRules(guide.name)]
    return [AnswerRules()] if guide.name in ("271", "278R") and snip >= 4 else []


_BUILT_IN = Codes()


def _codes(table: CodeTable | None) -> Codes:
    return Codes(table) if table is not None else _BUILT_IN
