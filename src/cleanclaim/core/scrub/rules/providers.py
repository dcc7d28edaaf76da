"""Providers: credentials with the payer, identifiers, supervision, substitutes."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanclaim.core.claim import Provider
from cleanclaim.core.codes.release import Table
from cleanclaim.core.codes.tables import Missing
from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.facts import CredentialingSpan
from cleanclaim.core.scrub.fixes import add_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait
from cleanclaim.kernel import npi

NPI_SOURCE = "45 CFR 162.406; NPPES"
INCIDENT_TO = "42 CFR 410.26"
_TAXONOMY = re.compile(r"[0-9A-Z]{9}X")
LOCUM_DAYS = 60
OFFICE_PLACE = "11"
VIRTUAL_NOT_FOR = frozenset({"010", "090"})


_is_npi = lru_cache(10_000)(npi.is_valid)


def _providers(case: Case) -> list[tuple[str, Provider]]:
    """Give every provider of the claim once, with the place where it stands."""
    return case.once("providers", _listed_providers)


def _listed_providers(case: Case) -> list[tuple[str, Provider]]:
    claim = case.claim
    found: list[tuple[str, Provider | None]] = [
        ("billing", claim.billing),
        ("rendering", claim.rendering),
        ("referring", claim.referring),
        ("supervising", claim.supervising),
    ]
    for row in case.rows:
        line = row.line
        found += [
            (row.place("rendering"), line.rendering),
            (row.place("ordering"), line.ordering),
            (row.place("referring"), line.referring),
            (row.place("supervising"), line.supervising),
        ]
    return [(place, provider) for place, provider in found if provider is not None]


def _is_effective(case: Case, spans: list[CredentialingSpan]) -> bool:
    first = min(row.dos for row in case.rows)
    last = max(row.end for row in case.rows)
    return any(
        span.status == "effective"
        and (span.effective_date is None or span.effective_date <= first)
        and (span.end_date is None or last <= span.end_date)
        for span in spans
    )


@rule("PRV-001", "Rendering provider not active with the payer", BLOCKS, "credentialing spans")
def not_credentialed(case: Case) -> Iterator[Hit]:
    """Find rendering providers without an effective span for the payer on the day of service."""
    spans = case.context.spans
    if spans is None:
        return
    payer_id = case.coverage.payer.payer_id
    seen: set[str] = set()
    for row in case.rows:
        number = case.rendering(row).npi
        if number in seen or not number:
            continue
        seen.add(number)
        theirs = [span for span in spans if span.npi == number and span.payer_id == payer_id]
        if not _is_effective(case, theirs):
            place = row.place("rendering") if row.line.rendering else "rendering"
            yield Hit(
                place,
                f"Line {row.number}: NPI {number} is not active with this payer on {row.dos}. "
                "Hold the claim, name another rendering provider if true, or ask for a retroactive "
                "date.",
                "an effective span",
                number,
            )


@rule(
    "PRV-002",
    "Provider's identifiers",
    BLOCKS,
    f"{NPI_SOURCE}; NUCC taxonomy",
    needs=(Table.TAXONOMY,),
)
def identifiers(case: Case) -> Iterator[Hit]:
    """Find missing and wrong NPIs and taxonomy codes."""
    for place, provider in _providers(case):
        if not _is_npi(provider.npi) and not (provider.other_id and not provider.npi):
            yield Hit(
                f"{place}.npi",
                f"{place}: the NPI {provider.npi or '(none)'} is missing or has a wrong check "
                "digit. Correct the provider's record.",
                "ten digits with a right check digit",
                provider.npi,
            )
        code = provider.taxonomy_code
        if not code:
            continue
        answer = case.answer(Table.TAXONOMY, case.tables.taxonomy, code, case.dos)
        if case.known(Table.TAXONOMY, answer) is not None:
            continue
        unchecked = isinstance(answer, Missing) and answer.is_unchecked
        if not (unchecked and _TAXONOMY.fullmatch(code)):
            yield Hit(
                f"{place}.taxonomy_code",
                f"{place}: taxonomy {code} is not in the list of {case.dos}. Correct the "
                "provider's record.",
                "a NUCC taxonomy code",
                code,
            )


@rule(
    "PRV-003",
    "Rendering provider missing",
    BLOCKS,
    "837P, 2310B",
    when=Trait.PROFESSIONAL,
)
def no_rendering(case: Case) -> Iterator[Hit]:
    """Find professional claims of a group that name nobody who rendered a line."""
    claim = case.claim
    if claim.billing.is_person or claim.rendering or not case.payer.requires_rendering:
        return
    for row in case.rows:
        if row.line.rendering is None:
            yield Hit(
                "rendering",
                f"Line {row.number}: a group bills, and nobody is named as rendering {row.code}. "
                "Add the rendering provider.",
                "a rendering provider",
            )
            return


@rule(
    "PRV-004", "NPI deactivated or of the other kind", BLOCKS, NPI_SOURCE, needs=(Table.PROVIDER,)
)
def registry(case: Case) -> Iterator[Hit]:
    """Find providers whom the registry has deactivated, or knows as a person or organization."""
    for place, provider in _providers(case):
        if not _is_npi(provider.npi):
            continue
        facts = case.context.providers.get(provider.npi)
        if facts is not None:
            gone, is_person = facts.is_deactivated, facts.is_person
        else:
            answer = case.answer(Table.PROVIDER, case.tables.provider, provider.npi, case.dos)
            record = case.known(Table.PROVIDER, answer)
            gone = answer is Missing.NOT_ON_DAY
            is_person = record.entity_type == "1" if record else provider.is_person
        if not gone and is_person == provider.is_person:
            continue
        kind = "a person" if is_person else "an organization"
        problem = "is deactivated" if gone else f"belongs to {kind}"
        yield Hit(
            f"{place}.npi",
            f"{place}: NPI {provider.npi} {problem} in the registry. Correct the provider's "
            "record.",
            "" if gone else kind,
            provider.npi,
        )


@rule("PRV-005", "Enrollment not active", BLOCKS, "enrollments with payer and clearinghouse")
def not_enrolled(case: Case) -> Iterator[Hit]:
    """Find claims whose electronic enrollment with the payer isn't active."""
    if case.context.enrolled is False:
        yield Hit(
            "billing",
            "The enrollment of this billing provider for electronic claims with this payer is not "
            "active. Send on paper, or wait for it.",
            "an active enrollment",
        )


@rule(
    "INC-001",
    "Not incident-to",
    BLOCKS,
    INCIDENT_TO,
    when=Trait.MEDICARE,
    needs=(Table.PHYSICIAN_FEE,),
)
def incident_to(case: Case) -> Iterator[Hit]:
    """Find services billed under a physician that another had to bill."""
    visit = case.visit
    if not visit.incident_to or not case.is_medicare:
        return
    for row in case.rows:
        fee = case.fee_of(row)
        if row.is_a(Trait.NEW_PATIENT):
            why = "the patient is new"
        elif visit.is_new_problem:
            why = "the problem is new"
        elif not visit.supervision:
            why = "no physician supervised"
        elif row.pos != OFFICE_PLACE:
            why = f"the place of service is {row.pos}"
        elif visit.supervision == "virtual" and fee and fee.global_days in VIRTUAL_NOT_FOR:
            why = f"{row.code} needs the supervisor present"
        else:
            continue
        yield Hit(
            row.place("rendering"),
            f"Line {row.number}: {row.code} is not incident-to, because {why}. Bill it under the "
            "person who rendered it (85 %).",
            "the person who rendered it",
        )


@rule("SPL-001", "Split or shared visit", WARNS, "42 CFR 415.140", when=Trait.VISIT)
def split_shared(case: Case) -> Iterator[Hit]:
    """Find split visits without FS, or billed by who gave the lesser part."""
    if not case.visit.split_shared:
        return
    for row in case.rows_with(Trait.VISIT):
        if "FS" not in row.modifiers:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} was a split or shared visit. Add FS.",
                "FS",
                " ".join(row.modifiers),
                add_modifier(row, "FS"),
            )
        elif not case.visit.substantive_portion:
            yield Hit(
                row.place("rendering"),
                f"Line {row.number}: {row.code} must be billed by who gave the substantive "
                "portion. Change the rendering provider.",
            )


@rule(
    "TCH-001",
    "Teaching modifier",
    WARNS,
    "42 CFR 415.170-415.184",
    when=Trait.VISIT | Trait.SURGERY | Trait.ANESTHESIA,
)
def teaching(case: Case) -> Iterator[Hit]:
    """Find services with a resident that lack GC or GE."""
    if not case.visit.resident_involved:
        return
    for row in case.rows_with(Trait.VISIT | Trait.SURGERY | Trait.ANESTHESIA):
        if not {"GC", "GE"} & set(row.modifiers):
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: a resident took part in {row.code}. Add GC, or GE under the "
                "primary care exception.",
                "GC or GE",
                " ".join(row.modifiers),
                add_modifier(row, "GC"),
            )


@rule("LOC-001", "Substitute too long", BLOCKS, "42 USC 1395u(b)(6)(D)", when=Trait.LOCUM)
def substitute(case: Case) -> Iterator[Hit]:
    """Find Q5 and Q6 after sixty days in a row."""
    days = case.visit.locum_days
    for row in case.rows_with(Trait.LOCUM):
        if days > LOCUM_DAYS:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: the substitute has stood in for {days} days, and at most "
                f"{LOCUM_DAYS} in a row are paid. Enrol the provider.",
                f"at most {LOCUM_DAYS} days",
                f"{days} days",
            )
