"""National Provider Identifier: ten digits, the last a Luhn check over `80840` and the rest.

Source: 45 CFR 162.406; CMS, "Requirements for NPI and NPI check digit".
"""

_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_PREFIX_SUM = 24  # what the constant prefix 80840 adds to the Luhn sum


def compact(text: str) -> str:
    """Drop the blanks and hyphens that people type.

    >>> compact(" 1234-567893 ")
    '1234567893'
    """
    return text.replace("-", "").replace(" ", "").strip()


def check_digit(first_nine: str) -> str:
    """Compute the tenth digit.

    Args:
        first_nine: Nine ASCII digits.

    Raises:
        ValueError: Anything else.

    >>> check_digit("123456789")
    '3'
    """
    if len(first_nine) != 9 or not (first_nine.isascii() and first_nine.isdigit()):
        msg = "an NPI begins with nine digits"
        raise ValueError(msg)
    total = _PREFIX_SUM
    for position, char in enumerate(first_nine):
        total += int(char) if position % 2 else _DOUBLED[int(char)]
    return str(-total % 10)


def is_valid(text: str) -> bool:
    """Say whether the text is ten digits with a right check digit.

    >>> is_valid("1234567893"), is_valid("1234567890")
    (True, False)
    """
    ok = len(text) == 10 and text.isascii() and text.isdigit()
    return ok and check_digit(text[:9]) == text[9]


def format(text: str) -> str:  # noqa: A001  the five verbs of every identifier module
    """Write it as it is sent: ten digits without separators.

    >>> format("1234-567893")
    '1234567893'
    """
    return compact(text)
