"""Keyed fingerprints that patients and coverages are found by; each column has its own."""

from cleanclaim.core.claim import PersonName
from cleanclaim.platform.sealed.keyset import blind_index


def number_key(practice_id: int, number: str) -> bytes:
    """Fingerprint the practice's number of a patient."""
    return blind_index("patient.number", f"{practice_id}|{number.strip().upper()}")


def name_key(practice_id: int, name: PersonName, birth_date: object) -> bytes:
    """Fingerprint last name and birth date; letters' case and blanks do not count."""
    last = "".join(name.last.upper().split())
    return blind_index("patient.name", f"{practice_id}|{last}|{birth_date}")


def member_key(practice_id: int, member_id: str) -> bytes:
    """Fingerprint a member id; blanks and hyphens do not count."""
    compact = member_id.upper().replace(" ", "").replace("-", "")
    return blind_index("coverage.member", f"{practice_id}|{compact}")
