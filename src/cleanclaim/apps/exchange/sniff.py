"""What kind of file came in, told by its first bytes alone."""

_LOOK = 4_000
_NACHA_RECORD = 94

KINDS = {"999": "999", "997": "997", "277": "277", "835": "835", "837": "837", "271": "271"}


def file_kind(content: bytes) -> str:
    r"""Tell the kind of a file.

    Returns:
        `TA1`, a transaction set such as `999` or `835`, `EFT` for a bank file, else `unknown`.

    >>> file_kind(b"101 099900009"), file_kind(b"PK\x03")
    ('EFT', 'unknown')
    """
    text = content[:_LOOK].decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \r\n\t")
    if text.startswith("101") and len(text.split("\n", 1)[0].rstrip("\r")) in (13, _NACHA_RECORD):
        return "EFT"
    if not text.startswith("ISA") or len(text) < 106:
        return "unknown"
    separator, terminator = text[3], text[105]
    for segment in text.split(terminator)[1:]:
        tag, _, rest = segment.lstrip("\r\n ").partition(separator)
        if tag == "TA1":
            return "TA1"
        if tag == "ST":
            return KINDS.get(rest[:3], rest[:3])
    return "unknown"
