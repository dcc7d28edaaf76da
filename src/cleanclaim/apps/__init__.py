"""Capabilities, stacked in the order of the trip; each is entered through its public.py."""
