"""Reason codes as data: which are no denials, what a denial is about, and who works on it next.

Source: the code sets of X12 (CARC, RARC) by number; category, action and field are our own
routing overlay. The complete dated lists are loaded as data by the code-set capability; the
numbers here decide only what is known at all.
"""

import msgspec

NON_DENIAL = frozenset(
    {"1", "2", "3", "23", "24", "44", "45", "59", "69", "70", "94", "131", "144", "161", "187"}
    | {"223", "225", "237", "247", "253"}
)
BUNDLING = frozenset({"97", "231", "234", "236"})
CAPITATED = frozenset({"24"})
INFORMATIONAL = frozenset({"246"})
DUPLICATE = "18"

_RANGES = """
1-16 18-24 26-27 29 31-35 39-40 44-45 49-51 53-56 58-61 66 69-70 74-76 78 85 89-91 94-97
100-112 114-119 121-122 125 128-140 142-144 146-155 157-161 163-167 169-190 192-195 197-216 219
222-229 231-254 256-305
"""
_LETTERED = """
A0 A1 A5 A6 A8 B1 B4 B7 B8 B9 B10 B11 B12 B13 B14 B15 B16 B20 B22 B23
"""


def _known() -> frozenset[str]:
    out = {*_LETTERED.split(), *(f"P{number}" for number in range(1, 33))}
    for part in _RANGES.split():
        first, _, last = part.partition("-")
        out.update(str(number) for number in range(int(first), int(last or first) + 1))
    return frozenset(out)


KNOWN_CARCS = _known()


class Route(msgspec.Struct, frozen=True, gc=False):
    """How a denial of one reason is worked.

    Args:
        category: What it is about.
        action: `FIX`, `APPEAL`, `NEXT`, `PATIENT`, `SEND`, `CRED`, `WAIT`, `CLOSE`, `POST`, `WO`.
        preventable: `Y` in house, `P` partly, `N` no, `-` no denial.
    """

    category: str
    action: str
    preventable: str


# codes | category | first action | preventable
_ROUTES = """
1 2|patient responsibility|NEXT|-
3|patient responsibility|PATIENT|P
4 5 6 9 10 11 107 146 181 182 189 199 A8 B15 B16|coding|FIX|Y
7|registration|FIX|Y
8|provider data|FIX|Y
15|authorization|FIX|Y
16 125|missing information|FIX|Y
18|duplicate|CLOSE|Y
19 20 21|coordination of benefits|NEXT|Y
22 109|coordination of benefits|NEXT|Y
23|coordination of benefits|POST|-
24|contract|POST|P
26 27 32 33 34 200|eligibility|PATIENT|Y
29|timely filing|APPEAL|Y
31 140|registration|FIX|Y
35 119|benefit limit|APPEAL|P
39|authorization|APPEAL|P
40|medical|APPEAL|N
45 59|contractual|POST|-
49|benefit|FIX|P
50|medical necessity|APPEAL|P
54|coding|APPEAL|Y
55 56|medical|APPEAL|P
58|coding|FIX|Y
96 204|benefit|FIX|P
97 231 236|bundling|FIX|Y
110|data|FIX|Y
112|documentation|APPEAL|P
129|coordination of benefits|FIX|Y
133|pended|WAIT|-
136|coordination of benefits|APPEAL|Y
138|appeal|APPEAL|Y
150 151|medical necessity|APPEAL|P
163 164 226 227 250 251 252|documentation|SEND|Y
165 288|referral|FIX|Y
167|benefit|FIX|P
170 171 172|provider data|FIX|Y
177|eligibility|PATIENT|N
183 184 185|credentialing|FIX|Y
190|coordination of benefits|NEXT|Y
197 198 210|authorization|APPEAL|Y
206 207 208|provider data|FIX|Y
234|bundling|WO|Y
237 253|contractual|POST|-
242 243|network|APPEAL|Y
246|reporting only|POST|-
256|contract|WO|P
272 273|benefit|APPEAL|P
275 276|coordination of benefits|POST|-
B7|credentialing|CRED|Y
B9|coordination of benefits|NEXT|Y
B11|coordination of benefits|WAIT|-
B13|duplicate|CLOSE|Y
B20|duplicate|APPEAL|P
B23|provider data|FIX|Y
"""
ROUTES: dict[str, Route] = {
    code: Route(category, action, preventable)
    for row in _ROUTES.strip().splitlines()
    for codes, category, action, preventable in [row.split("|")]
    for code in codes.split()
}
_BY_REMARK = Route("by remark", "FIX", "P")

# The field that a remark code names, for the reasons that say only "information is missing".
_FIELDS = """
M20 HCPCS|M44 condition|M45 occurrence|M46 span|M47 ICN|M49 value|M50 revenue|M51 procedure
M52 from date|M53 units|M54 total charge|M59 to date|M60 CMN|M62 auth|M64 other dx|M76 dx|M77 POS
M79 charge|M81 dx specificity|M119 NDC|M127 record|MA04 primary EOB|MA27 member id|MA61 member id
MA30 TOB|MA36 patient name|MA39 sex|MA40 admission date|MA43 status|MA63 principal dx
MA66 principal procedure|MA83 primary/secondary not stated|MA92 other plan|MA112 group practice
MA114 service location|MA120 CLIA|MA130 unprocessable|N4 prior EOB|N253 attending
N255 billing taxonomy|N256 billing name|N257 billing NPI|N264 ordering name|N265 ordering NPI
N285 referring name|N286 referring NPI|N288 rendering taxonomy|N290 rendering NPI
N297 supervising NPI|N382 patient id|N434 POA|N570 credentialing|N822 modifier|N823 modifier
"""
FIELDS: dict[str, str] = dict(
    item.split(" ", 1) for row in _FIELDS.strip().splitlines() for item in row.split("|")
)


class Denial(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """One denied amount of one line and what is to be done about it."""

    line: str | int
    group: str
    carc: str
    remarks: tuple[str, ...]
    field: str
    amount_cents: int
    category: str
    action: str


def is_denial(group: str, carc: str) -> bool:
    """Say whether an adjustment is a denial: not the patient's, and no ordinary reduction.

    >>> is_denial("CO", "45"), is_denial("CO", "16"), is_denial("PR", "204")
    (False, True, False)
    """
    return group != "PR" and carc not in NON_DENIAL


def route_of(carc: str) -> Route:
    """Give the route of a reason; an unlisted one is worked by its remark codes."""
    return ROUTES.get(carc, _BY_REMARK)


def field_of(remarks: tuple[str, ...]) -> str:
    """Name the field that the first telling remark points to; empty if none does.

    >>> field_of(("N130", "M53"))
    'units'
    """
    return next((FIELDS[code] for code in remarks if code in FIELDS), "")
