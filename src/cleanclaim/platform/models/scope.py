"""The scope of a piece of work: one transaction that may touch the rows of one tenant.

The database reads the scope from settings of the transaction (see `guards`), the managers from
here; outside a scope the managers refuse and the database shows no row.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NoReturn

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from cleanclaim.core.privacy import Grant, grant_allows, grant_covers
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.failpoints import fail_point
from cleanclaim.platform.models.cost import counted


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose rows are open, to whom and since when.

    Args:
        tenant_id: None for the directory of tenants and people, and for the owner's scope.
        practice_ids: Practices whose rows are open; empty opens rows of the tenant alone.
        grant: The leave behind it; None where only rows of the tenant are open.
        at: The instant that the edge handed in; grants are checked against it.
        every: The owner's scope over everything, for migrations.
        misused: Uses of grants that were refused; recorded when the outermost scope has ended,
            whether somebody caught the refusal or not.
    """

    tenant_id: int | None = None
    practice_ids: tuple[int, ...] = ()
    actor: str = ""
    at: datetime | None = None
    grant: Grant | None = None
    directory: bool = False
    every: bool = False
    misused: list[tuple[Grant, Refusal]] = field(default_factory=list, compare=False)


_current: ContextVar[Scope | None] = ContextVar("cleanclaim_scope", default=None)
_open_directory: ContextVar[bool] = ContextVar("cleanclaim_open_directory", default=False)
_bound: ContextVar[int | None] = ContextVar("cleanclaim_bound", default=None)
# Called after the transaction of a refused piece of work has been rolled back.
refusal_recorders: list[Callable[[Scope, Refusal], None]] = []


@contextmanager
def bound_to_tenant(tenant_id: int) -> Iterator[None]:
    """Refuse scopes of any other tenant for a while, as a job does."""
    token = _bound.set(tenant_id)
    try:
        yield
    finally:
        _bound.reset(token)


def scope_now() -> Scope:
    """Tell the scope of this piece of work.

    Raises:
        Refusal: There is none: a query stands outside `with scope(...)`.
    """
    held = _current.get()
    if held is None:
        raise Refusal("no_scope", "Data was asked for outside a scope: open one with a grant.")
    return held


def scope_or_none() -> Scope | None:
    """Tell the scope of this piece of work, or None."""
    return _current.get()


@contextmanager
def scope(grant: Grant, *, at: datetime) -> Iterator[Scope]:
    """Open a transaction on the rows of the grant's practices.

    Args:
        grant: Made by `core.privacy.grant`.
        at: Now, an aware instant from the edge.

    Raises:
        Refusal: The grant has ended, or names no practice; recorded in the audit.
    """
    held = Scope(
        tenant_id=grant.tenant_id,
        practice_ids=grant.practice_ids,
        actor=grant.actor,
        at=at,
        grant=grant,
    )
    with _opened(held):
        if at >= grant.not_after:
            grant_refuse(grant, "grant_expired", at)
        if not grant.practice_ids:
            grant_refuse(grant, "grant_without_practice", at)
        yield held


@contextmanager
def tenant_scope(tenant_id: int, *, actor: str, at: datetime) -> Iterator[Scope]:
    """Open a transaction on a tenant's own rows: its policy, people, agreements, practices' names.

    Rows of a practice stay closed; they need a grant.
    """
    with _opened(Scope(tenant_id=tenant_id, actor=actor, at=at)) as held:
        yield held


@contextmanager
def directory_scope(*, actor: str = "", at: datetime | None = None) -> Iterator[Scope]:
    """Open a transaction on the directory of tenants and people, and on nothing else."""
    with _opened(Scope(directory=True, actor=actor, at=at)) as held:
        yield held


@contextmanager
def directory_opened() -> Iterator[None]:
    """Open the directory outside scopes, as sign-in needs it; inside a scope it stays shut."""
    token = _open_directory.set(True)
    _directory_for_session("on")
    try:
        yield
    finally:
        _open_directory.reset(token)
        _directory_for_session("")


def _directory_for_session(value: str) -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('app.directory', %s, false)", [value])


@contextmanager
def owner_scope(using: str = DEFAULT_DB_ALIAS) -> Iterator[Scope]:
    """Open a transaction on every row, for migrations; binds only the owner of the tables."""
    with _opened(Scope(every=True, actor="owner"), using) as held:
        yield held


@counted
def refuse_unless_allowed(
    grant: Grant, practice_ids: tuple[int, ...], categories: frozenset[str]
) -> None:
    """Check a use of a grant inside the scope.

    Raises:
        Refusal: With the code of `core.privacy.grant_allows`, or the scope is another one;
            recorded in the audit.
    """
    held = scope_now()
    at = held.at or grant.not_after
    code = grant_allows(
        grant,
        tenant_id=held.tenant_id,
        practice_ids=practice_ids,
        recipient=grant.recipient,
        categories=categories,
        at=at,
    )
    if code is None and not set(practice_ids) <= set(held.practice_ids):
        code = "grant_wrong_practice"
    if code is not None:
        grant_refuse(grant, code, at)


@counted
def refuse_uncovered(categories: frozenset[str]) -> None:
    """Check that the grant behind the scope covers a kind of data, whatever way leads to it.

    Raises:
        Refusal: `grant_wrong_data`, recorded in the audit.
    """
    held = scope_now()
    if held.grant is not None and not grant_covers(held.grant.categories, categories):
        grant_refuse(held.grant, "grant_wrong_data", held.at or held.grant.not_after)


def grant_refuse(grant: Grant, code: str, at: datetime) -> NoReturn:
    """Stop a use that a grant does not cover, and see that it is recorded.

    Inside a scope it is recorded when the outermost one has ended, for its transaction may be
    rolled back; outside at once.

    Raises:
        Refusal: Always, with the code.
    """
    refusal = Refusal(code, _SENTENCES[code])
    held = _current.get()
    if held is not None:
        held.misused.append((grant, refusal))
        raise refusal
    _record(
        Scope(
            tenant_id=grant.tenant_id,
            practice_ids=grant.practice_ids,
            actor=grant.actor,
            at=at,
            grant=grant,
        ),
        refusal,
    )
    raise refusal


_SENTENCES = {
    "grant_without_practice": "The leave names no practice.",
    "grant_wrong_action": "The leave is for another act.",
    "grant_wrong_tenant": "The leave belongs to another company.",
    "grant_wrong_practice": "The leave does not cover this practice.",
    "grant_expired": "The leave for this work has ended: ask anew.",
    "grant_wrong_recipient": "The leave names another recipient.",
    "grant_wrong_data": "The leave does not cover this kind of data.",
}


@contextmanager
def _opened(held: Scope, using: str = DEFAULT_DB_ALIAS) -> Iterator[Scope]:
    before = _current.get()
    refused: Refusal | None = None
    bound = {before.tenant_id if before else None, _bound.get()} - {None}
    if not held.directory and bound - {held.tenant_id}:
        raise Refusal("scope_of_other_tenant", "Work for one company cannot open another one.")
    is_outermost = not connections[using].in_atomic_block
    try:
        with transaction.atomic(using=using):
            _announce(held, using)
            token = _current.set(held)
            try:
                yield held
            finally:
                _current.reset(token)
            if is_outermost:
                fail_point("before_commit")
            else:  # there the commit ends the settings
                _announce(before or Scope(directory=_open_directory.get()), using)
        if is_outermost:
            fail_point("after_commit")
    except Refusal as refusal:
        refused = refusal
        raise
    finally:
        if before is not None:
            before.misused.extend(held.misused)
        else:
            _refusals_record(held, refused)


def _refusals_record(held: Scope, ended_by: Refusal | None) -> None:
    """Record what was refused in a scope that has ended, each once."""
    for grant, refusal in held.misused:
        _record(replace(held, grant=grant), refusal)
    if ended_by is not None and all(ended_by is not refusal for _, refusal in held.misused):
        _record(held, ended_by)


def _record(held: Scope, refusal: Refusal) -> None:
    for record in refusal_recorders:
        record(held, refusal)


def _announce(held: Scope, using: str) -> None:
    """Tell the database; the settings end with the transaction."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.tenant_id', %s, true),"
            " set_config('app.practice_ids', %s, true),"
            " set_config('app.directory', %s, true), set_config('app.every', %s, true)",
            [
                "" if held.tenant_id is None else str(held.tenant_id),
                "{" + ",".join(str(number) for number in held.practice_ids) + "}",
                "on" if held.directory else "",
                "on" if held.every else "",
            ],
        )
