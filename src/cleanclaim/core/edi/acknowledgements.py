"""What acknowledgements say of our claims, in plain words."""

import msgspec

from cleanclaim.core.claim.stages import Stage


class ClaimAcknowledgement(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How far one version of a claim has come, as somebody on its way says.

    Args:
        claim_number: Of the version that is spoken of.
        stage: What it has reached: an accepted or a rejected stage.
        payer_control_number: The payer's number, given on acceptance by some payers.
        reasons: Codes of a rejection, category and status, for people: `A7:164:IL`.
    """

    claim_number: str
    stage: Stage
    payer_control_number: str = ""
    reasons: tuple[str, ...] = ()
