"""What a file of a day is, by what it looks like, and what it holds."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from cleanclaim.core.edi import claim_from_837p, claim_losses
from cleanclaim.core.intake import (
    EncounterDraft,
    Intake,
    draft_from_claim,
    foreign_refusal,
    read_fhir_bundle,
    read_superbill,
)
from cleanclaim.kernel.finding import Finding, Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.syntax import read_runs
from cleanclaim_x12.typed.files import UnreadableError
from cleanclaim_x12.typed.t837p import ProfessionalClaim, stream_837p

_CLAIM_TAG = "CLM"
_MOST_BYTES = 256 * 1024 * 1024
_START = 4_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KNOWN = "a superbill (CSV), a FHIR bundle (JSON) or an 837P"
# What people give by mistake: how it begins, what it is, what to do.
_OTHERS = (
    (b"PK", "a workbook or an archive", "Save the sheet as CSV (UTF-8), or unpack it first."),
    (b"\xd0\xcf\x11\xe0", "an old workbook", "Save the sheet as CSV (UTF-8)."),
    (b"%PDF", "a PDF", "Ask for the data behind it."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"<", "XML or HTML", "Export CSV, or JSON instead of XML."),
)


def read_bytes(path: Path) -> bytes:
    """Read a file.

    Raises:
        Refusal: `cannot_read`, `too_large` or `empty_file`, with the remedy.
    """
    try:
        if path.is_dir():
            raise Refusal("cannot_read", f"{path} is a folder: name the files in it.")
        if path.stat().st_size > _MOST_BYTES:
            raise Refusal("too_large", f"{path.name} is larger than 256 MB: split it.")
        content = path.read_bytes()
    except OSError as error:
        raise Refusal("cannot_read", f"{path} can't be read: {error.strerror}.") from error
    if not content.strip():
        raise Refusal("empty_file", f"{path.name} is empty.")
    return content


def read_any(content: bytes, *, is_sent: bool = False) -> tuple[str, Intake]:
    """Read a source by what it looks like: `837P`, `fhir` or `superbill`.

    Raises:
        Refusal: `unknown_format`; `never_sent`: only an 837P can be recorded as sent.
    """
    start = content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"ISA"):
        return "837P", _read_837p(content, is_sent=is_sent)
    for begin, words, remedy in _OTHERS:
        if start.startswith(begin):
            raise Refusal("unknown_format", f"This is {words}, not {_KNOWN}. {remedy}")
    text = _text(content)
    if is_sent:
        raise Refusal("never_sent", "Only claims of an 837P can be recorded as sent.")
    if start.startswith((b"{", b"[")):
        return "fhir", read_fhir_bundle(content)
    return "superbill", read_superbill(text)


def _text(content: bytes) -> str:
    """Read text as spreadsheets save it."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise Refusal("unknown_format", f"This is no text, so neither {_KNOWN}.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _read_837p(content: bytes, *, is_sent: bool) -> Intake:
    given = sum(
        segment.startswith(_CLAIM_TAG)
        for run in read_runs(content)
        if run.transaction is not None
        for segment in run.segments()
    )
    drafts: list[EncounterDraft] = []
    refused: list[Finding] = []
    notes: list[Finding] = []
    seen = 0
    try:
        for seen, typed in enumerate(stream_837p(BytesIO(content)), 1):
            made = _draft(typed, seen, is_sent=is_sent)
            if isinstance(made, Finding):
                refused.append(made)
            else:
                drafts.append(made)
                notes += _notes(made)
    except UnreadableError as error:
        refused.append(_finding("file", str(error)))
    if given > seen or not given:
        refused.append(_finding("file", "its claims are no professional claims (837P)"))
    return Intake(
        given=given,
        drafts=tuple(drafts),
        refused=tuple(refused),
        refused_rows=given - len(drafts),
        notes=tuple(notes),
    )


def _draft(typed: ProfessionalClaim, place: int, *, is_sent: bool) -> EncounterDraft | Finding:
    try:
        claim = claim_from_837p(typed)
    except Refusal as refusal:
        return _finding(f"claim {place}", refusal.message)
    words = foreign_refusal(claim)
    if words:
        return _finding(f"claim {place}", words)
    lost = claim_losses(typed)
    return draft_from_claim(claim, place, is_sent=is_sent, lost=lost)


def _notes(draft: EncounterDraft) -> Iterator[Finding]:
    if draft.lost:
        place = f"claim {draft.places[0]}"
        words = f"{place.capitalize()} says more than is carried here: {', '.join(draft.lost)}."
        yield Finding(
            code="INTAKE-LOST",
            severity=Severity.WARNS,
            place=place,
            message=words,
        )


def _finding(place: str, why: str) -> Finding:
    return Finding(
        code="INTAKE-CLAIM",
        severity=Severity.BLOCKS,
        place=place,
        message=f"{place.capitalize()} is refused: {why}.",
    )
