"""How codes look; a shape says which table knows a code, never that the code exists."""

import re

_CPT = re.compile(r"[0-9]{4}[0-9FTUMA]")
_CDT = re.compile(r"D[0-9]{4}")
_HCPCS = re.compile(r"[A-CE-V][0-9]{4}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](?:[0-9A-Z]{0,4})")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")


def is_cpt(code: str) -> bool:
    """Say whether a text looks like CPT: four digits and a digit, F, T, U, M or A.

    >>> is_cpt("99213"), is_cpt("0001F"), is_cpt("J1100")
    (True, True, False)
    """
    return _CPT.fullmatch(code) is not None


def is_cdt(code: str) -> bool:
    """Say whether a text looks like a dental code: D and four digits."""
    return _CDT.fullmatch(code) is not None


def is_hcpcs(code: str) -> bool:
    """Say whether a text looks like HCPCS level II without the dental codes."""
    return _HCPCS.fullmatch(code) is not None


def is_procedure(code: str) -> bool:
    """Say whether a text looks like any of CPT, CDT and HCPCS.

    >>> is_procedure("D0120"), is_procedure("X1234")
    (True, False)
    """
    return is_cpt(code) or is_cdt(code) or is_hcpcs(code)


def is_modifier(code: str) -> bool:
    """Say whether a text looks like a modifier: two letters or digits."""
    return _MODIFIER.fullmatch(code) is not None


def is_diagnosis(code: str) -> bool:
    """Say whether a text looks like ICD-10-CM without its point, header or code.

    >>> is_diagnosis("E119"), is_diagnosis("E11.9"), is_diagnosis("C7A00")
    (True, False, True)
    """
    return _DIAGNOSIS.fullmatch(code) is not None


def is_pcs(code: str) -> bool:
    """Say whether a text looks like ICD-10-PCS: seven characters without I and O.

    >>> is_pcs("0DTJ4ZZ"), is_pcs("0DTO4ZZ")
    (True, False)
    """
    return _PCS.fullmatch(code) is not None
