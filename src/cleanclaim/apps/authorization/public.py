"""The only door of authorizations and eligibility answers."""

from cleanclaim.apps.authorization.models import Authorization, EligibilityAnswer, Stay
from cleanclaim.apps.authorization.queries import (
    answers_for,
    authorizations_for,
    has_answers,
    stays_for,
)
from cleanclaim.apps.authorization.services import answers_keep, authorizations_keep, stays_keep

__all__ = [
    "Authorization",
    "EligibilityAnswer",
    "Stay",
    "answers_for",
    "answers_keep",
    "authorizations_for",
    "authorizations_keep",
    "has_answers",
    "stays_for",
    "stays_keep",
]
