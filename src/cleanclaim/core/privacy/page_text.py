"""The sentences of the page that the files hold themselves."""

from collections.abc import Iterator

from cleanclaim.core.privacy.source import Document


def sentences_of(platform: Document, tenant: Document) -> Iterator[str]:
    """Yield every whole sentence that the page takes from the files."""
    for row in tenant.data["statements"]:
        yield row["text"]
    for row in (*tenant.data["rules"], *platform.data["floors"]):
        yield sentence(row["because"])


def sentence(words: str) -> str:
    """Make a sentence of a reason: a capital letter and a full stop.

    >>> sentence("nothing is sold")
    'Nothing is sold.'
    """
    return f"{words[:1].upper()}{words[1:]}."
