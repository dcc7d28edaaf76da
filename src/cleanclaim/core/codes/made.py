"""Full-size NCCI tables made up in the official format, for tests and benchmarks.

The codes have the shape of procedure codes and mean nothing; every line follows from the seed.
"""

from collections.abc import Iterator, Sequence
from typing import Final

PRACTITIONER_PAIRS: Final = 2_600_000
HOSPITAL_PAIRS: Final = 1_780_000
PARTS: Final = 4
_CPT_CODES, _HCPCS_CODES = 9_600, 6_400
_RATIONALES: Final = (
    "Misuse of Column Two code with Column One code",
    "Standards of medical/surgical practice",
    "Mutually exclusive procedures",
    "More extensive procedure",
    "HCPCS/CPT procedure code definition",
    "CPT Manual or CMS manual coding instruction",
    "Sequential procedure",
    "Laboratory panel",
    "Anesthesia service included in surgical procedure",
)
_PREAMBLE: Final = (
    "Made up for tests: the codes of this file mean nothing.\r\n"
    + "\r\n" * 5
    + "\t\t*=in existence\tEffective\tDeletion\tModifier\t\r\n"
    + "Column 1\tColumn 2\tprior to 1996\tDate\tDate *=no data\t"
    + "0=not allowed 1=allowed 9=not applicable\tPTP Edit Rationale\r\n"
)
_MUE_SETTINGS: Final = {
    "PractitionerServices": "Practitioner Services",
    "OutpatientHospitalServices": "Outpatient Hospital Services",
    "DMESupplierServices": "DME Supplier Services",
}
_MUE_INDICATORS: Final = (
    "1 Line Edit",
    "2 Date of Service Edit: Policy",
    "3 Date of Service Edit: Clinical",
    "3 Date of Service Edit: Clinical",
)


class Chance:
    """Numbers that only look like chance: a linear congruential generator."""

    def __init__(self, seed: int) -> None:
        self._state = (seed * 2862933555777941757 + 3037000493) & 0xFFFFFFFFFFFFFFFF

    def below(self, limit: int) -> int:
        """Give a number from 0, below a limit of at most 2**31."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self._state >> 33) % limit


def made_codes() -> list[str]:
    """Give the made-up codes in order: first those of CPT's shape, then HCPCS."""
    cpt = [f"{number:05d}" for number in range(10_000, 100_000, 90_000 // _CPT_CODES)]
    letters = "ACEGHJKLPQSTV"
    share = _HCPCS_CODES // len(letters) + 1
    hcpcs = [f"{letter}{number:04d}" for letter in letters for number in range(0, share * 7, 7)]
    return sorted(cpt[:_CPT_CODES]) + sorted(hcpcs)[:_HCPCS_CODES]


def made_ptp(
    kind: str, pairs: int, seed: int = 1, release: str = "v323r0", quarter_day: str = "20261001"
) -> Iterator[tuple[str, Iterator[str]]]:
    """Make a PTP release in its parts.

    Args:
        kind: `ccipra` practitioner or `ccioph` hospital.
        pairs: About how many edits.
        seed: Another seed, other edits.
        release: For the file names.
        quarter_day: First day of the quarter; no edit begins later.

    Yields:
        File name and lines of each part; the parts must be taken in order.
    """
    codes = made_codes()
    share = -(-len(codes) // PARTS)
    for part in range(PARTS):
        firsts = codes[part * share : (part + 1) * share]
        lines = _ptp_lines(firsts, codes, pairs, Chance(seed * PARTS + part), quarter_day)
        yield f"{kind}-{release}-f{part + 1}.TXT", lines


def _ptp_lines(
    firsts: Sequence[str], codes: Sequence[str], pairs: int, chance: Chance, quarter_day: str
) -> Iterator[str]:
    yield _PREAMBLE
    # Column 2 codes are stepped through with gaps whose mean gives the wanted number of pairs.
    most = max(1, 2 * len(codes) * len(codes) // max(pairs, 1) - 1)
    for first in firsts:
        place = chance.below(most)
        while place < len(codes):
            if codes[place] != first:
                yield from _edit_lines(first, codes[place], chance, quarter_day)
            place += 1 + chance.below(most)


def _edit_lines(first: str, second: str, chance: Chance, quarter_day: str) -> Iterator[str]:
    kind = chance.below(100)
    mark = "*" if kind < 2 else ""
    began = "19960101" if kind < 10 else f"{1996 + chance.below(30)}{chance.below(4) * 3 + 1:02d}01"
    indicator = "0119"[chance.below(4)]
    reason = _RATIONALES[chance.below(len(_RATIONALES))]
    ended = "*"
    if kind >= 66:  # about a third of all edits has been deleted
        ended = began if kind >= 97 else f"{int(began[:4]) + chance.below(5)}1231"
    began = quarter_day if kind == 11 else min(began, quarter_day)
    ended = max(ended, began) if ended != "*" else ended
    yield f"{first}\t{second}\t{mark}\t{began}\t{ended}\t{indicator}\t{reason}\r\n"
    if kind == 66 and ended[:4] < "2025":  # deleted, and brought back later
        again = f"{int(ended[:4]) + 1}0401"
        yield f"{first}\t{second}\t\t{again}\t*\t1\t{reason}\r\n"


def made_mue(seed: int = 1, day: str = "10-01-2026") -> Iterator[tuple[str, Iterator[str]]]:
    """Make the MUE tables of the three settings: file name and lines of each."""
    for place, (name, words) in enumerate(_MUE_SETTINGS.items()):
        yield f"MCR_MUE_{name}_Eff_{day}.csv", _mue_lines(words, Chance(seed + place))


def _mue_lines(words: str, chance: Chance) -> Iterator[str]:
    yield '"Made up for tests:\nthe codes of this file mean nothing.",,,\r\n'
    yield (
        f'"HCPCS/\nCPT Code","{words} MUE Values","MUE Adjudication Indicator","MUE Rationale"\r\n'
    )
    for code in made_codes():
        if words.startswith("DME") and code < "A":
            continue
        if chance.below(10):
            units = 1 + chance.below(4) * chance.below(30)
            indicator = _MUE_INDICATORS[chance.below(4)]
            yield f"{code},{units},{indicator},Nature of Service/Procedure\r\n"
