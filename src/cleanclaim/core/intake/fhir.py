"""FHIR R4 bundles: each finished Encounter becomes a draft, coded only where its codes are ours.

SNOMED and CVX are not what is billed; they are kept for the coder, and nothing is guessed.
Source: HL7 FHIR R4 (4.0.1), resources Bundle, Patient, Encounter, Condition, Procedure, Coverage.
"""

from collections import defaultdict
from datetime import date

import msgspec

from cleanclaim.core.claim import (
    Address,
    ClaimLine,
    Coverage,
    Diagnosis,
    Patient,
    Payer,
    PersonName,
    Provider,
    Subscriber,
)
from cleanclaim.core.intake.draft import BY_NAME, EncounterDraft, Intake, SourceCode
from cleanclaim.core.intake.resources import (
    KINDS,
    Bundle,
    ClaimResource,
    Coded,
    Coding,
    Concept,
    CoverageResource,
    Encounter,
    Head,
    Organization,
    Person,
    Reference,
    Resource,
)
from cleanclaim.core.intake.states import state_code
from cleanclaim.kernel import npi
from cleanclaim.kernel.finding import Finding, Severity

_NPI = "http://hl7.org/fhir/sid/us-npi"
_DIAGNOSES = "http://hl7.org/fhir/sid/icd-10-cm"
_PROCEDURES = (
    "http://www.ama-assn.org/go/cpt",
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs",
)
_UNINSURED = frozenset({"", "NO_INSURANCE", "NONE", "SELF-PAY"})
_SEX = {"male": "M", "female": "F"}
_PLACES = {"AMB": "11", "EMER": "23", "IMP": "21", "ACUTE": "21", "HH": "12", "VR": "02"}


class _MissingError(Exception):
    """The encounter lacks something without which it is nobody's encounter."""


def read_fhir_bundle(content: bytes) -> Intake:
    """Read a bundle's encounters.

    Args:
        content: JSON of one Bundle.

    Returns:
        One draft for each finished encounter; the others are refused with the resource's id as
        place. Content that is no bundle is refused as a whole, counted as one.

    >>> read_fhir_bundle(b"[]").refused[0].code
    'INTAKE-BUNDLE'
    """
    try:
        reader = _Reader(msgspec.json.decode(content, type=Bundle))
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        wrong = _finding("INTAKE-BUNDLE", "file", f"no FHIR bundle: {error}", "a Bundle in JSON")
        return Intake(given=1, drafts=(), refused=(wrong,), refused_rows=1)
    drafts, refused = [], []
    for place, encounter in enumerate(reader.encounters, 1):
        try:
            drafts.append(reader.draft(encounter, place))
        except _MissingError as error:
            name = f"Encounter/{encounter.id}"
            refused.append(_finding("INTAKE-RESOURCE", name, str(error), "a finished encounter"))
    if not reader.encounters:
        wrong = _finding("INTAKE-BUNDLE", "file", "it holds no encounter", "an Encounter")
        return Intake(given=1, drafts=(), refused=(wrong,), refused_rows=1)
    return Intake(
        given=len(reader.encounters),
        drafts=tuple(drafts),
        refused=tuple(refused),
        refused_rows=len(refused),
    )


def _finding(code: str, place: str, wrong: str, expected: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.BLOCKS,
        place=place,
        message=f"{place[:1].upper()}{place[1:]} is refused: {wrong}.",
        expected=expected,
    )


class _Reader:
    """The bundle with its resources by reference and by encounter."""

    def __init__(self, bundle: Bundle) -> None:
        self.by_reference: dict[str, Resource] = {}
        self.encounters: list[Encounter] = []
        self.coded: dict[int, list[tuple[str, Coded]]] = defaultdict(list)
        self.coverage_resources: list[CoverageResource] = []
        self.named_payers: dict[int, list[str]] = defaultdict(list)
        claims: list[ClaimResource] = []
        coded: list[tuple[str, Coded]] = []
        for entry in bundle.entry:
            kind = msgspec.json.decode(entry.resource, type=Head).resource_type
            if kind not in KINDS:
                continue
            resource = msgspec.json.decode(entry.resource, type=KINDS[kind])
            self.by_reference[entry.full_url] = resource
            self.by_reference[f"{kind}/{resource.id}"] = resource
            if isinstance(resource, Encounter):
                self.encounters.append(resource)
            elif isinstance(resource, Coded):
                coded.append((kind, resource))
            elif isinstance(resource, CoverageResource):
                self.coverage_resources.append(resource)
            elif isinstance(resource, ClaimResource):
                claims.append(resource)
        for claim in claims:
            self.name_payers(claim)
        for kind, resource in coded:
            self.coded[id(self.target(resource.encounter))].append((kind, resource))

    def name_payers(self, claim: ClaimResource) -> None:
        names = [one.coverage.display for one in claim.insurance if one.coverage]
        for item in claim.item:
            for reference in item.encounter:
                self.named_payers[id(self.target(reference))] += names

    def target(self, reference: Reference | None) -> Resource | None:
        return self.by_reference.get(reference.reference) if reference else None

    def draft(self, encounter: Encounter, place: int) -> EncounterDraft:
        if encounter.status != "finished":
            raise _MissingError(f"its status is {encounter.status or 'not given'}, not finished")
        who = self.target(encounter.subject)
        if not isinstance(who, Person):
            raise _MissingError("its patient is not in the bundle")
        patient = _patient(who)
        day = _day(encounter.period.start if encounter.period else "", "period.start")
        codings = [
            (kind, coding)
            for kind, resource in self.coded[id(encounter)]
            for coding in _codings(resource.code or resource.vaccine_code)
        ]
        codings += [("Encounter", item) for concept in encounter.type for item in _codings(concept)]
        return EncounterDraft(
            number=encounter.id,
            patient_number=_record_number(who),
            billing_npi=_npi(self.target(encounter.service_provider)),
            rendering=self.rendering(encounter),
            patient=patient,
            coverages=tuple(self.coverages(who, patient) or self.named(encounter, patient)),
            service_date=day,
            place_of_service=_PLACES.get(encounter.class_.code if encounter.class_ else "", ""),
            diagnoses=tuple(
                Diagnosis(code=coding.code.replace(".", ""))
                for _, coding in codings
                if coding.system == _DIAGNOSES
            ),
            lines=tuple(
                ClaimLine(
                    line_number=str(number), procedure_code=code, charge_cents=0, service_date=day
                )
                for number, code in enumerate(
                    [coding.code for _, coding in codings if coding.system in _PROCEDURES], 1
                )
            ),
            places=(place,),
            place_word="encounter",
            is_priced=False,
            source_codes=tuple(
                SourceCode(coding.system, coding.code, f"{kind}: {coding.display}")
                for kind, coding in codings
                if coding.system not in (_DIAGNOSES, *_PROCEDURES)
            ),
        )

    def rendering(self, encounter: Encounter) -> Provider:
        for participant in encounter.participant:
            person = self.target(participant.individual)
            if isinstance(person, Person) and person.name:
                first = " ".join(person.name[0].given)
                return Provider(npi=_npi(person), name=person.name[0].family, first=first)
        return Provider(npi="", name="")

    def coverages(self, who: Person, patient: Patient) -> list[Coverage]:
        found: list[Coverage] = []
        for resource in self.coverage_resources:
            payer = resource.payor[0] if resource.payor else None
            if self.target(resource.beneficiary) is not who or payer is None:
                continue
            organization = self.target(payer)
            name = organization.name if isinstance(organization, Organization) else payer.display
            found.append(_coverage(len(found) + 1, name, resource.subscriber_id, patient))
        return found

    def named(self, encounter: Encounter, patient: Patient) -> list[Coverage]:
        """Give the payers that the chart's own claims name, where it keeps no coverages."""
        names = dict.fromkeys(self.named_payers[id(encounter)])
        known = [name for name in names if name.upper() not in _UNINSURED]
        return [_coverage(rank, name, "", patient) for rank, name in enumerate(known, 1)]


def _coverage(rank: int, name: str, member_id: str, patient: Patient) -> Coverage:
    """Make a coverage by the payer's name; its identifier a person has to give."""
    return Coverage(
        rank=rank,
        payer=Payer(payer_id=BY_NAME + name.lower(), name=name, filing_indicator="CI"),
        subscriber=Subscriber(
            name=patient.name,
            member_id=member_id,
            birth_date=patient.birth_date,
            sex=patient.sex,
            address=patient.address,
        ),
    )


def _patient(resource: Person) -> Patient:
    if not resource.name or not resource.name[0].family:
        raise _MissingError("its patient has no name")
    name = resource.name[0]
    address = resource.address[0] if resource.address else None
    return Patient(
        name=PersonName(last=name.family, first=" ".join(name.given)),
        birth_date=_day(resource.birth_date, "the patient's birthDate"),
        sex=_SEX.get(resource.gender, "U"),
        address=Address(
            line_1=address.line[0] if address.line else "",
            city=address.city,
            state=state_code(address.state),
            zip_code=address.postal_code.replace("-", ""),
        )
        if address
        else None,
    )


def _record_number(patient: Person) -> str:
    for item in patient.identifier:
        if any(coding.code == "MR" for coding in _codings(item.type)):
            return item.value
    return patient.id


def _npi(resource: Resource | None) -> str:
    values = [item.value for item in resource.identifier if item.system == _NPI] if resource else []
    return values[0] if values and npi.is_valid(values[0]) else ""


def _codings(concept: Concept | None) -> list[Coding]:
    return concept.coding if concept else []


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _MissingError(f"{name} is not a day") from None
