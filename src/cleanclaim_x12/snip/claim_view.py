"""A claim of an 837 as its rules look at it: claim, other payers, lines, levels around it."""

import msgspec

from cleanclaim_x12.snip.cells import Cell, cents

_QUALIFIED = frozenset(("DTP", "REF", "NM1", "AMT", "CRC"))
CHARGE_AT = {"SV1": 2, "SV2": 3, "SV3": 2}


class Adjudication(msgspec.Struct):
    """A 2430 loop: what another payer decided about a line."""

    svd: Cell
    adjustments: list[Cell] = []
    dates: list[Cell] = []


class Line(msgspec.Struct):
    """A 2400 loop; its charge is in cents, its date is DTP*472."""

    lx: Cell
    service: Cell | None = None
    cells: list[Cell] = []
    adjudications: list[Adjudication] = []
    charge: int = 0
    date: Cell | None = None
    other_dates: list[Cell] = []

    def first(self, tag: str, qualifier: str = "") -> Cell | None:
        """Find a segment of the line."""
        return _first(self.cells, tag, qualifier)


class OtherPayer(msgspec.Struct):
    """A 2320 loop with its 2330s."""

    sbr: Cell
    cells: list[Cell] = []
    adjustments: list[Cell] = []

    @property
    def payer_id(self) -> str:
        """NM109 of 2330B."""
        cell = self.first("NM1", "PR")
        return cell[9] if cell else ""

    def first(self, tag: str, qualifier: str = "") -> Cell | None:
        """Find a segment of the loop or of its parties."""
        return _first(self.cells, tag, qualifier)


class Claim(msgspec.Struct):
    """A 2300 loop, with the cells of the levels that it stands in."""

    clm: Cell
    levels: dict[str, list[Cell]]
    cells: list[Cell] = []
    others: list[OtherPayer] = []
    lines: list[Line] = []
    first_in: frozenset[str] = frozenset()  # the levels whose first claim this is
    index: dict[str, Cell] = {}
    paperwork: list[Cell] = []  # PWK of the claim and its lines
    controls: list[Cell] = []  # REF*6R of its lines

    def first(self, tag: str, qualifier: str = "") -> Cell | None:
        """Find a segment of the claim itself or of its providers."""
        return self.index.get(f"{tag}*{qualifier}" if qualifier else tag)

    def all(self, tag: str) -> list[Cell]:
        """Find all segments of this name in the claim itself."""
        return [cell for cell in self.cells if cell.parts[0] == tag]

    def around(self, level: str, tag: str, qualifier: str = "") -> Cell | None:
        """Find a segment of a level around the claim: `ST`, `2000A`, `2000B`, `2000C`."""
        return _first(self.levels.get(level, []), tag, qualifier)

    @property
    def sent_date(self) -> str:
        """BHT04, the date of the transaction."""
        bht = self.around("ST", "BHT")
        return bht[4] if bht else ""

    @property
    def patient(self) -> tuple[Cell | None, Cell | None]:
        """NM1 and DMG of the patient."""
        if "2000C" in self.levels:
            return self.around("2000C", "NM1", "QC"), self.around("2000C", "DMG")
        return self.around("2000B", "NM1", "IL"), self.around("2000B", "DMG")


def _first(cells: list[Cell], tag: str, qualifier: str) -> Cell | None:
    for cell in cells:
        parts = cell.parts
        if parts[0] == tag and (not qualifier or (len(parts) > 1 and parts[1] == qualifier)):
            return cell
    return None


def claim_from_cells(  # noqa: C901, PLR0912 - the hot loop of SNIP 3, kept in one piece
    cells: list[Cell], levels: dict[str, list[Cell]], first_in: frozenset[str] = frozenset()
) -> Claim:
    """Sort the segments of a claim into claim, other payers and lines; CLM stands first."""
    claim = Claim(cells[0], levels, first_in=first_in)
    own, index, lines = claim.cells, claim.index, claim.lines
    line: Line | None = None
    for cell in cells:
        loop = cell.usage.loop
        parts = cell.parts
        tag = parts[0]
        if loop[:2] == "24":
            if tag == "LX" or line is None:
                line = Line(cell)
                lines.append(line)
            if loop == "2430":
                _decision(line, cell, tag)
            else:
                line.cells.append(cell)
                if tag in CHARGE_AT:
                    line.service = cell
                    line.charge = cents(cell[CHARGE_AT[tag]])
                elif tag == "DTP":
                    if len(parts) < 4:
                        continue
                    if parts[1] == "472":
                        line.date = cell
                    else:
                        line.other_dates.append(cell)
                elif tag == "REF":
                    if len(parts) > 2 and parts[1] == "6R" and loop == "2400":
                        claim.controls.append(cell)
                elif tag == "PWK":
                    claim.paperwork.append(cell)
        elif loop[:3] in ("232", "233"):
            _other(claim, cell)
        else:
            own.append(cell)
            if tag not in index:
                index[tag] = cell
            if tag in _QUALIFIED:
                index.setdefault(f"{tag}*{parts[1]}" if len(parts) > 1 else tag, cell)
            elif tag == "PWK":
                claim.paperwork.append(cell)
    return claim


def _other(claim: Claim, cell: Cell) -> None:
    tag = cell.parts[0]
    if tag == "SBR" or not claim.others:
        claim.others.append(OtherPayer(cell))
    payer = claim.others[-1]
    if tag == "CAS":
        payer.adjustments.append(cell)
    payer.cells.append(cell)


def _decision(line: Line, cell: Cell, tag: str) -> None:
    if tag == "SVD" or not line.adjudications:
        line.adjudications.append(Adjudication(cell))
    elif tag == "CAS":
        line.adjudications[-1].adjustments.append(cell)
    elif tag == "DTP":
        line.adjudications[-1].dates.append(cell)
