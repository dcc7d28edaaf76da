"""Replaces what identifies people and organizations, and keeps everything that a reader needs.

A value becomes another of the same length and shape: digits stay digits, letters stay letters,
leading zeros stay. It is a permutation under a key, so equal values stay equal and different ones
different, within a file and over files. National provider identifiers and routing numbers keep a
right check digit, Medicare and CLIA numbers their form. The dates of a person move back together by
whole weeks, at most a year. Codes, amounts, states, delimiters and line breaks stay as they are.
"""

import hashlib
import hmac
import math
from collections.abc import Iterator
from datetime import timedelta

from cleanclaim_x12.snip.codes import is_laboratory_number, is_medicare_id
from cleanclaim_x12.syntax import DEFAULT_LIMITS, Kind, Limits, Run, read_runs
from cleanclaim_x12.syntax.reader import Source
from cleanclaim_x12.typed.values import format_date, parse_date

# segment: element (or element-component), what it is: i identifier, t text, r routing number
_TABLE = """
ISA 2i 4i 6i 8i 13i; IEA 2i; GS 2i 3i 6i; GE 2i; ST 2i; SE 2i; TA1 1i; BHT 3i; BGN 2i
N1 2t 4i; N2 1t 2t; N3 1t 2t; N4 1t; PER 2t 4i 6i 8i; REF 2i 3t 4-2i 4-4i 4-6i
CLM 1i; CLP 1i 7i; TRN 2i 3i 4i; SBR 3i 4t; BPR 7r 9i 10i 11i 13r 15i; SVD 1i
PLB 1i 3-2i 5-2i 7-2i 9-2i 11-2i 13-2i; NTE 2t; K3 1t; MSG 1t; STC 9i 12t; PWK 6i 7t
HCR 2i; AK1 2i; AK2 2i; CTX 1-2i; IK4 4t; AK4 4t; HCP 4i; PS1 1i; TS3 1i; RMR 2i; ENT 4i
SV1 1-7t; SV2 2-7t; SV3 1-7t; SVC 1-7t 6-7t; BIN 2t; BDS 3t; FRM 3t; CN1 4i; RDM 2t 3i; ADX 4i
"""
_CODES = frozenset(
    "HL PRV CUR PAT DMG DTP DTM PWK AMT CR1 CR2 CR3 CR5 CR6 CRC HI CL1 CAS OI MOA MIA LX SV5 QTY"
    " MEA LIN CTP LQ DN1 DN2 TOO SVC TS2 INS EQ EB III HSD AAA LS LE MPI UM AK9 IK3 IK5 AK3 AK5 HD"
    " EFI CAT OOI NM1 ACT COB IDC LUI ICM EC PLA LC".split()
)
_KINDS = (is_medicare_id, is_laboratory_number)
_PERSONS = frozenset({"IL", "QC", "74", "03"})


def _rules() -> dict[str, list[tuple[int, int, str]]]:
    rules: dict[str, list[tuple[int, int, str]]] = {}
    for row in _TABLE.replace(";", "\n").split("\n"):
        tag, *places = row.split() or [""]
        for place in places:
            element, _, component = place[:-1].partition("-")
            rules.setdefault(tag, []).append((int(element), int(component or 0), place[-1]))
    return rules


_RULES = _rules()


def anonymize(source: Source, key: bytes, limits: Limits = DEFAULT_LIMITS) -> Iterator[bytes]:
    """Give the file again, in pieces, with everything replaced that identifies.

    What cannot be read (text outside of interchanges) is left out: it could hold anything.

    Args:
        source: Bytes or a binary file.
        key: Whoever has it and a value can say what the value became.
        limits: What may be held at once.
    """
    cipher = _Cipher(key)
    state = _State(cipher)
    for run in read_runs(source, limits):
        if run.kind is Kind.GAP:
            yield run.text.encode("latin-1")
        elif run.kind is not Kind.JUNK and run.interchange is not None:
            yield state.rewrite(run).encode("latin-1")


class _State:
    """Whose dates are moved how far."""

    def __init__(self, cipher: "_Cipher") -> None:
        self.cipher = cipher
        self.weeks = 0
        self.is_in_claim = False

    def rewrite(self, run: Run) -> str:
        """Give the run's text with its line breaks and blanks."""
        assert run.interchange is not None  # noqa: S101 - holds by the caller
        delimiters = run.interchange.delimiters
        blanks, end = delimiters.blanks, delimiters.segment
        component = delimiters.component
        if run.is_binary or run.kind is Kind.ISA:
            pieces = [run.text.removesuffix(end)]
            last = end if run.text.endswith(end) else ""
        else:
            pieces, last = run.text.split(end), ""
        made = []
        for piece in pieces:
            body = piece.lstrip(blanks)
            tail = body[len(body.rstrip("\r\n")) :]
            body = body.rstrip("\r\n")
            lead = piece[: len(piece) - len(piece.lstrip(blanks))]
            if body:
                limit = 3 if run.is_binary else -1
                elements = body.split(delimiters.element, limit)
                self._segment(elements, component)
                body = delimiters.element.join(elements)
            made.append(lead + body + tail)
        return end.join(made) + last

    def _segment(self, e: list[str], component: str) -> None:
        """Replace in place."""
        tag = e[0]
        self.is_in_claim = (self.is_in_claim or tag == "CLM") and tag not in ("HL", "ST")
        if tag == "NM1":
            self._name(e)
        elif tag in ("DTP", "DTM", "DMG", "PAT", "INS"):
            e[1:] = [self._date(text) for text in e[1:]]
        elif tag == "N4" and len(e) > 3:
            e[3] = e[3][:3] + self.cipher.shape(e[3][3:])
        elif tag == "HI":
            e[1:] = [component.join(map(self._date, text.split(component))) for text in e[1:]]
        rules = _RULES.get(tag)
        if rules is None:
            if tag not in _CODES:
                e[1:] = map(self.cipher.shape, e[1:])
            return
        for at, sub, kind in rules:
            if at < len(e):
                e[at] = self._value(e[at], sub, kind, component)

    def _value(self, text: str, sub: int, kind: str, component: str) -> str:
        if sub:
            parts = text.split(component)
            if sub <= len(parts):
                parts[sub - 1] = self.cipher.shape(parts[sub - 1])
            return component.join(parts)
        return self.cipher.routing(text) if kind == "r" else self.cipher.identifier(text)

    def _name(self, e: list[str]) -> None:
        person = "".join(e[9:10]) or "".join(e[3:5])
        kind = "".join(e[1:2])
        if kind in _PERSONS and not (self.is_in_claim and kind == "IL"):
            self.weeks = self.cipher.weeks(person)
        for at in range(3, min(len(e), 8)):
            e[at] = self.cipher.shape(e[at])
        if len(e) > 9:
            e[9] = self.cipher.identifier(e[9])

    def _date(self, text: str) -> str:
        """Move a date CCYYMMDD, or both of a period; anything else stays."""
        start, dash, end = text.partition("-")
        if dash:
            return f"{self._date(start)}-{self._date(end)}"
        if len(text) not in (8, 12):
            return text
        try:
            day = parse_date(text[:8])
        except ValueError:
            return text
        if day is None or day.year < 2:
            return text
        return format_date(day - timedelta(weeks=self.weeks)) + text[8:]


class _Cipher:
    """A permutation of texts of one shape, under a key."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.kept: dict[str, str] = {}

    def weeks(self, person: str) -> int:
        """Give how many weeks the dates of a person go back, 1 to 52."""
        return self._number(f"weeks {person}", 52) + 1

    def identifier(self, text: str) -> str:
        """Replace an identifier; one that is right in its kind becomes another right one."""
        body = text.rstrip(" ")  # ISA pads
        if len(body) == 10 and body.isdigit() and body[0] in "12" and _luhn(body[:9]) == body[9]:
            nine = body[0] + self.shape(body[1:9])
            return nine + _luhn(nine)
        if len(body) == 10 and body.isdigit() and body[0] == "1":  # a payer: 1 and its tax number
            return "1" + self.shape(body[1:]) + text[len(body) :]
        made = self.shape(body)
        for is_right in _KINDS:
            while is_right(body) and not is_right(made):  # a permutation comes back to this kind
                made = self.shape(made)
        return made + text[len(body) :]

    def routing(self, text: str) -> str:
        """Replace a routing number and keep its check digit right."""
        if len(text) != 9 or not text.isdigit():
            return self.shape(text)
        eight = self.shape(text[:8])
        total = sum(int(c) * w for c, w in zip(eight, (3, 7, 1) * 3, strict=False))
        return eight + str(-total % 10)

    def shape(self, text: str) -> str:
        """Replace letters by letters and digits by digits; leading zeros stay."""
        found = self.kept.get(text)
        if found is None:
            if len(self.kept) > 1 << 16:
                self.kept.clear()
            found = self.kept[text] = self._permuted(text)
        return found

    def _permuted(self, text: str) -> str:
        alphabets = list(_alphabets(text))
        size = math.prod(map(len, alphabets))
        if size < 2:
            return text
        number = 0
        for char, alphabet in zip(text, alphabets, strict=True):
            number = number * len(alphabet) + alphabet.index(char)
        shape = "".join(alphabet[0] for alphabet in alphabets)
        while True:  # a permutation of a somewhat larger range, walked until it is back in this one
            number = self._feistel(number, size, shape)
            if number < size:
                break
        chars = []
        for alphabet in reversed(alphabets):
            number, at = divmod(number, len(alphabet))
            chars.append(alphabet[at])
        return "".join(reversed(chars))

    def _feistel(self, number: int, size: int, shape: str) -> int:
        half = math.isqrt(size - 1) + 1
        left, right = divmod(number, half)
        for turn in range(4):
            left, right = right, (left + self._number(f"{turn} {shape} {right}", half)) % half
        return left * half + right

    def _number(self, text: str, below: int) -> int:
        digest = hmac.new(self.key, text.encode(), hashlib.sha512).digest()
        return int.from_bytes(digest) % below


def _alphabets(text: str) -> Iterator[str]:
    """Give what may stand at each place of a text of this shape."""
    is_leading = True
    for char in text:
        if char in "0123456789":
            if is_leading:
                yield "0" if char == "0" else "123456789"
            else:
                yield "0123456789"
            is_leading = is_leading and char == "0"
            continue
        is_leading = is_leading and not char.isalpha()
        if "a" <= char <= "z":
            yield "abcdefghijklmnopqrstuvwxyz"
        elif "A" <= char <= "Z":
            yield "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        elif char > "~":  # a letter of another alphabet
            yield char if char < "\xa1" else "\xc0\xc1\xc8\xc9\xd2\xd3\xd9\xda" + char
        else:
            yield char


def _luhn(nine: str) -> str:
    """Give the check digit of an NPI: Luhn over 80840 and the nine digits."""
    total = 24
    for at, char in enumerate(reversed(nine)):
        doubled = int(char) * 2 if at % 2 == 0 else int(char)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
