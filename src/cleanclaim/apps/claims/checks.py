"""The checks of a claim before it may leave: what nobody has confirmed, and the scrubber."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import batched

import msgspec

from cleanclaim.apps.claims.assemble import Assembled
from cleanclaim.apps.claims.checking import CHECKABLE, Check, Checked, Expected
from cleanclaim.apps.claims.contexts import Contexts, Subject
from cleanclaim.apps.claims.models import Claim
from cleanclaim.apps.claims.services import (
    Rechecked,
    claim_of,
    claims_recheck,
    unconfirmed_findings,
)
from cleanclaim.apps.codes.public import codes_tables
from cleanclaim.apps.rules.public import Plans, pack_rules, rules_active
from cleanclaim.core.pricing import ExpectedLine
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub import claim_findings

_AT_ONCE = 200


def scrub_check(day: date) -> Check:
    """Give the check of a day: the code tables in force now, the product's rules and own rules.

    Why a function: the tables are opened once for many claims, and what is known of a practice is
    read once. A batch costs one query for each kind of fact besides.
    """
    tables = codes_tables()
    known: dict[int, Contexts] = {}

    def check(grant: Grant, practice_id: int, items: Sequence[Assembled]) -> list[Checked]:
        contexts = known.get(practice_id)
        if contexts is None:
            contexts = known[practice_id] = Contexts(grant, practice_id, tables)
        plans = Plans(
            grant.tenant_id,
            practice_id,
            (*pack_rules(), *rules_active(grant)),
            knows_eligibility=contexts.knows_eligibility,
        )
        subjects = [_subject(item, day) for item in items]
        found = []
        facts = contexts.of(grant, subjects)
        for item, one, (context, expected) in zip(items, subjects, facts, strict=True):
            plan = plans.plan(one.payer.payer_id, one.claim.first_service_date)
            findings = claim_findings(one.claim, context, plan)
            found.append(
                Checked(
                    findings=[*unconfirmed_findings(item.encounter.drafts), *findings],
                    expected=_expected(item, expected),
                    code_set=tables.set_id,
                    rule_set=plan.digest,
                )
            )
        return found

    return check


def practice_recheck(grant: Grant, practice_id: int, *, at: datetime) -> Rechecked:
    """Check all of a practice's claims again that have not left, after terms were changed."""
    rows = Claim.objects.under(grant, practice_id=practice_id)
    ids = rows.filter(stage__in=CHECKABLE, level=1).values_list("id", flat=True)
    check = scrub_check(at.date())
    done = [
        claims_recheck(grant, practice_id, batch, check=check, at=at)
        for batch in batched(ids.order_by("id"), _AT_ONCE)
    ]
    return Rechecked(sum(one.checked for one in done), sum(one.held for one in done))


def _subject(item: Assembled, day: date) -> Subject:
    claim, row = claim_of(item), item.encounter
    return Subject(
        # History names the claim by its number, which an unsent one has not; any own name does.
        claim=msgspec.structs.replace(claim, claim_number=row.id.hex[-12:]),
        payer=item.coverages[claim.payer_rank - 1].payer,
        patient_id=row.patient_id,
        encounter_id=row.id,
        service_date=row.service_date,
        day=day,
    )


def _expected(item: Assembled, lines: Sequence[ExpectedLine]) -> tuple[Expected, ...]:
    """Name the charges of priced lines; nothing where no contract speaks of any."""
    if all(line.allowed_cents is None for line in lines):
        return ()
    charges = {charge.line_number: str(charge.id) for charge in item.charges}
    return tuple(
        Expected(
            charge=charges[line.line_number],
            cents=line.allowed_cents,
            full_cents=line.full_cents,
            reason=line.reason,
            contract=line.contract_id,
        )
        for line in lines
    )


def no_check() -> Check:
    """Give the check of a tenant without rule packs: only what nobody has confirmed holds."""
    return lambda _grant, _practice_id, items: [
        Checked(unconfirmed_findings(item.encounter.drafts)) for item in items
    ]
