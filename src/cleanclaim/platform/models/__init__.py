"""Scoped models: rows of tenants and practices, open only inside a scope."""
