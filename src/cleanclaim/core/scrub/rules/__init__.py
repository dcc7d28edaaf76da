"""All rules, one module for each family; importing it registers them in their order of showing."""

from cleanclaim.core.scrub.rule import REGISTRY, Rule
from cleanclaim.core.scrub.rules import (
    assistants,
    charges,
    codes,
    coverage,
    diagnoses,
    drugs,
    facility,
    filing,
    laboratory,
    ncci,
    necessity,
    patient,
    permission,
    place,
    privacy,
    providers,
    special,
    surgery,
    units,
    visits,
)

# Demographic, eligibility, enrollment, validity, coding, necessity, permission, then the rest.
FAMILIES = (
    privacy,
    patient,
    coverage,
    providers,
    codes,
    diagnoses,
    ncci,
    units,
    surgery,
    assistants,
    special,
    visits,
    place,
    necessity,
    permission,
    laboratory,
    drugs,
    facility,
    filing,
    charges,
)


def all_rules() -> tuple[Rule, ...]:
    """Give every rule in the order in which findings are shown: by family, then as written."""
    order = {family.__name__: place for place, family in enumerate(FAMILIES)}
    return tuple(sorted(REGISTRY.values(), key=lambda item: order[item.function.__module__]))
