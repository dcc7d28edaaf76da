"""The only door of the practices."""

from cleanclaim.apps.practices.models import (
    Certificate,
    Credential,
    Enrollment,
    Practice,
    Provider,
)
from cleanclaim.apps.practices.queries import (
    practice_by_npi,
    practice_get,
    practice_list,
    providers_by_id,
    providers_by_npi,
)
from cleanclaim.apps.practices.services import (
    practice_create,
    provider_complete,
    provider_confirm,
    provider_create,
    provider_list,
    providers_draft,
)
from cleanclaim.apps.practices.standing import (
    certificates_keep,
    certificates_of,
    credentials_keep,
    credentials_of,
    enrollments_keep,
    enrollments_of,
    practice_facts_keep,
)

__all__ = [
    "Certificate",
    "Credential",
    "Enrollment",
    "Practice",
    "Provider",
    "certificates_keep",
    "certificates_of",
    "credentials_keep",
    "credentials_of",
    "enrollments_keep",
    "enrollments_of",
    "practice_by_npi",
    "practice_create",
    "practice_facts_keep",
    "practice_get",
    "practice_list",
    "provider_complete",
    "provider_confirm",
    "provider_create",
    "provider_list",
    "providers_by_id",
    "providers_by_npi",
    "providers_draft",
]
