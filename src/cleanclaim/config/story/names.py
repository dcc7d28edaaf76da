"""The ids of a story and the ids of the rows that stand for them, both ways."""

import re

from cleanclaim.core.ledger import Ref
from cleanclaim.kernel.refusal import Refusal

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Names:
    """Two-way map between names such as `K1` and ids of rows; kinds keep equal names apart."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self.names: dict[Ref, str] = {}

    def put(self, kind: str, name: str, ref: object) -> None:
        """Note which row stands for a name."""
        self._ids[kind, name] = str(ref)
        self.names[str(ref)] = name

    def ref(self, kind: str, name: str) -> str:
        """Give the id of the row that stands for a name.

        Raises:
            Refusal: `not_here`: none does yet.
        """
        found = self._ids.get((kind, name))
        if found is None:
            raise Refusal("not_here", f"The {kind} {name} is not here yet.")
        return found

    def has(self, kind: str, name: str) -> bool:
        """Say whether a row stands for a name."""
        return (kind, name) in self._ids

    def all(self, kind: str) -> dict[str, str]:
        """Give the ids of a kind by name."""
        return {name: ref for (of, name), ref in self._ids.items() if of == kind}

    def told(self, ref: object) -> str:
        """Write an id, or a text that holds ids, in the words of the story."""
        return _ID.sub(lambda found: self.names.get(found[0], found[0]), str(ref))

    def subject(self, text: str) -> str:
        """Write a text of the story, such as `R1/ZZ999`, with the ids of the rows."""
        head, slash, rest = text.partition("/")
        for kind in ("claim", "remittance", "patient", "line"):
            if self.has(kind, head):
                return self.ref(kind, head) + slash + rest
        return text
