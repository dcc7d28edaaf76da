"""`x12 ack`: TA1 and 999 for every file, and a 277CA for claims."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cleanclaim_x12.acks.claims import acknowledge_claims
from cleanclaim_x12.acks.sending import Sending
from cleanclaim_x12.acks.syntax_ack import answer, set_status
from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.cli.check import HIGHEST, partner_of
from cleanclaim_x12.cli.files import file_arguments, for_each_file, put
from cleanclaim_x12.findings import ERROR
from cleanclaim_x12.outline import InterchangeOutline


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files, a directory, and what the answers are numbered with."""
    file_arguments(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="where the answers go")
    parser.add_argument(
        "--snip",
        type=int,
        choices=range(1, HIGHEST + 1),
        default=2,
        help="highest SNIP type that a 999 decides by (2); claims are always judged by all",
    )
    parser.add_argument("--partner", metavar="FILE", help="a trading partner's overlay")
    parser.add_argument("--control", type=int, default=1, help="first control number (1)")


def run(args: argparse.Namespace) -> int:
    """Write `NAME.999.x12` and `NAME.277ca.x12`; 1 if anything is rejected, 2 if unusable."""
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    partner = partner_of(args.partner)
    control = args.control

    def acknowledge(name: str, file: BinaryIO) -> int:
        nonlocal control
        data = _held(name, file)
        sending = Sending(moment=datetime.now(), interchange=control, group=control)  # noqa: DTZ005 - ISA has local time
        checker = Checker(data or file, Options(args.snip, partner, None, values=True), keep=True)
        for _ in checker.findings():
            pass
        stem = "stdin" if name == "-" else Path(name).stem
        _write(out / f"{stem}.999.x12", answer(checker.outline, sending))
        if data is None:
            file.seek(0)
        path = out / f"{stem}.277ca.x12"
        with path.open("wb") as target:
            acknowledge_claims(data or file, sending, partner=partner, put=target.write)
        if path.stat().st_size:
            put(str(path))
        else:
            path.unlink()
        control += max(1, len(checker.outline))
        return int(_is_rejected(checker.outline)) if checker.outline else 2

    return for_each_file(args.files, acknowledge)


def _held(name: str, file: BinaryIO) -> bytes | None:
    """Hold standard input, which can be read only once."""
    return file.read() if name == "-" else None


def _write(path: Path, data: bytes) -> None:
    if data:
        path.write_bytes(data)
        put(str(path))


def _is_rejected(outline: list[InterchangeOutline]) -> bool:
    """Say whether any interchange, group or transaction is rejected."""
    return any(
        any(found.severity == ERROR for found in interchange.findings)
        or any(found.severity == ERROR for group in interchange.groups for found in group.findings)
        or any(set_status(item) == "R" for group in interchange.groups for item in group.sets)
        for interchange in outline
    )
