"""Practices: the client practices of a billing company, their providers and places."""
