"""What kind of service a code is, by its number alone: the traits by which rules are chosen.

Code numbers only, no descriptions; the ranges are those of the public coverage and payment rules.
"""

from functools import cache


class Trait:
    """Properties of a claim or of one of its lines, one bit each; plain ints for speed."""

    EVER = 1 << 0
    PROFESSIONAL = 1 << 1
    INSTITUTIONAL = 1 << 2
    MEDICARE = 1 << 3
    NOT_FIRST_PAYER = 1 << 4
    CHANGES_EARLIER = 1 << 5
    SEVERAL_LINES = 1 << 6
    HISTORY = 1 << 7
    RESTRICTED = 1 << 8
    MODIFIER = 1 << 9
    BILATERAL = 1 << 10
    SIDE = 1 << 11
    UNBUNDLING = 1 << 12
    VISIT_MODIFIER = 1 << 13
    SPLIT_CARE = 1 << 14
    ASSISTANT = 1 << 15
    SURGEON_TEAM = 1 << 16
    MULTIPLE = 1 << 17
    TELEHEALTH = 1 << 18
    LOCUM = 1 << 19
    VISIT = 1 << 20
    OFFICE_VISIT = 1 << 21
    PREVENTIVE = 1 << 22
    CONSULTATION = 1 << 23
    PROLONGED = 1 << 24
    COMPLEXITY = 1 << 25
    ANESTHESIA = 1 << 26
    SURGERY = 1 << 27
    IMAGING = 1 << 28
    LABORATORY = 1 << 29
    PSYCHOTHERAPY = 1 << 30
    THERAPY = 1 << 31
    CHIROPRACTIC = 1 << 32
    DRUG = 1 << 33
    VACCINE = 1 << 34
    VACCINE_GIVING = 1 << 35
    AMBULANCE = 1 << 36
    EQUIPMENT = 1 << 37
    SCREENING = 1 << 38
    UNLISTED = 1 << 39
    NEW_PATIENT = 1 << 40
    ESTABLISHED = 1 << 41
    SEVERAL_PAYERS = 1 << 42
    PERMISSION = 1 << 43
    POLICY = 1 << 44
    PRICED = 1 << 45
    DRUG_CODE = 1 << 46
    MINUTES = 1 << 47


_RANGES: tuple[tuple[str, str, int], ...] = (
    ("00100", "01999", Trait.ANESTHESIA),
    ("10004", "69990", Trait.SURGERY),
    ("70010", "79999", Trait.IMAGING),
    ("80047", "89398", Trait.LABORATORY),
    ("0001U", "0999U", Trait.LABORATORY),
    ("90460", "90474", Trait.VACCINE_GIVING),
    ("90476", "90759", Trait.VACCINE),
    ("91300", "91323", Trait.VACCINE),
    ("90480", "90480", Trait.VACCINE_GIVING),
    ("90832", "90838", Trait.PSYCHOTHERAPY),
    ("92002", "92004", Trait.VISIT | Trait.NEW_PATIENT),
    ("92012", "92014", Trait.VISIT | Trait.ESTABLISHED),
    ("97010", "97799", Trait.THERAPY),
    ("98940", "98943", Trait.CHIROPRACTIC),
    ("99202", "99499", Trait.VISIT),
    ("99202", "99205", Trait.OFFICE_VISIT | Trait.NEW_PATIENT),
    ("99211", "99215", Trait.OFFICE_VISIT | Trait.ESTABLISHED),
    ("99242", "99245", Trait.CONSULTATION),
    ("99252", "99255", Trait.CONSULTATION),
    ("99341", "99345", Trait.NEW_PATIENT),
    ("99347", "99350", Trait.ESTABLISHED),
    ("99381", "99387", Trait.PREVENTIVE | Trait.NEW_PATIENT),
    ("99391", "99397", Trait.PREVENTIVE | Trait.ESTABLISHED),
    ("99417", "99418", Trait.PROLONGED),
    ("G2212", "G2212", Trait.PROLONGED),
    ("G0316", "G0318", Trait.PROLONGED),
    ("G2211", "G2211", Trait.COMPLEXITY),
    ("G0402", "G0402", Trait.VISIT | Trait.PREVENTIVE | Trait.SCREENING),
    ("G0438", "G0439", Trait.VISIT | Trait.PREVENTIVE | Trait.SCREENING),
    ("G0008", "G0010", Trait.VACCINE_GIVING),
    ("G0283", "G0283", Trait.THERAPY),
    ("G0101", "G0101", Trait.SCREENING),
    ("G0105", "G0105", Trait.SCREENING),
    ("G0121", "G0121", Trait.SCREENING),
    ("77063", "77063", Trait.SCREENING),
    ("77067", "77067", Trait.SCREENING),
    ("A0425", "A0436", Trait.AMBULANCE),
    ("E0100", "E8002", Trait.EQUIPMENT),
    ("K0001", "K0900", Trait.EQUIPMENT),
    ("L0112", "L9900", Trait.EQUIPMENT),
    ("J0120", "J9999", Trait.DRUG),
    ("Q5101", "Q5199", Trait.DRUG),
    ("A9500", "A9700", Trait.DRUG),
)

_MODIFIER_TRAITS: dict[str, int] = {
    "50": Trait.BILATERAL,
    "51": Trait.MULTIPLE,
    "LT": Trait.SIDE,
    "RT": Trait.SIDE,
    **dict.fromkeys(("59", "XE", "XP", "XS", "XU"), Trait.UNBUNDLING),
    **dict.fromkeys(("24", "25", "57"), Trait.VISIT_MODIFIER),
    **dict.fromkeys(("54", "55", "56"), Trait.SPLIT_CARE),
    **dict.fromkeys(("80", "81", "82", "AS"), Trait.ASSISTANT),
    **dict.fromkeys(("62", "66"), Trait.SURGEON_TEAM),
    **dict.fromkeys(("93", "95", "GT", "GQ", "FQ"), Trait.TELEHEALTH),
    **dict.fromkeys(("Q5", "Q6"), Trait.LOCUM),
}

# Unlisted procedures end on 99 in most families; the exceptions are ordinary services.
_LISTED_99 = frozenset({"99199", "99299", "99399", "99499"})
_MISCELLANEOUS = frozenset({"J3490", "J3590", "J9999", "E1399", "A9999", "L9900", "K0108"})


@cache
def code_traits(code: str) -> int:
    """Give the traits of a procedure code; the number of distinct codes bounds the memory.

    >>> code_traits("99213") == Trait.VISIT | Trait.OFFICE_VISIT | Trait.ESTABLISHED
    True
    """
    traits = 0
    for first, last, trait in _RANGES:
        if (
            len(code) == len(first)
            and first <= code <= last
            and code[-1:].isalpha() == (first[-1:].isalpha())
        ):
            traits |= trait
    unlisted = len(code) == 5 and code.isdigit() and code.endswith("99")
    if (unlisted and code not in _LISTED_99 and code >= "10000") or code in _MISCELLANEOUS:
        traits |= Trait.UNLISTED
    return traits


@cache
def modifier_traits(modifiers: tuple[str, ...]) -> int:
    """Give the traits that modifiers add to their line."""
    traits = Trait.MODIFIER if modifiers else 0
    for modifier in modifiers:
        traits |= _MODIFIER_TRAITS.get(modifier, 0)
    return traits


# NUCC taxonomy codes by their beginning; allopathic and osteopathic physicians begin with 20.
_TAXONOMY_KINDS = (
    ("20", "physician"),
    ("363A", "pa"),
    ("363L", "np"),
    ("364S", "cns"),
    ("367A", "cnm"),
    ("3675", "crna"),
    ("2251", "therapist"),
    ("225X", "therapist"),
    ("235Z", "therapist"),
)


@cache
def taxonomy_kind(code: str) -> str:
    """Give the kind of provider that a taxonomy code says; empty where no rule asks for it.

    >>> taxonomy_kind("363A00000X"), taxonomy_kind("207Q00000X"), taxonomy_kind("111N00000X")
    ('pa', 'physician', '')
    """
    return next((kind for first, kind in _TAXONOMY_KINDS if code.startswith(first)), "")
