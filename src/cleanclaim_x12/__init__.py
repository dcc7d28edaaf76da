"""Reads, checks, acknowledges and writes HIPAA X12 transactions."""
