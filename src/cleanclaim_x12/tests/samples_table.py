"""Compares the public samples with their owners' verdicts and with pyx12, and writes the page.

`python -m cleanclaim_x12.tests.samples_table > docs/reference/x12-samples.md`; takes two minutes.
"""

import csv
import io
import logging
import os
import signal
import sys
import warnings
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from cleanclaim_x12.checking import check
from cleanclaim_x12.findings import ERROR, Finding

ROOT = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("CLEANCLAIM_SAMPLES") or ROOT.parent / "shared" / "samples") / "x12"

_HEAD = """# Public samples against the engine

Written by `python -m cleanclaim_x12.tests.samples_table`; a test compares it with what the engine
says. 328 files of 17 projects, of which none is part of this repository. *Owner* is the verdict of
INDEX.tsv, *count check* the plain counts made beside it, *pyx12* what that engine says (an
exception where it has no guide or cannot read the bytes). The engine's column is SNIP 1 and 2: what
it accepts there may still fail a check digit or a balance.

"""
_WHY = {
    "X12-JUNK": "no ISA: a bare transaction, or text that is no X12",
    "X12-ISA-BAD": "the ISA cannot be read",
    "X12-ISA-ELEMENT": "ISA elements without their fixed lengths or values, edited by hand",
    "X12-ISA-DELIMITER": "a delimiter stands for two things",
    "X12-ISA-DUPLICATE": "the same ISA13 twice in one file",
    "X12-IEA-MISSING": "the file ends early",
    "X12-SE-MISSING": "the transaction ends early",
    "X12-SE-COUNT": "SE01 is not the number of segments, edited by hand",
    "X12-SE-CONTROL": "SE02 is not ST02",
    "X12-GE-COUNT": "GE01 is not the number of transactions",
    "X12-GE-CONTROL": "GE02 is not GS06",
    "X12-IEA-COUNT": "IEA01 is not the number of groups",
    "X12-IEA-CONTROL": "IEA02 is not ISA13",
    "X12-ST-CODE": "GS01 names another kind of transaction",
    "X12-ST-VERSION": "GS08 and ST03 differ",
    "X12-GS-ELEMENT": "a GS element of the wrong shape, mostly a date of six digits",
    "X12-TA1-ELEMENT": "TA1 elements of the wrong shape",
    "X12-LOOSE": "segments outside of transactions",
    "X12-EL-PARTS": "components with a separator that the ISA does not name",
    "X12-EL-LONG": "components with a separator that the ISA does not name, or a value too long",
}


_WRONG = {
    "X12-EL-NOT-USED": "stands where the guide uses nothing",
    "X12-EL-REQUIRED": "is missing",
    "X12-EL-NOTE": "is missing",
    "X12-EL-CODE": "holds no code of the standard",
    "X12-EL-SUBSET": "holds a code that the guide does not take here",
    "X12-EL-DATE": "holds no date",
    "X12-EL-TIME": "holds no time",
    "X12-EL-SHORT": "is too short",
    "X12-EL-LONG": "is too long",
    "X12-EL-SPACES": "has blanks around its value",
    "X12-SEG-MISSING": "is missing",
    "X12-LOOP-MISSING": "is missing",
    "X12-SEG-UNEXPECTED": "has no place here",
    "X12-SEG-NOT-IN-SET": "is no segment of this guide",
    "X12-SEG-ORDER": "stands out of order",
    "X12-HL-CHILD": "does not say what follows",
}


class Verdict(NamedTuple):
    """What the engine says of a file at SNIP 1 and 2."""

    errors: int
    first: str
    codes: tuple[str, ...]
    known: bool
    words: str = ""

    @property
    def word(self) -> str:
        """Accepted, rejected, or envelope only."""
        if self.errors:
            return "rejected"
        return "accepted" if self.known else "envelope accepted"


def index() -> list[dict[str, str]]:
    """Read INDEX.tsv."""
    with (SAMPLES / "INDEX.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def verdict_of(data: bytes) -> Verdict:
    """Check one file."""
    findings = list(check(data, snip=2))
    errors = [item for item in findings if item.severity == ERROR]
    first = ", ".join(
        f"{item.segment}{item.element or ''}@{item.segment_position} {item.code[4:]}"
        for item in errors[:2]
    )
    known = not any(item.code == "X12-GUIDE-UNKNOWN" for item in findings)
    codes = tuple(item.code for item in errors)
    return Verdict(len(errors), first, codes, known, _in_words(errors[0]) if errors else "")


def _in_words(found: Finding) -> str:
    """Say what is wrong at the first place; no value of the file."""
    place = found.segment + (f"{found.element:02}" if found.element else "")
    place += f"-{found.component}" if found.component else ""
    expected = found.expected.replace("|", " or ")
    kind = _WRONG.get(found.code, "is wrong")
    return f"{place} {kind}: expected {expected}" if kind else f"expected {expected}"


def explanation(row: dict[str, str], verdict: Verdict) -> str:
    """Say in words why owner and engine differ; nothing where they agree."""
    owner_accepts = row["verdict"] == "valid"
    if row["verdict"] == "unknown" or owner_accepts == (not verdict.errors):
        return ""
    if not verdict.errors:
        return "only its guide says what is wrong, and there is no guide for this version"
    for code in verdict.codes:
        if code in _WHY:
            return _WHY[code]
    return verdict.words


def _pyx12(path: Path) -> tuple[str, str]:
    """Ask pyx12; give its verdict, and the first complaints of its acknowledgement."""
    import pyx12.params
    import pyx12.x12n_document

    def give_up(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)
    try:
        params = pyx12.params.params()
        answer = io.StringIO()
        valid = pyx12.x12n_document.x12n_document(params, str(path), answer, None, None)
    except Exception as wrong:  # noqa: BLE001 - whatever it ends in is the result
        return type(wrong).__name__, ""
    finally:
        signal.alarm(0)
    return ("accepted", "") if valid else ("rejected", _complaints(answer.getvalue()))


def _complaints(answer: str) -> str:
    """Take what an acknowledgement says of segments and elements, without values."""
    said: list[str] = []
    for text in answer.replace("\n", "").split("~"):
        cells = text.split("*")
        if cells[0] in ("IK3", "AK3"):
            said.append(f"{cells[1]}@{cells[2]} {''.join(cells[4:5])}".strip())
        elif cells[0] in ("IK4", "AK4") and said:
            said.append(f"element {cells[1].replace(':', '-')}: {cells[3]}")
        elif cells[0] in ("IK5", "AK5", "AK9") and len(cells) > 2 and not said:
            said.append(" ".join(cells[:3]))
    return ", ".join(said[:2])


def page() -> str:
    """Write the page."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    lines = ["| file | what | owner | count check | engine | pyx12 | why they differ |"]
    lines.append("|---|---|---|---|---|---|---|")
    agree: Counter[str] = Counter()
    for row in index():
        path = SAMPLES / row["path"]
        verdict = verdict_of(path.read_bytes())
        other, complaints = _pyx12(path)
        why = explanation(row, verdict)
        agree["owner and engine agree" if not why else "owner and engine differ"] += 1
        ours = "accepted" if not verdict.errors else "rejected"
        if other in ("accepted", "rejected"):
            guide = "" if verdict.known else " (no guide here)"
            agree[f"engine {ours}, pyx12 {other}{guide}"] += 1
        else:
            agree["pyx12 ends in an exception"] += 1
        if not why and verdict.known and not verdict.errors and other == "rejected":
            why = f"pyx12 alone ({complaints or 'no reason'}): see above"
        elif not why and verdict.errors and other == "accepted":
            why = f"pyx12 does not see it; {verdict.words}"
        said = f"{verdict.word}: {verdict.first}" if verdict.errors else verdict.word
        count = row["structural_check"].replace("|", ";")
        cells = (
            row["path"],
            f"{row['tset']} {row['version']}",
            row["verdict"],
            count,
            said,
            other,
            why,
        )
        lines.append("| " + " | ".join(cells) + " |")
    summary = "\n".join(f"- {words}: {count}" for words, count in sorted(agree.items()))
    return f"{_HEAD}{summary}\n\n{_BELOW}\n" + "\n".join(lines) + "\n"


_BELOW = """Where pyx12 rejects what the engine accepts: its list of ZIP codes lacks 99998 and
17111; its 277CA map requires loop 2200C, which X12's own examples leave out; its 837
map knows the adopted GS08 only, not the aliases that partners send; its 999 writer
fails on one 835. Versions without a guide here (004010 and others) get their envelope
checked, so a deliberate fault inside of one is not seen. The pairs of a source with
its expected acknowledgement agree in what they can say: `834_eol_in_element` in IK3,
IK4 code and IK5 (we also name loop and member, and quote the whole value),
`834_lui_id_5010` in full, `834_lui_id`, `ordinal` and `trailer_errors` in their 997
(in `trailer_errors` both IEA elements are wrong, and our TA1 names the count, 021,
where theirs says 018); in `elements`, `per_segment_repeat`, `simple1` and `mult_isa`
theirs goes on to name 004010 guide errors.
"""

if __name__ == "__main__":
    sys.stdout.write(page())
