"""Claims and facts from one line of text, for the tables of rules.

99213.25x1$100@0302..0304>12p22~    a line: code, modifiers, units, charge, first and last day
                                    of 2026 (or eight digits), pointers, place, restricted
h:99213@0301/rendering_npi=…        an earlier line     hc: an earlier claim   stay: auth:
span: over: prov: prior: cov2: adj0: (on line 0), area.field=value for the rest
"""

import re
from datetime import date, timedelta
from types import MappingProxyType

import msgspec

from cleanclaim.core.claim import Claim
from cleanclaim.core.scrub import ScrubContext
from cleanclaim.core.scrub.tests.codes import TABLES, tables_without

GROUP, DOCTOR, OTHER = "1234567893", "1999999984", "1999999992"
DAY = date(2026, 3, 10)
_LINE = re.compile(
    r"(?P<code>[A-Z0-9]{5}|-)(?P<mods>(?:\.[A-Z0-9]{2}(?!\d))*)(?:x(?P<units>-?[\d.]+?))?"
    r"(?:\$(?P<charge>-?\d+))?(?:@(?P<day>\d{4,8}))?(?:\.\.(?P<end>\d{4,8}))?"
    r"(?:>(?P<pointers>\d*))?(?:p(?P<place>\w\w))?(?P<private>~?)(?P<rest>(?:/.*)?)"
)


def day(text: str) -> date:
    text = text if len(text) == 8 else "2026" + text
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def value(text: str) -> object:
    if text.startswith(("[", "{")):
        return msgspec.json.decode(text)
    return {"None": None, "true": True, "false": False}.get(text, text)


def pairs(text: str) -> dict:
    return {k: value(v) for k, _, v in (part.partition("=") for part in text.split("/") if part)}


def line(match: re.Match, number: int) -> dict:
    record = {
        "line_number": str(number),
        "procedure_code": match["code"].replace("-", ""),
        "modifiers": match["mods"].split(".")[1:],
        "units": match["units"] or "1",
        "charge_cents": int(match["charge"] or 100) * 100,
        "service_date": day(match["day"] or "0302"),
        "diagnosis_pointers": [
            int(p) for p in ("1" if match["pointers"] is None else match["pointers"])
        ],
        "place_of_service": match["place"] or "",
        "plan_disclosure_restricted": bool(match["private"]),
    }
    if match["end"]:
        record["end_date"] = day(match["end"])
    return record | pairs(match["rest"])


def address(zip_code: str = "100011234") -> dict:
    return {"line_1": "1 Test St", "city": "Nowhere", "state": "NY", "zip_code": zip_code}


def coverage(rank: int = 1, **fields: object) -> dict:
    payer_fields = {"payer_id": f"P{rank}", "name": "Payer", "filing_indicator": "CI"}
    payer = {k: fields.pop(k, v) for k, v in payer_fields.items()}
    person = {"name": {"last": "Testowski", "first": "Tess"}, "member_id": "TESTMEMBER1"}
    return {"rank": rank, "payer": payer, "subscriber": person} | fields


class Builder:
    """Collects the words of one row; `claim` and `context` give what they say."""

    def __init__(self, text: str) -> None:
        self.lines: list[dict] = []
        self.dx = ["Z0000"]
        self.day = DAY
        self.areas: dict[str, dict] = {}
        self.lists: dict[str, list[dict]] = {}
        for word in text.split():
            self.read(word)

    def read(self, word: str) -> None:
        match = _LINE.fullmatch(word)
        if match:
            self.lines.append(line(match, len(self.lines) + 1))
            return
        head, _, rest = word.partition(":")
        if head.isalnum() and rest and "." not in head and "=" not in head:
            self.lists.setdefault(head, []).append(self.item(head, rest))
            return
        key, _, text = word.partition("=")
        if key == "dx":
            self.dx = text.split(",") if text else []
        elif key == "day":
            self.day = day(text)
        else:
            area, _, field = key.partition(".")
            assert field, f"what is {word}?"
            self.areas.setdefault(area, {})[field] = value(text)

    def item(self, head: str, rest: str) -> dict:
        if head != "h":
            return pairs(rest)
        match = _LINE.fullmatch(rest)
        assert match, rest
        record = line(match, 1)
        kept = ("procedure_code", "modifiers", "units", "charge_cents", "service_date")
        base = {k: record[k] for k in kept} | {"place_of_service": match["place"] or "11"}
        return base | {"claim_number": "OLD", "rendering_npi": DOCTOR} | pairs(match["rest"])

    def area(self, area: str, /, **defaults: object) -> dict:
        return defaults | self.areas.get(area, {})

    def claim(self) -> Claim:
        person = {"last": "Testowski", "first": "Tess"}
        first = coverage(**self.area("cov"))
        more = [coverage(rank, **item) for rank, item in enumerate(self.lists.get("cov2", ()), 2)]
        for at, items in ((int(k[3:]), v) for k, v in self.lists.items() if k.startswith("adj")):
            self.lines[at]["adjudications"] = [
                {"payer_id": "P1", "procedure_code": self.lines[at]["procedure_code"]} | item
                for item in items
            ]
        claim = {
            "claim_number": "NEW",
            "coverages": [first, *more],
            "patient": self.area("patient", name=person, birth_date="1980-01-01", sex="F"),
            "billing": self.area("billing", npi=GROUP, name="Group", tax_id="123456789"),
            "rendering": self.area("rendering", npi=DOCTOR, name="Doc", first="Dora"),
            "place_of_service": "11",
            "diagnoses": [
                {"code": code, "present_on_admission": poa}
                for code, _, poa in (item.partition(":") for item in self.dx)
            ],
            "lines": self.lines,
            "prior_adjudications": self.lists.get("prior", ()),
        } | self.area("claim")
        if self.area("rendering").get("npi", "") is None:
            claim["rendering"] = None
        if "inst" in self.areas:
            days = {"statement_from": "2026-03-02", "statement_to": "2026-03-02"}
            claim["kind"] = "I"
            claim["institutional"] = {"type_of_bill": "131"} | days | self.areas["inst"]
        if "dates" in self.areas:
            claim["dates"] = self.areas["dates"]
        if "amb" in self.areas:
            pick_up = {"name": "Home", "address": address()}
            claim["ambulance"] = self.area("amb", reason_code="A", miles="3", pick_up=pick_up)
        return msgspec.convert(claim, Claim, strict=False)

    def context(self) -> ScrubContext:
        facts = {name[4:]: fields for name, fields in self.areas.items() if name[:4] == "line"}
        visit = self.area("visit") | {"lines": facts}
        providers = {item["npi"]: item for item in self.lists.get("prov", ())}
        stays = [{"discharged": None} | item for item in self.lists.get("stay", ())]
        history = {
            "lines": self.lists.get("h", ()),
            "claims": self.lists.get("hc", ()),
            "stays": stays,
            **self.areas.get("history", {}),
        }
        eligible = self.area("elig", status="active", checked_date=str(DAY - timedelta(days=9)))
        eligible["overlays"] = self.lists.get("over", ())
        unknown = self.area("elig").get("status") == "none"
        raw = {
            "payer": self.area("payer", payer_id="P1", filing_days=365),
            "history": history,
            "spans": self.lists.get("span"),
            "authorizations": self.lists.get("auth"),
            "eligibility": None if unknown else eligible,
            "providers": providers,
            "visit": visit,
            "location": self.areas.get("loc"),
            "day": self.day,
            **self.areas.get("context", {}),
        }
        fields = {f.name: f.type for f in msgspec.structs.fields(ScrubContext)}
        made = {
            name: msgspec.convert(item, fields[name], strict=False) for name, item in raw.items()
        }
        made["providers"] = MappingProxyType(dict(made["providers"]))
        without = str(self.area("tables").get("without", ""))
        return ScrubContext(tables=tables_without(without) if without else TABLES, **made)
