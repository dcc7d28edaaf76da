"""The only door of authorizations and eligibility answers."""

from cleanclaim.apps.authorization.models import Authorization, EligibilityAnswer
from cleanclaim.apps.authorization.queries import answers_for, authorizations_for, has_answers
from cleanclaim.apps.authorization.services import answers_keep, authorizations_keep

__all__ = [
    "Authorization",
    "EligibilityAnswer",
    "answers_for",
    "answers_keep",
    "authorizations_for",
    "authorizations_keep",
    "has_answers",
]
