"""Acknowledgements: TA1 and 999 (997 for older versions), and the 277CA for claims."""

from cleanclaim_x12.acks.claims import acknowledge_claims
from cleanclaim_x12.acks.sending import Sending
from cleanclaim_x12.acks.syntax_ack import acknowledge

__all__ = ["Sending", "acknowledge", "acknowledge_claims"]
