"""Names of cache entries that tell nothing: rate limits name network addresses and people."""

from django.utils.crypto import salted_hmac


def cache_key(key: str, prefix: str, version: int) -> str:
    """Name an entry by a keyed digest, as Django's `KEY_FUNCTION`."""
    digest = salted_hmac("cleanclaim.cache", key, algorithm="sha256").hexdigest()
    return f"{prefix}:{version}:{digest}"
