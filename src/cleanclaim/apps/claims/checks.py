"""The checks of a claim before it may leave: what nobody has confirmed, and the scrubber."""

from collections.abc import Sequence
from datetime import date

import msgspec

from cleanclaim.apps.claims.assemble import Assembled
from cleanclaim.apps.claims.history import Visit, histories
from cleanclaim.apps.claims.services import Check, claim_of, unconfirmed_findings
from cleanclaim.apps.codes.public import codes_tables
from cleanclaim.apps.payers.public import Payer
from cleanclaim.apps.rules.public import Plans, rules_active
from cleanclaim.core.privacy import Grant
from cleanclaim.core.scrub import LocationFacts, PayerProfile, ScrubContext, claim_findings
from cleanclaim.kernel.finding import Finding

_KINDS = {
    "MA": "medicare",
    "MB": "medicare",
    "MC": "medicaid",
    "16": "medicare_advantage",
    "CH": "tricare",
    "WC": "workers_compensation",
    "AM": "auto",
}


def scrub_check(day: date) -> Check:
    """Give the check of a day: the code tables in force now, the product's rules and own rules.

    Why a function: the tables are opened once for many claims. A batch costs one query for the
    own rules and one for what the practice billed for its patients before.
    """
    tables = codes_tables()
    profiles: dict[str, PayerProfile] = {}

    def check(
        grant: Grant, practice_id: int, items: Sequence[Assembled]
    ) -> list[Sequence[Finding]]:
        plans = Plans(grant.tenant_id, practice_id, rules_active(grant))
        past = histories(grant, practice_id, [_visit(item) for item in items], npi=_npi(items))
        found: list[Sequence[Finding]] = []
        for item in items:
            claim = claim_of(item)
            payer = item.coverages[claim.payer_rank - 1].payer
            profile = profiles.get(payer.payer_id)
            if profile is None:
                profile = profiles[payer.payer_id] = payer_profile(payer)
            context = ScrubContext(
                tables=tables,
                day=day,
                payer=profile,
                history=past[item.encounter.id],
                location=LocationFacts(clia_number=claim.clia_number),
            )
            named = msgspec.structs.replace(claim, claim_number=item.encounter.id.hex[-12:])
            plan = plans.plan(payer.payer_id, claim.first_service_date)
            findings = claim_findings(named, context, plan)
            found.append([*unconfirmed_findings(item.encounter.drafts), *findings])
        return found

    return check


def _visit(item: Assembled) -> Visit:
    row = item.encounter
    return Visit(row.patient_id, row.id, row.service_date)


def _npi(items: Sequence[Assembled]) -> str:
    return claim_of(items[0]).billing.npi if items else ""


def payer_profile(payer: Payer) -> PayerProfile:
    """Read what a payer wants from its row; `profile` holds fields of `PayerProfile`."""
    told = msgspec.convert(payer.profile, dict[str, object]) if payer.profile else {}
    facts: dict[str, object] = {
        "payer_id": payer.payer_id,
        "kind": _KINDS.get(payer.filing_indicator, "commercial"),
        "filing_days": payer.timely_filing_days,
    }
    return msgspec.convert(facts | told, PayerProfile)


def no_check() -> Check:
    """Give the check of a tenant without rule packs: only what nobody has confirmed holds."""
    return lambda _grant, _practice_id, items: [
        unconfirmed_findings(item.encounter.drafts) for item in items
    ]
