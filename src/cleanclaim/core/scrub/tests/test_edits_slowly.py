"""NCCI and MUE against a slow implementation of their own, on random claims.

The slow one goes by the rows alone: every ordered pair, every row, no index, no shared code with
the rules. 100,000 claims under CLEANCLAIM_PROOF, a sample in ordinary runs.
"""

import json
import random
from collections import Counter
from datetime import date, timedelta
from itertools import permutations

import msgspec
import pytest

from cleanclaim.core.codes.memory import MemoryTables
from cleanclaim.core.codes.records import Mue, PtpEdit
from cleanclaim.core.codes.release import Table
from cleanclaim.core.scrub import RulePlan, run_plan
from cleanclaim.core.scrub.rule import REGISTRY
from cleanclaim.core.scrub.tests.build import DOCTOR, GROUP, OTHER, Builder

IDS = ("NCCI-001", "NCCI-002", "NCCI-003", "MUE-001", "MUE-002", "MUE-003")
CODES = ("99213", "99214", "10060", "11102", "20610", "27447", "80053", "82565", "97110", "J1100")
MODIFIERS = ("25", "57", "59", "XS", "LT", "76", "91", "50", "GP", "79")
FIRST = date(2026, 1, 1)
VISITS, TESTS = {"99213", "99214"}, {"80053", "82565"}
SIDES = {"LT", "RT", "E1", "FA", "TA"}


def random_rows(chance: random.Random) -> tuple[list[PtpEdit], list[Mue]]:
    edits = []
    for one in CODES:
        for two in CODES:
            if one != two and chance.random() < 0.3:
                start = FIRST + timedelta(chance.randrange(-5, 6))
                end = start + timedelta(chance.randrange(6)) if chance.random() < 0.5 else None
                indicator = chance.choice("0119")
                edits.append(
                    PtpEdit(
                        column_1=one,
                        column_2=two,
                        modifier_indicator=indicator,
                        start=start,
                        end=end,
                    )
                )
    mues = [
        Mue(code=code, units=chance.randrange(1, 5), adjudication_indicator=chance.choice("123"))
        for code in CODES
        if chance.random() < 0.8
    ]
    return edits, mues


def random_text(chance: random.Random) -> str:
    def day() -> str:
        return f"@{FIRST + timedelta(chance.randrange(4)):%Y%m%d}"

    def code() -> str:
        modifiers = chance.sample(MODIFIERS, chance.choice((0, 0, 1, 2)))
        return ".".join([chance.choice(CODES), *modifiers]) + f"x{chance.randrange(1, 5)}"

    words = []
    for _ in range(chance.randrange(1, 5)):
        taxonomy = chance.choice(("207Q00000X", ""))
        other = json.dumps({"npi": OTHER, "name": "B", "first": "B", "taxonomy_code": taxonomy})
        other = "/rendering=" + other.replace(" ", "")
        words.append(code() + day() + (other if chance.random() < 0.2 else ""))
    for _ in range(chance.choice((0, 0, 1, 2))):
        who = chance.choice((DOCTOR, OTHER))
        group = chance.choice((GROUP, ""))
        taxonomy = chance.choice(("207Q00000X", ""))
        status = chance.choice(("accepted", "denied", "pending", "voided"))
        words.append(
            f"h:{code()}{day()}/rendering_npi={who}/billing_npi={group}"
            f"/taxonomy_code={taxonomy}/status={status}"
        )
    if chance.random() < 0.5:
        words.append("rendering.taxonomy_code=207Q00000X")
    words.append(chance.choice(("payer.kind=medicare", "payer.kind=commercial")))
    return " ".join(words)


def services(claim, context) -> list[dict]:
    """Lay all services out flat: those of the claim with their index, earlier ones with None."""
    found = []
    for index, line in enumerate(claim.lines):
        who = line.rendering or claim.rendering
        found.append(
            {
                "at": index,
                "code": line.procedure_code,
                "modifiers": line.modifiers,
                "day": line.service_date,
                "units": line.units,
                "npi": who.npi,
                "taxonomy": who.taxonomy_code,
                "group": claim.billing.npi,
            }
        )
    found.extend(
        {
            "at": None,
            "code": line.procedure_code,
            "modifiers": line.modifiers,
            "day": line.service_date,
            "units": line.units,
            "npi": line.rendering_npi,
            "taxonomy": line.taxonomy_code,
            "group": line.billing_npi,
        }
        for line in context.history.lines
        if line.status in {"accepted", "pending"}
    )
    return found


def together(one: dict, two: dict) -> bool:
    specialty = one["taxonomy"] == two["taxonomy"] != "" and one["group"] == two["group"]
    return one["day"] == two["day"] and (one["npi"] == two["npi"] or specialty)


def counts(modifier: str, code: str) -> bool:
    if code in VISITS:
        return modifier in SIDES | {"25", "57", "79"}
    if modifier == "91":
        return code in TESTS
    return modifier in SIDES | {"59", "XS", "79"}


def slow(claim, context, edits, mues) -> Counter:
    everything = services(claim, context)
    either = context.payer.kind == "medicare"
    return +(slow_pairs(everything, edits, either=either) + slow_units(everything, mues))


def slow_pairs(everything, edits, *, either) -> Counter:
    found: Counter = Counter()
    for one, two in permutations(everything, 2):
        at = two["at"] if two["at"] is not None else one["at"]
        if at is None or not together(one, two):
            continue
        for edit in edits:
            ended = edit.end is not None and (edit.end < one["day"] or edit.end == edit.start)
            named = (edit.column_1, edit.column_2) == (one["code"], two["code"])
            if ended or not named or edit.start > one["day"] or edit.modifier_indicator == "9":
                continue
            helps = any(counts(m, two["code"]) for m in two["modifiers"])
            if either:
                helps |= any(counts(m, one["code"]) for m in one["modifiers"])
            helped = "NCCI-003" if helps else "NCCI-002"
            found["NCCI-001" if edit.modifier_indicator == "0" else helped, at] += 1
    return found


def slow_units(everything, mues) -> Counter:
    found: Counter = Counter()
    for mue in mues:
        of_code = [s for s in everything if s["code"] == mue.code]
        mine = [s for s in of_code if s["at"] is not None]
        rule_id = f"MUE-00{mue.adjudication_indicator}"
        for item in mine:
            if rule_id == "MUE-001":
                found[rule_id, item["at"]] += item["units"] > mue.units
                continue
            same = [s for s in mine if (s["day"], s["npi"]) == (item["day"], item["npi"])]
            # What was billed before counts once, as the first of these lines sees it.
            past = [s for s in of_code if s["at"] is None and together(same[0], s)]
            total = sum(s["units"] for s in [*same, *past])
            found[rule_id, item["at"]] += item is same[-1] and total > mue.units
    return found


@pytest.mark.proof
def test_rules_agree_with_the_slow_ones(proof):
    chance, count = proof.random, proof.count(100_000, 2_000)
    plan = RulePlan([REGISTRY[rule_id] for rule_id in IDS])
    seen: Counter = Counter()
    for number in range(count):
        if number % 200 == 0:
            edits, mues = random_rows(chance)
            tables = MemoryTables({Table.PTP_PRACTITIONER: edits, Table.MUE_PRACTITIONER: mues})
        text = random_text(chance)
        builder = Builder(text)
        claim, context = builder.claim(), builder.context()
        context = msgspec.structs.replace(context, tables=tables)
        quick = Counter(
            (f.code.removeprefix("SCRUB-"), int(f.place.split("[")[1].split("]")[0]))
            for f in run_plan(plan, claim, context)
            if f.code != "SCRUB-NOT-CHECKED"
        )
        assert quick == slow(claim, context, edits, mues), text
        seen.update(rule_id for rule_id, _ in quick)
    assert min(seen[rule_id] for rule_id in IDS) > 30
    proof.tell(cases=count, findings=seen.total())


@pytest.mark.parametrize("defect", ["day", "modifier", "units"])
def test_the_slow_one_notices_a_defect(defect):
    text = {
        "day": "10060@20260101 11102@20260101",
        "modifier": "10060@20260101 11102.59@20260101",
        "units": "11102x2@20260101",
    }[defect]
    edits = [PtpEdit(column_1="10060", column_2="11102", modifier_indicator="1", start=FIRST)]
    mues = [Mue(code="11102", units=1, adjudication_indicator="2")]
    builder = Builder(text)
    right = slow(builder.claim(), builder.context(), edits, mues)
    moved = [msgspec.structs.replace(edits[0], start=FIRST + timedelta(1))]
    assert right
    assert slow(builder.claim(), builder.context(), moved, []) != right
