"""What a 277CA says of a finding: category, status and entity, as data.

A finding code may name its own statuses in the registry; for the others the place decides. Which
number a payer picks is the payer's choice, so a table may be handed in that goes before this one.
"""

from cleanclaim_x12.findings import Finding

# segment and element, or the segment alone: status code, then entity where it is always the same
_PLACES = {
    "BHT": "24:41", "PRV": "145", "SBR 1": "742", "SBR 5": "480:PR", "SBR 9": "480:PR",
    "SBR": "480:PR", "PAT": "156", "DMG 2": "158", "DMG 3": "157", "DMG": "158",
    "N3": "503", "N4 1": "502", "N4 2": "501", "N4 3": "500", "N4": "500",
    "CLM 1": "478", "CLM 2": "178", "CLM 5": "249", "CLM 11": "633", "CLM 20": "555", "CLM": "21",
    "HI": "255", "PWK": "489", "NTE": "704", "CR1": "428", "CR2": "186", "CL1": "231",
    "LX": "21", "SV1 1": "454", "SV1 2": "583", "SV1 4": "476", "SV1 5": "249", "SV1 7": "477",
    "SV1": "454", "SV2 1": "455", "SV2 2": "454", "SV2 3": "583", "SV2 5": "476", "SV2": "455",
    "SV3 1": "454", "SV3 2": "583", "SV3 11": "477", "SV3": "454", "TOO": "244", "LIN": "218",
    "CTP": "724", "SVD 1": "479", "SVD 2": "672", "SVD": "672", "CAS": "519", "AMT": "672",
    "OI": "21", "DTP": "187", "REF": "560", "PER": "21", "HL": "684", "NM1": "125",
}  # fmt: skip
_DATES = {"434": "188", "435": "189", "096": "190", "439": "727", "472": "187", "573": "516"}
_LOOP_ENTITY = {
    "2010AA": "85", "2000A": "85", "2010AB": "87", "2010BA": "IL", "2000B": "IL", "2010BB": "PR",
    "2010CA": "QC", "2000C": "QC", "2310B": "82", "2420A": "82", "2310C": "77", "2420C": "77",
    "2330A": "GB", "2330B": "PR",
}  # fmt: skip
_ENTITIES_WANTED = frozenset(("125", "145", "128", "500", "501", "502", "503", "158", "157", "560"))
_MISSING = frozenset(("1", "2", "3", "I6", "I9"))
_IDENTIFIER = {"IL": "164", "85": "562", "82": "562", "77": "562", "PR": "153", "QC": "164"}


def statuses_of(finding: Finding, own: dict[str, str] | None = None) -> list[str]:
    """Give the STC composites for a finding.

    Args:
        finding: What is wrong.
        own: The payer's table, by finding code, in the form `A7:562:85;A7:21`.

    Returns:
        One to three composites `category:status:entity`.
    """
    said = (own or {}).get(finding.code) or finding.status
    if said:
        return said.split(";")[:3]
    category = "A6" if finding.ack in _MISSING else "A8" if finding.snip == 3 else "A7"
    entity = _LOOP_ENTITY.get(finding.loop, "")
    key = f"{finding.segment} {finding.element}"
    status = _PLACES.get(key) or _PLACES.get(finding.segment, "21")
    if finding.segment == "NM1" and finding.element in (8, 9):
        status = _IDENTIFIER.get(entity, "560")
    status, _, fixed = status.partition(":")
    named = fixed or (entity if status in _ENTITIES_WANTED or finding.segment == "NM1" else "")
    return [f"{category}:{status}:{named}".rstrip(":")]
