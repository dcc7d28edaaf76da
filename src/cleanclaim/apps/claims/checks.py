"""The checks of a claim before it may leave: what nobody has confirmed, and the scrubber."""

from collections.abc import Callable, Sequence
from datetime import date

import msgspec

from cleanclaim.apps.claims.assemble import Assembled
from cleanclaim.apps.claims.services import Check, unconfirmed_findings
from cleanclaim.apps.codes.public import codes_tables
from cleanclaim.apps.payers.public import Payer
from cleanclaim.core import claim as core
from cleanclaim.core.scrub import (
    LocationFacts,
    PayerProfile,
    ScrubContext,
    claim_findings,
    compile_plan,
)
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
    """Give the check of a day: the code tables in force now, each payer's profile.

    Why a function: tables and plan are opened once for many claims.
    """
    tables = codes_tables()
    plan = compile_plan()
    profiles: dict[str, PayerProfile] = {}

    def check(claim: core.Claim, assembled: Assembled) -> Sequence[Finding]:
        payer = assembled.coverages[claim.payer_rank - 1].payer
        profile = profiles.get(payer.payer_id)
        if profile is None:
            profile = profiles[payer.payer_id] = payer_profile(payer)
        context = ScrubContext(
            tables=tables,
            day=day,
            payer=profile,
            location=LocationFacts(clia_number=claim.clia_number),
        )
        named = msgspec.structs.replace(claim, claim_number=assembled.encounter.id.hex[-12:])
        return [
            *unconfirmed_findings(assembled.encounter.drafts),
            *claim_findings(named, context, plan),
        ]

    return check


def payer_profile(payer: Payer) -> PayerProfile:
    """Read what a payer wants from its row; `profile` holds fields of `PayerProfile`."""
    told = msgspec.convert(payer.profile, dict[str, object]) if payer.profile else {}
    facts: dict[str, object] = {
        "payer_id": payer.payer_id,
        "kind": _KINDS.get(payer.filing_indicator, "commercial"),
        "filing_days": payer.timely_filing_days,
    }
    return msgspec.convert(facts | told, PayerProfile)


def no_check() -> Callable[[core.Claim, Assembled], Sequence[Finding]]:
    """Give the check of a tenant without rule packs: only what nobody has confirmed holds."""
    return lambda _claim, assembled: unconfirmed_findings(assembled.encounter.drafts)
