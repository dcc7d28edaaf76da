"""Keysets: one for each practice to seal with, one for each tenant to search with.

Sealing is AES-256-GCM by tink, bound to its place; the key's id stands in front of each sealed
value, so that old values stay readable after a rotation. Search works on blind indexes, because
equal values must not look equal outside their column.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

import tink
from django.db import connection, transaction
from tink import aead, secret_key_access
from tink.proto import tink_pb2

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.scope import scope_now
from cleanclaim.platform.sealed.master import TEMPLATE, master_aead
from cleanclaim.platform.sealed.models import Keyset

INDEX_BYTES = 16
_Key = tuple[str, int, int | None, str]
_known: dict[_Key, bytes] = {}
_making: set[_Key] = set()


class Sealer:
    """Seals and opens for one practice, or for the tenant; keep it while many rows are sealed."""

    def __init__(self, practice_id: int | None, serialized: bytes) -> None:
        self.practice_id = practice_id
        self._aead = _primitive(serialized)

    def seal(self, content: bytes, place: str) -> bytes:
        """Encrypt; `place` is where it stays, as `table|column|row id`."""
        return self._aead.encrypt(content, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Decrypt.

        Raises:
            Refusal: It was changed, moved to another place, or sealed with keys that are not here.
        """
        try:
            return self._aead.decrypt(sealed, place.encode())
        except tink.TinkError:
            self._aead = _primitive(_serialized(self.practice_id, "seal", fresh=True))
        try:
            return self._aead.decrypt(sealed, place.encode())
        except tink.TinkError as error:
            raise Refusal(
                "cannot_open", "A sealed value was changed or moved, or its key is not here."
            ) from error


def sealer(practice_id: int | None) -> Sealer:
    """Give the sealer of a practice in the scope; None for the tenant's own secrets.

    Its keys are made at the first use.
    """
    return Sealer(practice_id, _serialized(practice_id, "seal"))


def blind_index(column: str, text: str) -> bytes:
    """Compute what a sealed value is found by: keyed by the tenant, apart for each column.

    Args:
        column: `table.column`.
        text: As it is compared: normalised by the caller, letters' case and blanks too.
    """
    key = _serialized(None, "index")
    return hmac.digest(key, f"{column}|{text}".encode(), hashlib.sha256)[:INDEX_BYTES]


def keyset_rotate(practice_id: int | None) -> None:
    """Add a new key that seals from now on; what the old ones sealed stays readable."""
    serialized = _serialized(practice_id, "seal", fresh=True)
    proto = tink_pb2.Keyset.FromString(serialized)
    added = tink_pb2.Keyset.FromString(_new("seal"))
    taken = {key.key_id for key in proto.key}
    if added.primary_key_id in taken:
        return keyset_rotate(practice_id)
    proto.key.extend(added.key)
    proto.primary_key_id = added.primary_key_id
    key = _key(practice_id, "seal")
    Keyset.objects.filter(practice_id=practice_id, purpose="seal").update(
        wrapped=_wrap(key, proto.SerializeToString())
    )
    _known.pop(key, None)
    return None


def _key(practice_id: int | None, purpose: str) -> _Key:
    held = scope_now()
    if held.tenant_id is None or (practice_id is not None and practice_id not in held.practice_ids):
        raise Refusal("no_scope", "Keys were asked for outside the scope of their practice.")
    return connection.settings_dict["NAME"], held.tenant_id, practice_id, purpose


def _serialized(practice_id: int | None, purpose: str, *, fresh: bool = False) -> bytes:
    key = _key(practice_id, purpose)
    known = None if fresh else _known.get(key)
    return known if known is not None else _from_database(key)


def _from_database(key: _Key) -> bytes:
    _, _, practice_id, purpose = key
    rows = Keyset.objects.filter(practice_id=practice_id, purpose=purpose)
    row = rows.first()
    if row is None:
        made = Keyset(practice_id=practice_id, purpose=purpose, wrapped=_wrap(key, _new(purpose)))
        _making.add(key)
        Keyset.objects.bulk_create([made], ignore_conflicts=True)
        row = rows.get()
    content = _unwrap(key, bytes(row.wrapped))
    # A key made here is kept only once it is committed: one that was rolled back must seal nothing.
    if key in _making:
        transaction.on_commit(lambda: _keep(key, content))
    else:
        _known[key] = content
    return content


def _keep(key: _Key, content: bytes) -> None:
    _making.discard(key)
    _known[key] = content


def _new(purpose: str) -> bytes:
    if purpose == "index":
        return secrets.token_bytes(32)
    aead.register()
    handle = tink.new_keyset_handle(TEMPLATE)
    return tink.proto_keyset_format.serialize(handle, secret_key_access.TOKEN)


@lru_cache(maxsize=1024)
def _primitive(serialized: bytes) -> aead.Aead:
    """Make a keyset ready to seal; kept, because that takes two milliseconds."""
    aead.register()
    handle = tink.proto_keyset_format.parse(serialized, secret_key_access.TOKEN)
    return handle.primitive(aead.Aead)


def _wrap(key: _Key, content: bytes) -> bytes:
    return master_aead().encrypt(content, _wrapped_place(key))


def _unwrap(key: _Key, wrapped: bytes) -> bytes:
    try:
        return master_aead().decrypt(wrapped, _wrapped_place(key))
    except tink.TinkError as error:
        raise Refusal(
            "wrong_master_key",
            "The keys in the database were wrapped by another master key: put back keys/master "
            "of the data folder, or name it in CLEANCLAIM_MASTER_KEY.",
        ) from error


def _wrapped_place(key: _Key) -> bytes:
    _, tenant_id, practice_id, purpose = key
    return f"keyset|{tenant_id}|{practice_id}|{purpose}".encode()
