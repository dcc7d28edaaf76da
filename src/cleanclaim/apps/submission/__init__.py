"""Submission: claims out as 837, acknowledgements in."""
