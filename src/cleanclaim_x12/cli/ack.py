"""`x12 ack`: TA1 and 999 for every file, and a 277CA for claims."""

import argparse
import io
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cleanclaim_x12.acks.claims import acknowledge_claims
from cleanclaim_x12.acks.sending import Sending
from cleanclaim_x12.acks.syntax_ack import answer, set_status
from cleanclaim_x12.checker import Checker, Options
from cleanclaim_x12.cli.check import HIGHEST, partner_of
from cleanclaim_x12.cli.files import file_arguments, opened, put
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
    code = 0
    for name in args.files:
        data = _held(name)
        sending = Sending(moment=datetime.now(), interchange=control, group=control)  # noqa: DTZ005 - ISA has local time
        with _source(name, data) as file:
            checker = Checker(file, Options(args.snip, partner, None, values=True), keep=True)
            for _ in checker.findings():
                pass
        stem = "stdin" if name == "-" else Path(name).stem
        _write(out / f"{stem}.999.x12", answer(checker.outline, sending))
        with _source(name, data) as file:
            _write(out / f"{stem}.277ca.x12", acknowledge_claims(file, sending, partner=partner))
        control += max(1, len(checker.outline))
        code = max(code, int(_is_rejected(checker.outline)) if checker.outline else 2)
    return code


def _held(name: str) -> bytes | None:
    """Hold standard input, which can be read only once."""
    if name != "-":
        return None
    with opened(name) as file:
        return file.read()


def _source(name: str, data: bytes | None) -> AbstractContextManager[BinaryIO]:
    return opened(name) if data is None else nullcontext(io.BytesIO(data))


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
