"""Who looks, at what, and the leave for it: one scope for each page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest

from cleanclaim.apps.practices.public import Practice, practice_list
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.tenancy.public import Person, person_practice_ids, refuse_unless
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.models.scope import scope, tenant_scope


class Desk(NamedTuple):
    """One page's view of the world."""

    person: Person
    grant: Grant
    practices: dict[int, Practice]
    today: date

    def client(self, practice_id: int) -> str:
        """Name a practice."""
        practice = self.practices.get(practice_id)
        return practice.name if practice else ""


@contextmanager
def desk(request: HttpRequest, action: str, resource: str) -> Iterator[Desk]:
    """Open the rows that the signed-in person may see.

    Raises:
        Refusal: The person's role may not do this; the policy does not allow it.
        Http404: The person works for no practice.
    """
    person: Person = request.user  # type: ignore[assignment]
    refuse_unless(person.role, action, resource)
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with tenant_scope(person.tenant_id, actor=person.actor, at=at):
        practices = {practice.id: practice for practice in practice_list()}
    ids = person_practice_ids(person, practices)
    if not ids:
        raise Http404
    grant = work_grant(person.tenant.policy, person.tenant_id, ids, actor=person.actor, at=at)
    with scope(grant, at=at):
        yield Desk(person, grant, {key: practices[key] for key in ids}, at.date())


def opaque(text: str) -> UUID:
    """Read an opaque id of an address; what is none is not found."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def mark(request: HttpRequest, name: str) -> UUID | None:
    """Read a keyset mark of an address."""
    text = request.GET.get(name, "")
    return opaque(text) if text else None
