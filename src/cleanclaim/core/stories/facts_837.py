"""The key facts of an outbound 837, read from its text with nothing but separators.

Why not the engine: what the engine wrote is checked here, so it is read by something else.
"""

from typing import Any

from cleanclaim.core.stories.story import Json
from cleanclaim.kernel.money import parse_cents


def facts_of_837(text: str) -> Json:
    """Read the facts that stories compare; the file holds one claim."""
    separator, component, terminator = text[3], text[104], text[105]
    facts: Json = {"ref_f8": None, "lines": [], "other_payers": [], "member_id": "", "payer_id": ""}
    reader = _Reader(facts, component)
    for raw in text.split(terminator):
        parts = raw.strip("\r\n").split(separator)
        handler = getattr(reader, f"on_{parts[0].lower()}", None)
        if handler is not None:
            handler(parts)
    return facts


def controls_of(text: str) -> dict[str, str]:
    """Read the control numbers of a file: acknowledgements of a story speak of them.

    Returns:
        `interchange`, `group`, `transaction`, `reference` (BHT03), `date` and `time`.
    """
    separator, terminator = text[3], text[105]
    rows = {
        raw.strip("\r\n").split(separator)[0]: raw.strip("\r\n").split(separator)
        for raw in reversed(text.split(terminator))
    }
    return {
        "interchange": rows["ISA"][13],
        "group": rows["GS"][6],
        "transaction": rows["ST"][2],
        "reference": rows["BHT"][3],
        "date": rows["GS"][4],
        "time": rows["GS"][5],
    }


class _Reader:
    def __init__(self, facts: Json, component: str) -> None:
        self.facts = facts
        self.component = component
        self.other: Json | None = None
        self.line: Json | None = None
        self.decided: Json | None = None

    def on_bht(self, parts: list[str]) -> None:
        self.facts["bht06"] = parts[6]

    def on_sbr(self, parts: list[str]) -> None:
        if "clm01" not in self.facts:
            self.facts["sbr01"] = parts[1]
            return
        self.other = {"sbr01": parts[1], "claim_cas": [], "lines": {}, "amt_d_cents": None}
        self.other |= {"payer_id": "", "payer_claim_control_number": None}
        self.facts["other_payers"].append(self.other)

    def on_clm(self, parts: list[str]) -> None:
        frequency = parts[5].split(self.component)[2]
        self.facts |= {"clm01": parts[1], "clm02_cents": parse_cents(parts[2])}
        self.facts["frequency"] = frequency

    def on_nm1(self, parts: list[str]) -> None:
        target = self.other or self.facts
        if parts[1] == "IL" and self.other is None:
            self.facts["member_id"] = parts[9]
        if parts[1] == "PR":
            target["payer_id"] = parts[9]

    def on_ref(self, parts: list[str]) -> None:
        if parts[1] == "F8" and self.other is not None:
            self.other["payer_claim_control_number"] = parts[2]
        elif parts[1] == "F8":
            self.facts["ref_f8"] = parts[2]
        elif parts[1] == "6R" and self.line is not None:
            self.line["ref_6r"] = parts[2]

    def on_amt(self, parts: list[str]) -> None:
        if parts[1] == "D" and self.other is not None:
            self.other["amt_d_cents"] = parse_cents(parts[2])

    def on_sv1(self, parts: list[str]) -> None:
        _, code, *modifiers = parts[1].split(self.component)
        units = float(parts[4])
        self.line = {
            "code": code,
            "modifiers": [item for item in modifiers[:4] if item],
            "charge_cents": parse_cents(parts[2]),
            "units": int(units) if units.is_integer() else units,
            "ref_6r": "",
        }
        self.facts["lines"].append(self.line)

    def on_svd(self, parts: list[str]) -> None:
        payers = {one["payer_id"]: one for one in self.facts["other_payers"]}
        self.decided = {"svd02_cents": parse_cents(parts[2]), "cas": [], "dtp573": ""}
        if self.line is not None:
            payers[parts[1]]["lines"][self.line["ref_6r"]] = self.decided

    def on_cas(self, parts: list[str]) -> None:
        rows: list[Any] = [
            (parts[1], parts[at], parse_cents(parts[at + 1])) for at in range(2, len(parts) - 1, 3)
        ]
        if self.decided is not None:
            self.decided["cas"] += rows
        elif self.other is not None:
            self.other["claim_cas"] += rows

    def on_dtp(self, parts: list[str]) -> None:
        if parts[1] == "573" and self.decided is not None:
            day = parts[3]
            self.decided["dtp573"] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
