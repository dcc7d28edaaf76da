"""Compiles a segment usage to one anchored regular expression that runs on the raw segment.

What the expression accepts is right. What it does not accept goes to `explain`, which decides:
rare shapes, such as an address with a country, are left to it on purpose.
"""

import re
from collections.abc import Sequence

from cleanclaim_x12.grammar.shapes import DATE, NUMBER, PERIODS, TIME, text_class
from cleanclaim_x12.guides.dictionary import composites, elements, segments
from cleanclaim_x12.guides.notation import ElementUse, Usage
from cleanclaim_x12.syntax import Delimiters

Item = tuple[str, bool, int]  # what stands, whether it must, how many positions it covers
_CAS_TRIPLETS = 5


def compile_usage(usage: Usage, delimiters: Delimiters) -> re.Pattern[str]:
    """Compile one segment usage."""
    builder = _Builder(delimiters)
    return re.compile(builder.segment(usage))


class _Builder:
    def __init__(self, delimiters: Delimiters) -> None:
        self.delimiters = delimiters
        self.element = re.escape(delimiters.element)
        self.component = re.escape(delimiters.component)

    def segment(self, usage: Usage) -> str:
        if usage.tag == "CAS":
            return self._adjustments(usage)
        uses = list(usage.elements)
        items = self._items(uses, segments()[usage.tag].notes, self.element)
        body = self._sequence(items, self.element)
        return f"{usage.tag}{body}(?<!{self.element})\\Z"

    def _items(
        self,
        uses: list[ElementUse | None],
        notes: Sequence[tuple[str, tuple[int, ...]]],
        separator: str,
    ) -> list[Item]:
        """Turn uses into items; tie together what a note ties, drop what is too rare."""
        must = {use.position for use in uses if use and use.required}
        pairs = {use.format_at for use in uses if use and use.format_at}
        self._tie(uses, notes, must, pairs)
        items: list[Item] = []
        at = 0
        while at < len(uses):
            use, following = uses[at], uses[at + 1] if at + 1 < len(uses) else None
            if use is not None and following is not None and at + 1 in pairs:
                items.append((self._pair(use, following, separator), at + 1 in must, 2))
                at += 2
                continue
            items.append((self._value(use) if use else "", at + 1 in must, 1))
            at += 1
        return items

    @staticmethod
    def _tie(
        uses: list[ElementUse | None],
        notes: Sequence[tuple[str, tuple[int, ...]]],
        must: set[int],
        pairs: set[int],
    ) -> None:
        """Do what the notes say: tie neighbours together, drop what is too rare."""
        used = {use.position for use in uses if use}
        for kind, positions in notes:
            live = [at for at in positions if uses[at - 1] is not None]
            loose = [at for at in live if at not in must]
            if kind in "PC" and len(positions) == 2 and positions[1] == positions[0] + 1:
                if len(live) == 2 and loose:
                    pairs.add(positions[0])
            elif kind == "R" and live and not must & set(positions):
                must.add(live[0])
            elif kind == "E" and len(live) > 1:
                uses[max(loose) - 1] = None
            elif kind in "PCL" and loose and positions[0] in loose:
                uses[positions[0] - 1] = None
        for kind, positions in notes:  # what is left to `explain` takes its pair along
            if kind == "P" and any(uses[at - 1] is None for at in used & set(positions)):
                for at in set(positions) - must:
                    uses[at - 1] = None

    def _sequence(self, items: list[Item], separator: str, *, lead: bool = True) -> str:
        while items and not items[-1][0]:
            items.pop()
        tail, forced = "", False
        for index in range(len(items) - 1, -1, -1):
            body, must, span = items[index]
            empty = separator * (span - 1)
            if not must:
                body = f"(?:{body}|{empty})" if body else empty
            piece = (separator if lead or index else "") + body + tail
            forced = forced or must
            tail = piece if forced or (index == 0 and not lead) else f"(?:{piece})?"
        return tail

    def _pair(self, first: ElementUse, second: ElementUse, separator: str) -> str:
        if second.format_at != first.position or not first.codes:
            return self._value(first) + separator + self._value(second)
        known = [code for code in first.codes if code in PERIODS]
        return "(?:" + "|".join(re.escape(code) + separator + PERIODS[code] for code in known) + ")"

    def _value(self, use: ElementUse) -> str:
        if use.parts is not None:
            notes = composites()[use.number].notes
            items = self._items(list(use.parts), notes, self.component)
            body = self._sequence(items, self.component, lead=False)
            one = f"(?![{self.component}]*(?:{self.element}|\\Z)){body}(?<!{self.component})"
        else:
            one = self._simple(use)
        if use.repeat > 1 and self.delimiters.repetition:
            more = re.escape(self.delimiters.repetition)
            return f"(?:{one})(?:{more}(?:{one})){{0,{use.repeat - 1}}}"
        return f"(?:{one})" if "|" in one else one

    def _simple(self, use: ElementUse) -> str:  # noqa: PLR0911 - one answer for each type
        element = elements()[use.number]
        if use.codes:
            return "(?:" + "|".join(re.escape(code) for code in use.codes) + ")"
        if use.pattern:
            return f"(?:{use.pattern})"
        least, most = element.shortest, min(element.longest, 65535)
        if element.kind == "R":
            return f"(?!-?(?:\\.?[0-9]){{{most + 1}}}){NUMBER}"
        if element.kind[0] == "N":
            return f"-?[0-9]{{{least},{most}}}"
        if element.kind == "DT":
            return DATE
        if element.kind == "TM":
            return TIME
        solid = text_class(self.delimiters, blank=False)
        if element.kind == "ID" or most == 1:
            return f"{solid}{{{least},{most}}}"
        text = text_class(self.delimiters, blank=True)
        if element.kind == "B":
            return f"{text}*"
        return f"(?! ){text}{{{least},{most}}}(?<! )"

    def _adjustments(self, usage: Usage) -> str:
        uses = usage.elements
        group, reason, amount, quantity = (self._value(use) for use in uses[:4] if use)
        sep = self.element
        return (
            f"CAS{sep}{group}{sep}{reason}{sep}{amount}"
            f"(?:{sep}(?:{quantity})?{sep}{reason}{sep}{amount}){{0,{_CAS_TRIPLETS}}}"
            f"(?:{sep}{quantity})?\\Z"
        )
