"""Keeping and reading files. They live in the database: docs/adr/files-in-the-database.md."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from cleanclaim.core.privacy import Grant
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.files.models import FilePiece, StoredFile
from cleanclaim.platform.models.scope import refuse_unless_allowed
from cleanclaim.platform.sealed.keyset import Sealer, sealer

PIECE_BYTES = 1 << 20


def file_put(content: bytes, *, name: str, kind: str, at: datetime) -> tuple[StoredFile, bool]:
    """Keep a file in this transaction.

    Args:
        content: The bytes as they came or will go.
        name: As the partner wrote it, or as it will be sent.
        kind: `837P`, `835`, `superbill` ...; `unknown` for what is not yet looked at.
        at: When.

    Returns:
        The file and True; where the same content is there already, that file and False.
    """
    digest = hashlib.sha256(content).digest()
    by = sealer(None)
    file = StoredFile(digest=digest, size=len(content), kind=kind, created_at=at)
    file.sealed_name = by.seal(name.encode(), f"files_storedfile|sealed_name|{file.id}")
    StoredFile.objects.bulk_create([file], ignore_conflicts=True)
    kept = StoredFile.objects.get(digest=digest)
    if kept.id != file.id:
        return kept, False
    for start in range(0, len(content), PIECE_BYTES):
        number = start // PIECE_BYTES
        FilePiece.objects.create(
            file=file,
            number=number,
            sealed=by.seal(content[start : start + PIECE_BYTES], _place(file.id, number)),
        )
    return file, True


def file_pieces(file: StoredFile) -> Iterator[bytes]:
    """Read a file piece by piece; each is checked, the digest is not.

    Raises:
        Refusal: A piece is missing, changed or in a wrong place.
    """
    by = sealer(None)
    rows = FilePiece.objects.filter(file_id=file.id).order_by("number")
    seen = 0
    for number, row in enumerate(rows.iterator(chunk_size=4)):
        piece = by.open(bytes(row.sealed), _place(file.id, number))
        seen += len(piece)
        yield piece
    if seen != file.size:
        raise Refusal("file_incomplete", "A file in the store is shorter than it was.")


def file_read(grant: Grant, file: StoredFile, categories: frozenset[str]) -> bytes:
    """Read a whole file and check it against its digest.

    Args:
        grant: The leave to read it.
        file: Which.
        categories: What it holds, in narrow words of the policy.

    Raises:
        Refusal: The leave does not cover it, or the content is not what was kept.
    """
    refuse_unless_allowed(grant, (), categories)
    content = b"".join(file_pieces(file))
    if hashlib.sha256(content).digest() != bytes(file.digest):
        raise Refusal("file_changed", "A file in the store is not what was put there.")
    return content


def file_name(file: StoredFile, by: Sealer | None = None) -> str:
    """Open the name of a file."""
    place = f"files_storedfile|sealed_name|{file.id}"
    return (by or sealer(None)).open(bytes(file.sealed_name), place).decode()


def files_by_digest(digests: Iterable[bytes]) -> dict[bytes, StoredFile]:
    """Find files by their SHA-256 digests."""
    found = StoredFile.objects.filter(digest__in=list(digests))
    return {bytes(file.digest): file for file in found}


def _place(file_id: UUID, number: int) -> str:
    return f"files_filepiece|sealed|{file_id}|{number}"
