"""Encounters: visits as they come in, with their charges."""
