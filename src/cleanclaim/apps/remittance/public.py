"""The only door of the remittances."""

from cleanclaim.apps.remittance.arrivals import KINDS, money_apply
from cleanclaim.apps.remittance.desk import Desk
from cleanclaim.apps.remittance.models import Adjudication, Deposit, Matter, Remittance
from cleanclaim.apps.remittance.paper import (
    Eob,
    EobLine,
    eob_charges,
    eob_post,
)
from cleanclaim.apps.remittance.parked import (
    parked_claim_match,
    parked_line_match,
    parked_refund,
    remittance_drop,
    remittance_without_money,
    remittances_supersede,
)
from cleanclaim.apps.remittance.queries import (
    adjudications_of,
    adjudications_of_claim,
    claims_of_trace,
    deposit_by_name,
    parked_of,
    placed_cents,
    remittance_document,
    remittance_get,
    remittances_listed,
    remittances_of_trace,
    said_of_claims,
)
from cleanclaim.apps.remittance.secondary import prior_for
from cleanclaim.apps.remittance.services import (
    deposit_apply,
    deposit_take,
    remittance_post,
    remittance_take,
)
from cleanclaim.apps.remittance.store import (
    adjudications_load,
    decision_witnesses,
    matters_load,
    posting_load,
    posting_save,
    remittances_load,
)

__all__ = [
    "KINDS",
    "Adjudication",
    "Deposit",
    "Desk",
    "Eob",
    "EobLine",
    "Matter",
    "Remittance",
    "adjudications_load",
    "adjudications_of",
    "adjudications_of_claim",
    "claims_of_trace",
    "decision_witnesses",
    "deposit_apply",
    "deposit_by_name",
    "deposit_take",
    "eob_charges",
    "eob_post",
    "matters_load",
    "money_apply",
    "parked_claim_match",
    "parked_line_match",
    "parked_of",
    "parked_refund",
    "placed_cents",
    "posting_load",
    "posting_save",
    "prior_for",
    "remittance_document",
    "remittance_drop",
    "remittance_get",
    "remittance_post",
    "remittance_take",
    "remittance_without_money",
    "remittances_listed",
    "remittances_load",
    "remittances_of_trace",
    "remittances_supersede",
    "said_of_claims",
]
