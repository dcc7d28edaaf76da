"""The base of rows that identify a person."""

from datetime import datetime
from typing import ClassVar, TypeVar

import msgspec
from django.db import models

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.models.bases import PracticeModel
from cleanclaim.platform.sealed.keyset import Sealer, sealer

_Value = TypeVar("_Value", bound=msgspec.Struct)


class SealedModel(PracticeModel):
    """A row whose identifying content is one sealed record; erasing empties it for good.

    Immutable rows point at it by its id, which is a pseudonym. `record` is what is sealed; without
    it, the row holds a part of a record that stands elsewhere.
    """

    record: ClassVar[type[msgspec.Struct] | None] = None

    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def seal(self, value: msgspec.Struct, by: Sealer | None = None) -> None:
        """Put a record into the row; `save` it afterwards.

        Args:
            value: The whole record; what stood there before is gone.
            by: The practice's sealer, where many rows are sealed.
        """
        chosen = by or sealer(self.practice_id)
        self.sealed = chosen.seal(msgspec.json.encode(value), self._place)

    def unseal(self, kind: type[_Value], by: Sealer | None = None) -> _Value:
        """Open the record.

        Raises:
            Refusal: The row was erased, or its keys are not here.
        """
        if self.sealed is None:
            raise Refusal("erased", "The person's data was erased.")
        chosen = by or sealer(self.practice_id)
        return msgspec.json.decode(chosen.open(bytes(self.sealed), self._place), type=kind)

    def erase(self, at: datetime) -> None:
        """Empty the row; `save` it, and clear its blind indexes, afterwards."""
        self.sealed = None
        self.erased_at = at

    @property
    def _place(self) -> str:
        return sealed_place(self._meta.db_table, self.pk)


def sealed_place(table: str, row_id: object) -> str:
    """Name what a sealed record is bound to, for rows that are written without a model."""
    return f"{table}|sealed|{row_id}"
