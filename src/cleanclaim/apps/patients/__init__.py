"""Patients and their coverages; everything that names them is sealed."""
