"""Claims, remittances and acknowledgements on the wire: plain records to typed X12 and back.

    claim_to_837p      our claims to the typed 837P, with the levels they share
    claim_from_837p    any 837P to claims: our own again, or those of another system
    losses             what such a claim says that ours can't
    remit_835          the typed 835 to a remittance in plain words
    acknowledgements   TA1, 999 and 277CA to facts about interchanges, transactions and claims

Segment names and qualifiers live here and in the engine, nowhere else. Nothing is decided here:
what goes out is what the claim says, what comes in is what the file says. Only providers and
places that differ from those above them are written, and a line that must reach no plan is
refused. What a foreign claim says and ours has no place for, `losses` names.
"""

from cleanclaim.core.edi.acknowledgements import (
    ClaimAcknowledgement,
    InterchangeAcknowledgement,
    TransactionAcknowledgement,
    claim_acknowledgements,
    claims_of_transactions,
    interchange_acknowledgements,
    transaction_acknowledgements,
)
from cleanclaim.core.edi.claim_from_837p import claim_from_837p
from cleanclaim.core.edi.claim_to_837p import (
    batch_head,
    claim_to_837p,
    claims_to_837p,
    receiver_party,
    submitter_party,
)
from cleanclaim.core.edi.losses import claim_losses
from cleanclaim.core.edi.remit_835 import remit_claim_from_835, remittance_from_835

__all__ = [
    "ClaimAcknowledgement",
    "InterchangeAcknowledgement",
    "TransactionAcknowledgement",
    "batch_head",
    "claim_acknowledgements",
    "claim_from_837p",
    "claim_losses",
    "claim_to_837p",
    "claims_of_transactions",
    "claims_to_837p",
    "interchange_acknowledgements",
    "receiver_party",
    "remit_claim_from_835",
    "remittance_from_835",
    "submitter_party",
    "transaction_acknowledgements",
]
