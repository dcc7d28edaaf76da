"""What must hold for any bytes; hypothesis tries it in each run, atheris for an hour on demand.

`make fuzz SECONDS=3600` runs this file under atheris in an environment of its own. A failure leaves
its input as `crash-…`; `python -m cleanclaim_x12.tests.fuzzing FILE…` repeats it.
"""

import sys
from datetime import datetime
from pathlib import Path

from cleanclaim_x12.acks import Sending, acknowledge, acknowledge_claims
from cleanclaim_x12.anonymize import anonymize
from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.findings import ERROR, Finding
from cleanclaim_x12.syntax import Limits, read_runs, write_runs
from cleanclaim_x12.typed.files import UnreadableError
from cleanclaim_x12.typed.lines import decode_lines, encode_lines, read_lines, write_lines

DATA = Path(__file__).parent / "data"
LIMITS = Limits(segment_bytes=1 << 16, binary_bytes=1 << 20)
SENDING = Sending(moment=datetime(2026, 11, 23, 8, 0))  # noqa: DTZ001 - local time
_MOST = 1 << 16  # bytes of a case


def try_bytes(data: bytes) -> None:
    """Read, check, acknowledge, turn and rewrite bytes; raise where something does not hold."""
    assert write_runs(read_runs(data, LIMITS)) == data
    for finding in Checker(data, Options(values=True, limits=LIMITS)).findings():
        _has_a_place(finding, data)
    for answer in (acknowledge(data, SENDING), acknowledge_claims(data, SENDING)):
        for finding in _check(answer) if answer else ():
            is_echo = finding.code.startswith("X12-EL-") and finding.segment in ("AK1", "AK2")
            assert is_echo or finding.severity != ERROR, finding
    b"".join(anonymize(data, b"key", LIMITS))
    try:
        lines = list(encode_lines(read_lines(data, LIMITS)))
    except UnreadableError:
        return
    written = write_lines(decode_lines(lines))
    assert written.findings or written.data or not lines


def _check(data: bytes) -> list[Finding]:
    return list(Checker(data, Options(snip=3)).findings())


def _has_a_place(finding: Finding, data: bytes) -> None:
    assert 0 <= finding.offset <= len(data), finding
    assert 1 <= finding.line <= data.count(b"\n") + 1, finding
    assert finding.segment_position >= 0, finding
    assert finding.expected, finding


def _under_atheris() -> None:
    import atheris  # in an environment of its own, see the Makefile

    def one(data: bytes) -> None:
        files = sorted(DATA.glob("*.x12"))
        base = files[data[0] % len(files)].read_bytes() if data[:1] else b""
        provider = atheris.FuzzedDataProvider(data[1:_MOST])
        changed = bytearray(base)
        while changed and provider.remaining_bytes() > 3:
            at = provider.ConsumeIntInRange(0, len(changed) - 1)
            length = provider.ConsumeIntInRange(0, 12)
            changed[at : at + length] = provider.ConsumeBytes(provider.ConsumeIntInRange(0, 8))
        try_bytes(bytes(changed))
        try_bytes(data)

    atheris.instrument_all()
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    names = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    for path in (name for name in names if name.is_file()):
        try_bytes(path.read_bytes())
    if not any(name.is_file() for name in names):
        _under_atheris()
