"""The X12 engine from its Python sources alone, as where nothing could be compiled.

`X12_PLAIN=1 pytest src/cleanclaim_x12` tries it whole; `python -m plain FILE…` writes what it makes
of files, to be compared with what the compiled engine makes of them.
"""

import hashlib
import os
import sys
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path

ENGINE = "cleanclaim_x12"


def from_sources(path: str) -> FileFinder:
    """Find the engine's modules where compiled ones do not count."""
    if ENGINE not in Path(path).parts:
        raise ImportError(path)
    return FileFinder(path, (SourceFileLoader, SOURCE_SUFFIXES))


def made_of(data: bytes) -> list[str]:
    """Give digests of the records of a file, and of the file that is written of them."""
    from cleanclaim_x12.typed.files import UnreadableError
    from cleanclaim_x12.typed.lines import encode_lines, read_lines, write_lines

    try:
        texts = [*encode_lines(read_lines(data))]
        written = write_lines(read_lines(data))
    except UnreadableError:
        return []
    places = [(each.code, each.segment, each.segment_position) for each in written.findings]
    parts = (b"".join(texts), written.data, repr(places).encode())
    return [hashlib.sha256(part).hexdigest() for part in parts]


if os.environ.get("X12_PLAIN"):
    sys.path_hooks.insert(0, from_sources)
    sys.path_importer_cache.clear()
# Doctests are looked for in sources; what is compiled has to be there before.
__import__(f"{ENGINE}.typed.reading")

if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(f"{made_of(Path(name).read_bytes())}\n")
