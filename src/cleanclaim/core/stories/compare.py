"""Compare the picture after a step with what the story expects, key by key."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from cleanclaim.core.ledger import Account, Entry, Line, balances_of
from cleanclaim.core.stories.facts_837 import facts_of_837
from cleanclaim.core.stories.must_not import wrongs_done
from cleanclaim.core.stories.story import Json, Step, Story
from cleanclaim.core.stories.world import Picture
from cleanclaim.kernel.refusal import Refusal


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is not as the story says."""

    story: str
    step: int
    place: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        return (
            f"{self.story} step {self.step} {self.place}: "
            f"expected {self.expected!r}, found {self.found!r}"
        )


type Finding = tuple[str, Any, Any]
type LineKey = tuple[str, Any, int, Any, str, str, int]

_TOTALS = {
    "patient": (Account.PATIENT, 1),
    "expected_eft_clearing": (Account.EFT_CLEARING, 1),
    "card_clearing": (Account.CARD_CLEARING, 1),
    "undeposited": (Account.UNDEPOSITED, 1),
    "cash": (Account.CASH, 1),
    "unapplied_patient": (Account.UNAPPLIED_PATIENT, -1),
    "unapplied_insurance": (Account.UNAPPLIED_INSURANCE, -1),
    "provider_level_plb": (Account.RECOUPMENT, -1),
    "refunds_payable_patient": (Account.REFUND_PATIENT, -1),
    "refunds_payable_payer": (Account.REFUND_PAYER, -1),
    "deferred_capitation": (Account.DEFERRED_CAPITATION, -1),
}


def balances_picture(entries: Iterable[Entry]) -> Json:
    """Give the balances of a journal under the names that stories use."""
    sums = balances_of(entries)
    lines: dict[Any, dict[str, int]] = {}
    for (line, rank), cents in sums.ranked.items():
        lines.setdefault(line, {})[f"l{rank}"] = cents
    for (_, line), cents in sums.patient.items():
        if line is not None:
            of_line = lines.setdefault(line, {})
            of_line["patient"] = of_line.get("patient", 0) + cents
    return {
        **{f"insurance_l{rank}": sums.by_rank[rank] for rank in (1, 2, 3)},
        **{name: sign * sums.accounts[account] for name, (account, sign) in _TOTALS.items()},
        "lines": lines,
        "accounts": {str(key): cents for key, cents in sums.accounts.items() if cents},
        "clearing_by_trace": {key: cents for key, cents in sums.traces.items() if cents},
    }


def step_differences(
    story: Story, step: Step, before: Picture, after: Picture, refused: Refusal | None
) -> list[Difference]:
    """List everything that one step left other than expected."""
    found = [*_refusal(step, before, after, refused)]
    found += _journals(story, step, before, after)
    found += _values("balances", step.expect["balances"], balances_picture(after.entries))
    found += _values("claims", step.expect["claims"], after.claims)
    found += _items(step.expect["work_items"], before, after)
    holds = {(hold["kind"], hold["subject"]) for hold in step.expect["holds"]}
    found += _same("holds", holds, set(after.holds))
    found += _same("remittances", step.expect["remittances"], after.remittances)
    found += _same("deposits", step.expect["deposits"], after.deposits)
    found += _outbound(story, step, after)
    found += _facts(step.expect, after)
    wrongs = wrongs_done(step.expect.get("must_not", []), before, after)
    found += [("must_not", phrase, "done") for phrase in wrongs]
    return [
        Difference(story=story.name, step=step.number, place=place, expected=want, found=have)
        for place, want, have in found
    ]


def _same(place: str, want: Any, have: Any) -> Iterator[Finding]:
    if want != have:
        yield place, want, have


def _values(place: str, want: Json, have: Json) -> Iterator[Finding]:
    """Compare two trees of dicts, naming the leaves that differ."""
    for key in {**want, **have}:
        inner = f"{place}.{key}"
        one, two = want.get(key), have.get(key)
        if isinstance(one, dict) and isinstance(two, dict):
            yield from _values(inner, one, two)
        elif one != two:
            yield inner, one, two


def _refusal(
    step: Step, before: Picture, after: Picture, refused: Refusal | None
) -> Iterator[Finding]:
    wanted = step.expect.get("refused")
    if bool(wanted) != (refused is not None):
        yield "refused", wanted, str(refused) if refused else None
    if refused and (before.entries, before.claims) != (after.entries, after.claims):
        yield "refused", "nothing written", "something was"


# --- the journal


def _key(line: Line) -> LineKey:
    return (
        str(line.account),
        line.payer,
        line.rank,
        line.line,
        line.trace,
        line.reason,
        line.amount_cents,
    )


def _wanted_key(line: Json) -> LineKey:
    return (
        line["account"],
        line.get("payer"),
        line.get("rank", 0),
        line.get("line"),
        line.get("trace", ""),
        line.get("reason", ""),
        line["dr"] - line["cr"],
    )


def _journals(story: Story, step: Step, before: Picture, after: Picture) -> Iterator[Finding]:
    new = after.entries[len(before.entries) :]
    want = Counter(_wanted_key(ln) for one in step.expect["journals"] for ln in one["lines"])
    have = Counter(_key(line) for one in new for line in one.lines)
    for key in sorted((want - have).elements(), key=str):
        yield "journals", key, None
    for key in sorted((have - want).elements(), key=str):
        yield "journals", None, key
    for one in new:
        if sum(line.amount_cents for line in one.lines):
            yield "journals.sum", 0, one
    periods = [{one["period"] for one in step.expect["journals"]}, {one.period for one in new}]
    yield from _same("journals.period", *periods)
    yield from _reversals(story, step, new, after)


def _reversals(
    story: Story, step: Step, new: tuple[Entry, ...], after: Picture
) -> Iterator[Finding]:
    """Each mirror names an entry with the lines that it mirrors; none is mirrored twice."""
    written = {one["id"]: one for st in story.steps for one in st.expect["journals"]}
    by_key = {one.key: one for one in after.entries}
    want = Counter(
        (_bag(_wanted_key(ln) for ln in one["lines"]), _target(written[one["reverses"]]))
        for one in step.expect["journals"]
        if one["reverses"]
    )
    have = Counter(
        (_bag(map(_key, one.lines)), _bag(map(_key, by_key[one.reverses].lines)))
        for one in new
        if one.reverses
    )
    if want != have:
        yield "journals.reverses", list((want - have).elements()), list((have - want).elements())
    twice = [key for key, n in Counter(e.reverses for e in after.entries).items() if key and n > 1]
    if twice:
        yield "journals.reverses", "once", twice
    back = Counter(one.get("back_ref", "") for one in step.expect["journals"])
    found = Counter(one.back_period for one in new)
    if set(back) - {""} != set(found) - {""}:
        yield "journals.back_ref", back, found


def _bag(keys: Iterable[LineKey]) -> tuple[str, ...]:
    return tuple(sorted(map(str, keys)))


def _target(journal: Json) -> tuple[str, ...]:
    return _bag(_wanted_key(line) for line in journal["lines"])


def _items(want: Json, before: Picture, after: Picture) -> Iterator[Finding]:
    def keys(rows: list[Json]) -> set[tuple[str, str, str]]:
        return {(row["kind"], row["subject"], row.get("owner", "")) for row in rows}

    yield from _same("work_items.open", keys(want["open"]), set(after.items))
    yield from _same("work_items.opened", keys(want["opened"]), set(after.items - before.items))
    closed = {(kind, subject) for kind, subject, _ in before.items - after.items}
    wanted = {(row["kind"], row["subject"]) for row in want["closed"]}
    yield from _same("work_items.closed", wanted, closed)


# --- what went out


def _outbound(story: Story, step: Step, after: Picture) -> Iterator[Finding]:
    want = {one["claim"]: one for one in step.expect["outbound"]}
    have = {one.claim: one for one in after.outbound}
    yield from _same("outbound", set(want), set(have))
    for claim in want.keys() & have.keys():
        asked, sent = want[claim], have[claim]
        known = {"claim": claim, "version": sent.version, "kind": sent.kind}
        yield from _told(f"outbound.{claim}", asked, facts_of_837(sent.text) | known, sent.text)
        # The story's own text must say what the story asks for, or it proves nothing.
        text = story.files[asked["reference_837"]]
        known = {key: asked[key] for key in known}
        yield from _told(f"reference.{claim}", asked, facts_of_837(text) | known, text)


def _told(place: str, asked: Json, facts: Json, text: str) -> Iterator[Finding]:
    """Compare the facts of one 837 with those asked for."""
    apart = ("must_be_absent", "reference_837", "other_payers", "lines")
    other = {
        one["payer_id"]: {key: one[key] for key in one if key != "payer"}
        for one in asked["other_payers"]
    }
    found = {one["payer_id"]: one for one in facts["other_payers"]}
    yield from _values(f"{place}.other_payers", _listed(other), _listed(found))
    names = [{key: line[key] for key in line if key != "line"} for line in asked["lines"]]
    yield from _same(f"{place}.lines", names, facts["lines"])
    plain = [{key: one[key] for key in one if key not in apart} for one in (asked, facts)]
    yield from _values(place, *plain)
    for absent in asked["must_be_absent"]:
        if " " not in absent and absent in text:
            yield f"{place}.must_be_absent", absent, "present"
        if absent == "REF*F8 in 2300" and facts["ref_f8"]:
            yield f"{place}.must_be_absent", absent, facts["ref_f8"]


def _listed(payers: dict[str, Json]) -> dict[str, Json]:
    """Put the adjustments of other payers into one order."""
    out = {}
    for payer, facts in payers.items():
        one = dict(facts)
        one["claim_cas"] = sorted(map(tuple, one["claim_cas"]))
        one["lines"] = {
            key: {**line, "cas": sorted(map(tuple, line["cas"]))}
            for key, line in one["lines"].items()
        }
        out[payer] = one
    return out


# --- the rest


def _facts(expect: Json, after: Picture) -> Iterator[Finding]:
    facts = after.facts
    for key in ("findings", "denials", "timers", "not_posted"):
        if key in expect:
            want = [{k: row[k] for k in row if k != "why"} for row in expect[key]]
            # A story may leave keys out that the product knows more of.
            keys = {k for row in want for k in row}
            have = [{k: row[k] for k in row if k in keys} for row in facts.get(key, [])]
            yield from _same(key, _sorted(want), _sorted(have))
    if "statement" in expect:
        yield from _same("statement", expect["statement"], facts.get("statement"))
    if "claim_level_allocation" in expect:
        shares = [expect["claim_level_allocation"], facts.get("claim_level_allocation", {})]
        yield from _same("claim_level_allocation", *map(_without_zeros, shares))
    for row in expect.get("refund_items", []):
        if row not in facts.get("refund_items", []):
            yield "refund_items", row, facts.get("refund_items", [])
    periods = facts.get("periods", {})
    for period, status in expect.get("periods", {}).items():
        yield from _same(f"periods.{period}", status, periods.get(period, "open"))
    yield from _matched(expect.get("matched_by", {}), facts.get("matched_by", {}))
    yield from _sums(expect, after)


def _without_zeros(shares: Json) -> Json:
    return {
        reason: {line: cents for line, cents in parts.items() if cents}
        for reason, parts in shares.items()
    }


def _sums(expect: Json, after: Picture) -> Iterator[Finding]:
    for day, want in expect.get("as_of", {}).items():
        until = [one for one in after.entries if one.day <= date.fromisoformat(day)]
        have = balances_picture(until)
        for key, value in want.items():
            yield from _same(f"as_of.{day}.{key}", value, have.get(key))
    by_payer = balances_of(after.entries).by_payer
    for payer, cents in expect.get("by_payer", {}).items():
        yield from _same(f"by_payer.{payer}", cents, by_payer.get(payer, 0))


def _sorted(rows: list[Json]) -> list[str]:
    return sorted(msgspec.json.encode(row, order="sorted").decode() for row in rows)


def _matched(want: Json, have: Json) -> Iterator[Finding]:
    for key, words in want.items():
        if key == "lines":
            rest = {text for name, text in have.items() if name != "claim"}
            yield from _same("matched_by.lines", {words}, rest)
        else:
            yield from _same(f"matched_by.{key}", words, have.get(key))
