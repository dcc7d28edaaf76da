"""How values of each type are written, as regular expressions without delimiters."""

from functools import cache

from cleanclaim_x12.syntax import Delimiters

_YEARS = "(?:1[89]|2[0-9]|99)"
_DAYS = (
    "(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP_YEARS = "(?:0[48]|[2468][048]|[13579][26])"
DATE = f"(?:{_YEARS}[0-9]{{2}}{_DAYS}|(?:{_YEARS}{_LEAP_YEARS}|2[048]00)0229)"
SHORT_DATE = f"(?:[0-9]{{2}}{_DAYS}|(?:{_LEAP_YEARS}|00)0229)"  # YYMMDD
SHORT_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9]"
TIME = f"{SHORT_TIME}(?:[0-5][0-9](?:[0-9]{{1,2}})?)?"
NUMBER = r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)"
LOOSE_NUMBER = r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
PERIODS = {
    "D8": DATE,
    "RD8": f"{DATE}-{DATE}",
    "DT": DATE + SHORT_TIME,
    "TM": SHORT_TIME,
    "TS": DATE + TIME,
    "D6": "[0-9]{6}",
}


@cache
def text_class(delimiters: Delimiters, *, blank: bool) -> str:
    """Give the character class of text: the printable characters that are no delimiter."""
    taken = delimiters.element + delimiters.component + delimiters.repetition + delimiters.segment
    ranges = ""
    first = 0x20 if blank else 0x21
    for cut in sorted({ord(char) for char in taken if " " < char <= "~"} | {0x7F}):
        if cut > first:
            ranges += f"\\x{first:02x}-\\x{cut - 1:02x}"
        first = cut + 1
    return f"[{ranges}]"
