"""Readers of the official files, one module for a publisher's family of files."""
