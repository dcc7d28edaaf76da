"""A day's superbill of a made-up practice, with the flaws that real ones have."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from cleanclaim.kernel.money import format_cents
from cleanclaim.sandbox.services import SPECIALTIES, Service
from cleanclaim.sandbox.world import WorldPatient, WorldPractice, payer_by_id

# Shares of a day's encounters, in thousandths; the others are clean.
FLAWS = {
    "uncoded": 20,  # the coder has not seen it yet
    "bad_cell": 8,  # a cell can't be read
    "unknown_payer": 6,  # a payer nobody has confirmed
    "bad_diagnosis": 10,  # a code that is no longer valid
}


def write_superbill(
    seed: int, practice: WorldPractice, patients: list[WorldPatient], day: date, encounters: int
) -> str:
    """Write one day's encounters of a practice.

    Args:
        seed: Same seed, same bytes.
        practice: Who bills; its specialty decides the codes.
        patients: Each is seen once before any is seen again.
        day: Dates of service lie on the seven days before it.
        encounters: How many visits, each of two to six lines.

    Returns:
        CSV text in the layout of `cleanclaim bill --template`.
    """
    random = Random(f"superbill {seed} {practice.npi} {day}")  # noqa: S311  made up on purpose
    out = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for number in range(encounters):
        patient = patients[number % len(patients)]
        for row in _encounter(random, practice, patient, day, number):
            if writer is None:
                writer = csv.DictWriter(out, fieldnames=list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow(row)
    return out.getvalue()


def _encounter(
    random: Random, practice: WorldPractice, patient: WorldPatient, day: date, number: int
) -> Iterator[dict[str, str]]:
    specialty = SPECIALTIES[practice.specialty]
    provider = random.choice(practice.providers)
    count = random.randrange(1, 5)
    diagnoses = random.sample(specialty.diagnoses, count)
    services = [random.choice(specialty.visits)]
    services += random.sample(specialty.extras, random.randrange(1, 6))
    flaw = _flaw(random)
    head = {
        "encounter_number": f"{day:%y%m%d}-{number:06d}",
        "service_date": str(day - timedelta(days=random.randrange(1, 8))),
        "place_of_service": "11",
        "billing_npi": practice.npi,
        "rendering_npi": provider.npi,
        "rendering_last": provider.last,
        "rendering_first": provider.first,
        "referring_npi": provider.npi,
        "referring_last": provider.last,
        "referring_first": provider.first,
        **_patient(patient),
        **_coverages(patient),
        "diagnoses": " ".join(diagnoses),
    }
    if flaw == "unknown_payer":
        head["primary_payer_id"] = "88888"
        head["primary_payer_name"] = "PAYER NOBODY KNOWS"
    if flaw == "bad_diagnosis":
        head["diagnoses"] = "E1190"
    if flaw == "bad_cell":
        head["patient_birth_date"] = "14/2/80"
    for service in services:
        yield head | _line(random, service, len(head["diagnoses"].split()), flaw)


def _flaw(random: Random) -> str:
    point = random.randrange(1000)
    for name, share in FLAWS.items():
        point -= share
        if point < 0:
            return name
    return ""


def _patient(patient: WorldPatient) -> dict[str, str]:
    return {
        "patient_number": patient.number,
        "patient_last": patient.last,
        "patient_first": patient.first,
        "patient_birth_date": str(patient.birth_date),
        "patient_sex": patient.sex,
        "patient_address": patient.place.street,
        "patient_city": patient.place.city,
        "patient_state": patient.place.state,
        "patient_zip": patient.place.zip_code,
    }


def _coverages(patient: WorldPatient) -> dict[str, str]:
    row = {}
    for position, prefix in enumerate(("primary", "secondary")):
        payer_id, member_id = (*patient.coverages, ("", ""), ("", ""))[position]
        payer = payer_by_id(payer_id)
        row[f"{prefix}_payer_id"] = payer_id
        row[f"{prefix}_payer_name"] = payer.name if payer else ""
        row[f"{prefix}_filing_indicator"] = payer.filing_indicator if payer else ""
        row[f"{prefix}_member_id"] = member_id
    return row


def _line(random: Random, service: Service, diagnoses: int, flaw: str) -> dict[str, str]:
    if flaw == "uncoded":
        return dict.fromkeys(
            (
                *("procedure_code", "modifiers", "units", "charge", "diagnosis_pointers"),
                *("ndc", "ndc_quantity", "ndc_unit"),
            ),
            "",
        )
    count = random.randrange(1, min(diagnoses, 3) + 1)
    pointers = random.sample(range(1, diagnoses + 1), count)
    return {
        "procedure_code": service.code,
        "modifiers": service.modifier,
        "units": str(service.units),
        "charge": format_cents(service.charge_cents * service.units),
        "diagnosis_pointers": " ".join(str(pointer) for pointer in pointers),
        "ndc": service.ndc,
        "ndc_quantity": "1" if service.ndc else "",
        "ndc_unit": "ML" if service.ndc else "",
    }
