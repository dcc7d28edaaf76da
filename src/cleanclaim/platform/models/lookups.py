"""Long lists in conditions: one parameter, however long the list is.

Django writes `IN (%s, %s, …)`, and both it and the driver then work on each value. An array costs
a tenth of that, and the database reads both alike.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

_ARRAYS = {"uuid": "uuid[]", "text": "text[]", "varchar": "text[]"}


class _AsArray:
    """Compiles `in` with a plain list as `= ANY (array)`, for ids and texts."""

    lhs: Any
    rhs: Any

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        """Compile the condition."""
        field = getattr(self.lhs, "output_field", None)
        array = _ARRAYS.get(((field and field.db_type(connection)) or "").partition("(")[0])
        is_list = isinstance(self.rhs, list | tuple | set | frozenset)
        if not array or not is_list or any(map(_is_expression, {type(one) for one in self.rhs})):
            return self.as_sql(compiler, connection)  # type: ignore[attr-defined]
        values = [str(value) for value in self.rhs if value is not None]
        if not values:
            raise EmptyResultSet
        left, params = self.process_lhs(compiler, connection)  # type: ignore[attr-defined]
        return f"{left} = ANY (%s::{array})", [*params, values]


def _is_expression(kind: type) -> bool:
    return hasattr(kind, "resolve_expression")


class InArray(_AsArray, In):
    """`in` of a column."""


class RelatedInArray(_AsArray, RelatedIn):
    """`in` of a foreign key."""


models.Field.register_lookup(InArray)
models.ForeignObject.register_lookup(RelatedInArray)
