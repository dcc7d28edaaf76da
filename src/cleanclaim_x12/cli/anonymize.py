"""`x12 anonymize`: a file that can be shown to others."""

import argparse
import secrets
from pathlib import Path

from cleanclaim_x12.anonymize import anonymize
from cleanclaim_x12.cli.files import file_arguments, opened, put, put_bytes


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take files, a folder and a key."""
    file_arguments(parser)
    parser.add_argument("--out", metavar="DIR", help="where the files go; else standard output")
    parser.add_argument(
        "--key", help="the same key replaces alike in every run; else one by chance, kept nowhere"
    )


def run(args: argparse.Namespace) -> int:
    """Write the files."""
    key = (args.key or secrets.token_hex(16)).encode()
    for number, name in enumerate(args.files, 1):
        with opened(name) as file:
            parts = anonymize(file, key)
            if not args.out:
                put_bytes(parts)
                continue
            folder = Path(args.out)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"anonymous-{number:05}.x12"  # a name may say too much
            with path.open("wb") as out:
                out.writelines(parts)
            put(str(path))
    return 0
