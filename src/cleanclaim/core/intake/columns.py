"""The columns of a superbill: one table for the reader, the template and the manual."""

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its head, whether a row needs it, whether it belongs to the encounter."""

    name: str
    meaning: str
    is_required: bool = False
    is_of_line: bool = False


_COVERAGE = [
    ("payer_id", "the payer's identifier in the exchange; empty: no such coverage"),
    ("payer_name", "the payer's name, needed when the payer is new here"),
    ("filing_indicator", "CI, BL, MB, MC, HM, WC ...; CI where it is empty"),
    ("member_id", "the member's identifier; needed with a payer"),
    ("group_number", "the group or policy number"),
    ("relationship", "patient to subscriber: 18 self (where empty), 01 spouse, 19 child, G8 other"),
    ("subscriber_last", "the subscriber's last name; needed when the patient is another person"),
    ("subscriber_first", "the subscriber's first name"),
]

COLUMNS = (
    Column("encounter_number", "your number of the visit; the rows of a visit share it", True),
    Column("service_date", "day of service, 2026-01-31", True, True),
    Column("place_of_service", "two digits: 11 office, 22 outpatient, 02 or 10 telehealth", True),
    Column("billing_npi", "NPI of the practice that bills", True),
    Column("rendering_npi", "NPI of the provider who gave the service", True),
    Column("rendering_last", "last name, needed when the provider is new here"),
    Column("rendering_first", "first name, needed when the provider is new here"),
    Column("referring_npi", "NPI of the referring provider"),
    Column("referring_last", "needed with a referring NPI"),
    Column("referring_first", "needed with a referring NPI"),
    Column("patient_number", "your number of the patient", True),
    Column("patient_last", "last name", True),
    Column("patient_first", "first name", True),
    Column("patient_middle", "middle name"),
    Column("patient_birth_date", "birth date, 1980-01-31", True),
    Column("patient_sex", "F, M or U", True),
    Column("patient_address", "street and number"),
    Column("patient_address_2", "second line of the address"),
    Column("patient_city", "needed with an address"),
    Column("patient_state", "two letters, needed with an address"),
    Column("patient_zip", "five or nine digits, needed with an address"),
    *(Column(f"primary_{name}", meaning) for name, meaning in _COVERAGE),
    *(Column(f"secondary_{name}", meaning) for name, meaning in _COVERAGE),
    Column("diagnoses", "ICD-10-CM codes, principal first, blanks between; empty: to be coded"),
    Column("procedure_code", "CPT or HCPCS; empty: to be coded", False, True),
    Column("modifiers", "up to four, blanks between", False, True),
    Column("units", "number of units, 1 where empty", False, True),
    Column("unit_code", "UN units (where empty) or MJ minutes", False, True),
    Column("charge", "charge of the whole line, 125.00; needed with a code", False, True),
    Column("diagnosis_pointers", "A B or 1 2, most important first; A where empty", False, True),
    Column("ndc", "eleven digits, for a drug", False, True),
    Column("ndc_quantity", "needed with an NDC", False, True),
    Column("ndc_unit", "UN, ML, GR, F2 or ME; needed with an NDC", False, True),
    Column("self_pay_restricted", "Y: paid by the patient, must reach no plan", False, True),
    Column("prior_authorization_number", "the payer's authorization number"),
    Column("referral_number", "the referral's number"),
    Column("related_cause", "AA auto accident, EM employment, OA other accident"),
    Column("accident_date", "day of the accident"),
    Column("accident_state", "state of an auto accident"),
    Column("patient_paid", "paid by the patient at the visit"),
)

REQUIRED = tuple(column.name for column in COLUMNS if column.is_required)
ENCOUNTER_COLUMNS = tuple(column.name for column in COLUMNS if not column.is_of_line)
