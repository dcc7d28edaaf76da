"""`x12 split`: one file for each transaction, each with its envelopes."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cleanclaim_x12.cli.files import file_arguments, for_each_file, put
from cleanclaim_x12.syntax import Run, Transaction, read_transactions
from cleanclaim_x12.syntax.reader import Source


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files and a folder."""
    file_arguments(parser)
    parser.add_argument("--out", required=True, metavar="DIR", help="where the files go")


def run(args: argparse.Namespace) -> int:
    """Write the files; their names say number, transaction and control number."""
    folder = Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)

    def split(name: str, file: BinaryIO) -> int:
        stem = "stdin" if name == "-" else Path(name).stem
        count = 0
        for transaction, parts in split_file(file):
            count += 1
            control = "".join(c for c in transaction.control_number if c.isalnum())
            code = "".join(c for c in transaction.code if c.isalnum())
            path = folder / f"{stem}-{transaction.number:05}-{code}-{control}.x12"
            with path.open("wb") as out:
                out.writelines(parts)
            put(str(path))
        if not count:
            raise ValueError("there is no transaction in it to make a file of")
        return 0

    return for_each_file(args.files, split)


def split_file(source: Source) -> Iterator[tuple[Transaction, Iterator[bytes]]]:
    """Give each transaction with the bytes of a file that holds it alone."""
    for transaction, runs in read_transactions(source):
        yield transaction, _alone(transaction, runs)


def _alone(transaction: Transaction, runs: Iterator[Run]) -> Iterator[bytes]:
    element, end = transaction.delimiters.element, transaction.delimiters.segment
    interchange, group = transaction.interchange, transaction.group
    yield f"{interchange.raw}{end}".encode("latin-1")
    if group is not None:
        yield f"{group.raw}{end}".encode("latin-1")
    for run_ in runs:
        text = "".join(raw + end for raw in run_.segments())
        yield text.encode("latin-1")
    if group is not None:
        yield f"GE{element}1{element}{group.control_number}{end}".encode("latin-1")
    groups = int(group is not None)
    control = interchange.control_number
    yield f"IEA{element}{groups}{element}{control}{end}".encode("latin-1")
