"""All typed transactions in one table, for what treats them alike: JSON, commands, tests."""

import importlib
from typing import Any

import msgspec

from cleanclaim_x12.syntax import Transaction
from cleanclaim_x12.typed.spec import Spec


class Kind(msgspec.Struct, frozen=True):
    """One typed transaction.

    Args:
        name: `837P`, `835`, `277CA` …
        code: ST01.
        versions: What its version begins with; an empty text takes any.
        module: Where its records are.
        spec_name: The name of its spec there.
        unit: The record that a stream yields, or nothing where it is read whole.
    """

    name: str
    code: str
    versions: tuple[str, ...]
    module: str
    spec_name: str = "SPEC"
    unit: str = ""

    @property
    def spec(self) -> Spec:
        """The loops of the transaction."""
        spec: Spec = getattr(self._load(), self.spec_name)
        return spec

    @property
    def root(self) -> type[Any]:
        """The record of a whole transaction."""
        return self.spec.model

    @property
    def unit_model(self) -> type[Any] | None:
        """The record that a stream yields."""
        return getattr(self._load(), self.unit) if self.unit else None

    def _load(self) -> Any:
        return importlib.import_module(f"cleanclaim_x12.typed.{self.module}")


KINDS = (
    Kind("837P", "837", ("005010X222", "004010X098"), "t837p", unit="ProfessionalClaim"),
    Kind("837I", "837", ("005010X223", "004010X096"), "t837i", unit="InstitutionalClaim"),
    Kind("837D", "837", ("005010X224", "004010X097"), "t837d", unit="DentalClaim"),
    Kind("835", "835", ("",), "t835", unit="RemittanceClaim"),
    Kind("999", "999", ("",), "t999"),
    Kind("277CA", "277", ("005010X214",), "t277ca"),
    Kind("277", "277", ("005010X212", "004010X093"), "t276", "SPEC_277"),
    Kind("276", "276", ("",), "t276", "SPEC_276"),
    Kind("270", "270", ("",), "t270", "SPEC_270"),
    Kind("271", "271", ("",), "t270", "SPEC_271"),
    Kind("278", "278", ("",), "t278"),
)
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(transaction: Transaction) -> Kind | None:
    """Say which typed transaction it is, or nothing where there is none for it.

    An 837 of a version that is not known is told by nothing and has no kind.
    """
    for kind in KINDS:
        if kind.code == transaction.code and transaction.version.startswith(kind.versions):
            return kind
    return None
