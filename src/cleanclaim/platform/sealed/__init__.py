"""Sealed rows: what identifies a person, encrypted, searchable by blind index, erasable."""
