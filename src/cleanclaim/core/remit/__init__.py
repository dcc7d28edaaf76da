"""Remittances in plain words: what a payer said about a payment, before anyone believes it.

A `Remittance` is one payment (or the notice that none comes): payer, payee, trace, claims with
their lines, adjustments and remarks, and the provider-level adjustments. Its natural key is payer
+ trace + payee; `remittance_digest` tells the same payment in another file from the same trace
with other content. `remittance_imbalances` tests its sums; one that does not add up is never
posted. `denials` holds the reason codes as data: what is no denial, what each denial is about,
who works on it next, and which field a remark code names.

This package knows neither claims nor the ledger; `posting` brings the three together.
"""

from cleanclaim.core.remit.balance import Imbalance, imbalance_finding, remittance_imbalances
from cleanclaim.core.remit.denials import Denial, Route, field_of, is_denial, route_of
from cleanclaim.core.remit.records import (
    Cas,
    ProviderAdjustment,
    RemitClaim,
    RemitLine,
    Remittance,
    remittance_digest,
)

__all__ = [
    "Cas",
    "Denial",
    "Imbalance",
    "ProviderAdjustment",
    "RemitClaim",
    "RemitLine",
    "Remittance",
    "Route",
    "field_of",
    "imbalance_finding",
    "is_denial",
    "remittance_digest",
    "remittance_imbalances",
    "route_of",
]
