"""Remittances and deposits: what payers say and what the bank shows."""
