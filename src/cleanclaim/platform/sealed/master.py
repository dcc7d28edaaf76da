"""The master key of an installation: a file in its data folder, never in the database."""

import hashlib
import os
from functools import cache
from pathlib import Path

import tink
from tink import aead, secret_key_access

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder, secret_write

TEMPLATE = aead.aead_key_templates.AES256_GCM


def master_aead() -> aead.Aead:
    """Load the master key, made at its first use.

    Why the name of the file decides: another master key looks healthy until a row is opened.

    Raises:
        Refusal: The named file is no keyset.
    """
    return _loaded(str(master_path()))


def master_path() -> Path:
    """Name the file: `CLEANCLAIM_MASTER_KEY`, or `keys/master` of the data folder."""
    named = os.environ.get("CLEANCLAIM_MASTER_KEY")
    return Path(named) if named else home_folder("keys") / "master"


@cache
def _loaded(path: str) -> aead.Aead:
    aead.register()
    file = Path(path)
    if not file.exists():
        handle = tink.new_keyset_handle(TEMPLATE)
        text = tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN)
        secret_write(file, text.encode())
    try:
        handle = tink.json_proto_keyset_format.parse(file.read_text(), secret_key_access.TOKEN)
    except (tink.TinkError, ValueError) as error:
        raise Refusal(
            "master_key_unreadable", f"{path} is no master key: put back the right file."
        ) from error
    return handle.primitive(aead.Aead)


def master_derived(purpose: str) -> str:
    """Derive another secret from the master key, so that machines share one file and no more."""
    master_aead()
    return hashlib.sha256(purpose.encode() + b"|" + master_path().read_bytes()).hexdigest()


def master_seal(text: str, place: str) -> bytes:
    """Seal a secret of the installation, such as a second factor; `place` binds it to its use."""
    return master_aead().encrypt(text.encode(), place.encode())


def master_open(sealed: bytes, place: str) -> str:
    """Open what `master_seal` sealed.

    Raises:
        Refusal: Another key or another place.
    """
    try:
        return master_aead().decrypt(sealed, place.encode()).decode()
    except tink.TinkError as error:
        raise Refusal(
            "wrong_master_key", "The secret was sealed with another master key."
        ) from error
