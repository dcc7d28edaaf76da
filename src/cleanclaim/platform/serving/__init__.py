"""Serving on this machine: certificate, supervised processes, log without data of persons."""
