"""Tenants, people, roles and sign-in."""
