"""FHIR bundles: what is billed is read, what must be coded waits, what is missing is named."""

import json
import os
from pathlib import Path

import pytest

from cleanclaim.core.intake import read_fhir_bundle

SAMPLES = Path(os.environ.get("CLEANCLAIM_SAMPLES", "../shared/samples")) / "fhir/synthea"
PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": "Alder", "given": ["Ruth"]}],
    "gender": "female",
    "birthDate": "1980-02-14",
    "address": [
        {"line": ["9 Sample St"], "city": "Quincy", "state": "Ohio", "postalCode": "43085"}
    ],
}
ENCOUNTER = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"code": "AMB"},
    "subject": {"reference": "Patient/p1"},
    "period": {"start": "2026-03-02T09:00:00Z"},
}


def coded(kind: str, system: str, code: str) -> dict[str, object]:
    concept = {"coding": [{"system": system, "code": code, "display": "words"}]}
    return {
        "resourceType": kind,
        "id": code,
        "encounter": {"reference": "Encounter/e1"},
        "code": concept,
    }


def bundle(*resources: dict[str, object]) -> bytes:
    entries = [{"fullUrl": "", "resource": resource} for resource in resources]
    return json.dumps({"resourceType": "Bundle", "entry": entries}).encode()


def test_codes_that_are_billed_are_read_and_others_wait_for_a_coder():
    intake = read_fhir_bundle(
        bundle(
            PATIENT,
            ENCOUNTER,
            coded("Condition", "http://hl7.org/fhir/sid/icd-10-cm", "E11.9"),
            coded("Condition", "http://snomed.info/sct", "195662009"),
            coded("Procedure", "http://www.ama-assn.org/go/cpt", "99213"),
        )
    )
    (draft,) = intake.drafts
    assert [item.code for item in draft.diagnoses] == ["E119"]
    assert [line.procedure_code for line in draft.lines] == ["99213"]
    assert [item.code for item in draft.source_codes] == ["195662009"]
    assert (draft.patient.sex, draft.place_of_service) == ("F", "11")
    assert draft.patient.address
    assert draft.patient.address.state == "OH"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "planned"}, "status is planned"),
        ({"subject": {"reference": "Patient/none"}}, "patient is not in the bundle"),
        ({"period": None}, "period.start"),
    ],
)
def test_an_encounter_that_lacks_something_is_refused_by_name(change, words):
    intake = read_fhir_bundle(bundle(PATIENT, ENCOUNTER | change))
    assert not intake.drafts
    assert intake.refused[0].place == "Encounter/e1"
    assert words in intake.refused[0].message
    assert (intake.given, intake.refused_rows) == (1, 1)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"resourceType": "Patient"}', b"\xff"])
def test_what_is_no_bundle_is_refused_whole(content):
    assert read_fhir_bundle(content).refused[0].code == "INTAKE-BUNDLE"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_every_public_patient_becomes_encounters_that_wait_for_coding():
    for path in SAMPLES.glob("*.json"):
        intake = read_fhir_bundle(path.read_bytes())
        assert intake.drafts or path.name.startswith(("hospital", "practitioner")), path.name
        assert intake.given == len(intake.drafts) + intake.refused_rows
        assert not any(draft.is_coded for draft in intake.drafts)
