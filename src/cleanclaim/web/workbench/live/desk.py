"""Who looks, at what, and the leave for it: one scope for each page."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.http import Http404, HttpRequest

from cleanclaim.apps.practices.public import Practice, practice_list
from cleanclaim.apps.privacy.public import work_grant
from cleanclaim.apps.remittance.public import Desk as MoneyDesk
from cleanclaim.apps.tenancy.public import (
    Person,
    is_allowed,
    person_list,
    person_practice_ids,
    refuse_unless,
)
from cleanclaim.core.posting.state import Policy
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.models.scope import scope, tenant_scope


class Desk(NamedTuple):
    """One page's view of the world."""

    person: Person
    grant: Grant
    practices: dict[int, Practice]
    today: date
    at: datetime
    people: dict[UUID, str]

    def client(self, practice_id: int) -> str:
        """Name a practice."""
        practice = self.practices.get(practice_id)
        return practice.name if practice else ""

    def may(self, action: str, resource: str) -> bool:
        """Say whether the person's role may do this, so that no button promises more."""
        return is_allowed(self.person.role, action, resource)

    def named(self, actor: str) -> str:
        """Name who did something: `person:7` by name, a job as such."""
        kind, _, who = actor.partition(":")
        names = {str(key): name for key, name in self.people.items()}
        return names.get(who, "Somebody") if kind == "person" else kind.capitalize()

    def money(self, practice_id: int, key: object = "") -> MoneyDesk:
        """Sit down at the money of one practice; `key` names the act."""
        switches = msgspec.convert(self.person.tenant.settings.get("switches", {}), Policy)
        return MoneyDesk(
            grant=self.grant,
            practice_id=practice_id,
            at=self.at,
            day=self.today,
            policy=switches,
            key=str(key),
        )


@contextmanager
def desk(
    request: HttpRequest, action: str, resource: str, *, with_people: bool = False
) -> Iterator[Desk]:
    """Open the rows that the signed-in person may see; with the names of the company's people.

    Raises:
        Refusal: The person's role may not do this; the policy does not allow it.
        Http404: The person works for no practice.
    """
    person: Person = request.user  # type: ignore[assignment]
    refuse_unless(person.role, action, resource)
    at = datetime.now(UTC)  # noqa: TID251  a page is an edge
    with tenant_scope(person.tenant_id, actor=person.actor, at=at):
        practices = {practice.id: practice for practice in practice_list()}
        people = {one.id: one.name for one in person_list()} if with_people else {}
    ids = person_practice_ids(person, practices)
    if not ids:
        raise Http404
    grant = work_grant(person.tenant.policy, person.tenant_id, ids, actor=person.actor, at=at)
    with scope(grant, at=at):
        own = {key: practices[key] for key in ids}
        yield Desk(person, grant, own, at.date(), at, people)


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
