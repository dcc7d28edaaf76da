"""A golden story as it is written: parties, encounters, claims, and dated steps."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

type Json = dict[str, Any]

SCHEMA = "cleanclaim-scenario/1"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One step: what happens on a day, and what has to be true after it."""

    number: int
    day: date
    kind: str
    given: Json
    expect: Json


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One story with the texts of the files it names."""

    data: Json
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """Give its id."""
        return str(self.data["id"])

    @property
    def steps(self) -> list[Step]:
        """List its steps in order."""
        return [
            Step(
                number=step["n"],
                day=date.fromisoformat(step["date"]),
                kind=step["kind"],
                given=step["input"],
                expect=step["expect"],
            )
            for step in self.data["steps"]
        ]

    @property
    def claims(self) -> dict[str, Json]:
        """List its claims by id."""
        return {claim["id"]: claim for claim in self.data["claims"]}

    @property
    def encounters(self) -> dict[str, Json]:
        """List its encounters by id."""
        return {one["id"]: one for one in self.data["encounters"]}

    @property
    def lines(self) -> dict[str, Json]:
        """List all charge lines by id, those that replace others too."""
        return {line["id"]: line for one in self.data["encounters"] for line in one["lines"]}

    def party(self, kind: str, name: str) -> Json:
        """Give a payer, patient, provider or coverage by its id.

        Raises:
            KeyError: The story has none.
        """
        found = next((one for one in self.data["parties"][kind] if one["id"] == name), None)
        if found is None:
            raise KeyError(name)
        return dict(found)


def read_story(scenario: str | bytes, files: Mapping[str, str]) -> Story:
    """Read a story from its JSON and the texts of its files.

    Raises:
        ValueError: It has another schema.
    """
    data = msgspec.json.decode(scenario)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        message = f"not a story of the schema {SCHEMA}"
        raise ValueError(message)
    return Story(data=data, files=files)
