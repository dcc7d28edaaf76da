"""Work that only one process does at a time, on whatever machine it runs."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Wait until nobody else does the work of this name, and keep others out of it.

    Why the database: a killed holder loses its connection and with it the lock.

    Args:
        name: Names the work, for example `trip:7`.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
