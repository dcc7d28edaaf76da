"""Payers: who is asked to pay, and what is known of how they pay."""
