"""Names of files at a partner: what may go out, and what is taken from a listing."""

import re

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.transports.transport import TEMPORARY_SUFFIX, WITHDRAWN_SUFFIX

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")


def is_plain(name: str) -> bool:
    """Say whether a name is one we read or write: no folder, no hidden or unfinished file.

    >>> is_plain("A1.835"), is_plain("../A1"), is_plain(".A1.835.part")
    (True, False, False)
    """
    return bool(_NAME.fullmatch(name)) and not name.endswith(TEMPORARY_SUFFIX)


def checked_name(name: str) -> str:
    """Refuse a name that leads elsewhere.

    Raises:
        Refusal: It is not plain.
    """
    if not is_plain(name):
        raise Refusal("bad_file_name", "A file name may hold letters, digits, dot, _ and - only.")
    return name


def temporary_name(name: str) -> str:
    """Name a file while it is being written; receivers leave it alone."""
    return f".{name}{TEMPORARY_SUFFIX}"


def withdrawn_name(name: str) -> str:
    """Name the temporary file of a send that was taken back."""
    return f".{name}{WITHDRAWN_SUFFIX}"
