"""Background work: coarse jobs with ids as arguments, deferred in the business transaction."""

from cleanclaim.platform.jobs.declare import Job, job

__all__ = ["Job", "job"]
