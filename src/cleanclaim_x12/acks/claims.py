"""The 277CA."""


def acknowledge_claims() -> bytes:
    """Nothing yet."""
    return b""
