"""What made-up providers do: kinds of visit with codes, usual charges and fitting diagnoses.

Codes only, no descriptions. Charges are made up; allowed amounts are a payer's share of them.
"""

from typing import NamedTuple


class Service(NamedTuple):
    """One code a specialty bills: charge of a unit in cents, usual units, modifier, drug if any."""

    code: str
    charge_cents: int
    units: int = 1
    modifier: str = ""
    ndc: str = ""


class Specialty(NamedTuple):
    """A specialty: the visit codes come first on a claim, the others are added to them."""

    taxonomy_code: str
    visits: tuple[Service, ...]
    extras: tuple[Service, ...]
    diagnoses: tuple[str, ...]


FAMILY = Specialty(
    "207Q00000X",
    (
        Service("99212", 9850, 1, "25"),
        Service("99213", 15640, 1, "25"),
        Service("99214", 21545, 1, "25"),
        Service("99215", 29835, 1, "25"),
    ),
    (
        Service("36415", 1235),
        Service("80053", 4890),
        Service("80061", 5515),
        Service("81002", 1480),
        Service("83036", 4785),
        Service("85025", 3425),
        Service("87880", 5125),
        Service("93000", 6240),
        Service("94010", 7815),
        Service("96372", 5575, 1, "59"),
        Service("J1885", 925, 2, "", "99999088501"),
        Service("J3420", 615, 1, "", "99999342001"),
    ),
    ("E119", "I10", "E785", "J069", "R0602", "M545", "K219", "F411", "J029", "N390", "R5383"),
)

ORTHOPEDICS = Specialty(
    "207X00000X",
    (
        Service("99203", 24310, 1, "25"),
        Service("99213", 17120, 1, "25"),
        Service("99214", 23875, 1, "25"),
    ),
    (
        Service("20610", 23675),
        Service("29881", 312450),
        Service("73030", 8935),
        Service("73562", 9480),
        Service("97110", 7245, 2),
        Service("J3301", 1465, 4, "", "99999330101"),
        Service("L1830", 14590),
    ),
    ("M1711", "M1712", "M25561", "M25562", "S83241A", "M7541", "M7542"),
)

CARDIOLOGY = Specialty(
    "207RC0000X",
    (
        Service("99204", 34225, 1, "25"),
        Service("99214", 24960, 1, "25"),
        Service("99215", 33380, 1, "25"),
    ),
    (
        Service("93000", 7120),
        Service("93015", 41575),
        Service("93306", 98640),
        Service("93880", 61235),
        Service("36415", 1235),
        Service("80061", 5515),
        Service("83880", 8815),
    ),
    ("I2510", "I480", "I5032", "I10", "R079", "R002", "E785"),
)

SPECIALTIES = (FAMILY, ORTHOPEDICS, CARDIOLOGY)
