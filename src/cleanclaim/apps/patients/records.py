"""What is sealed: the records behind a patient's and a coverage's opaque ids."""

import msgspec

from cleanclaim.core.claim import Patient, Subscriber


class PatientRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A patient as claims name them, and the practice's number."""

    number: str
    patient: Patient
    phone: str = ""


class CoverageRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A coverage as claims name it."""

    subscriber: Subscriber
    group_number: str = ""
    group_name: str = ""
    plan_name: str = ""
    insurance_type_code: str = ""
