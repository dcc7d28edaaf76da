"""The inventory of fields: claim record, X12 guides and stored rows against what people wrote."""

import csv
import io
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import msgspec
from django.apps import apps

from cleanclaim.core.claim import Claim
from cleanclaim.core.privacy.fields import (
    Annotation,
    Field,
    annotations_read,
    field_paths,
    field_sets,
    inventory_from_annotations,
)
from cleanclaim.core.privacy.policy import Policy
from cleanclaim.core.privacy.source import Document
from cleanclaim_x12.guides import guide_named
from cleanclaim_x12.guides.notation import Usage

CLAIM_GUIDES = ("837P", "837I", "837D")
TRANSACTIONS = (*CLAIM_GUIDES, "270", "276", "278")
_PLACE = re.compile(r"(?P<loop>\w+)\.(?P<segment>[A-Z][A-Z0-9]{1,2})(?P<position>\d\d)$")


@cache
def places_of(guide: str) -> frozenset[str]:
    """List the places of a guide as `2010BA.NM109`."""
    table = guide_named(guide).table()
    return frozenset(
        f"{use.loop}.{use.tag}{element.position:02}"
        for items in table.loops.values()
        for use in items
        if isinstance(use, Usage)
        for element in use.elements
        if element is not None
    )


def inventory() -> tuple[list[Field], list[str]]:
    """Give every field of a claim its category and its needs, and list what is wrong."""
    text = (files("cleanclaim.apps.privacy") / "inventory.txt").read_text(encoding="utf-8")
    notes, wrong = [], []
    for note in annotations_read(text):
        needs = list(_needs(note, wrong))
        notes.append(
            Annotation(pattern=note.pattern, category=note.category, needed_by=tuple(needs))
        )
    fields, more = inventory_from_annotations(field_paths(Claim), notes)
    return fields, wrong + more


def _needs(note: Annotation, wrong: list[str]) -> Iterator[str]:
    """Spell `837` out as the guides that have the place, and report places that no guide has."""
    for need in note.needed_by:
        task, _, place = need.partition(" ")
        if not place or task == "never:":
            yield need
            continue
        guides = [g for g in (CLAIM_GUIDES if task == "837" else (task,)) if place in places_of(g)]
        if not guides:
            wrong.append(f"{note.pattern}: no guide {task} has the place {place}")
        yield from (f"{guide} {place}" for guide in guides)


def stored_paths() -> tuple[str, ...]:
    """List every column of our tables as `table.column`, sealed records by their fields."""
    paths: list[str] = []
    for model in apps.get_models():
        if model.__module__.startswith("cleanclaim.") and ".tests." not in model.__module__:
            record = getattr(model, "record", None)
            about = model._meta  # noqa: SLF001  Django's public place for it
            for column in (field.column for field in about.concrete_fields):
                within = field_paths(record) if record and column == "sealed" else ()
                name = f"{about.db_table}.{column}"
                paths += [f"{name}.{path}" for path in within] or [name]
    return tuple(sorted(paths))


def stored() -> tuple[list[Field], list[str]]:
    """Give every stored column its category and its needs, and list what is wrong."""
    text = (files("cleanclaim.apps.privacy") / "stored.txt").read_text(encoding="utf-8")
    return inventory_from_annotations(stored_paths(), annotations_read(text))


def inventory_csv() -> str:
    """Write the inventory as the reference prints it: the claim's fields, then what is stored."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("field", "category", "needed_by"))
    for prefix, fields in (("record claim.", inventory()[0]), ("table ", stored()[0])):
        for field in fields:
            writer.writerow((f"{prefix}{field.path}", field.category, "; ".join(field.needed_by)))
    return out.getvalue()


def field_sets_for(
    policy: Policy, platform: Document
) -> dict[tuple[str, str, str], frozenset[str]]:
    """Work out the field sets of a tenant's policy for `Policy.field_sets`."""
    fields = [field for field in inventory()[0] if "never:" not in field.tasks]
    return field_sets(policy, fields, platform.data["roles"], platform.data["field_sets"])


def policy_with_fields(policy: Policy, platform: Document) -> Policy:
    """Give a policy the fields that its grants open."""
    kinds = {field.path: field.category for field in inventory()[0]}
    return msgspec.structs.replace(
        policy, field_sets=field_sets_for(policy, platform), field_categories=kinds
    )


def field_sets_text(policy: Policy, platform: Document) -> str:
    """Write all field sets of a tenant: by set and task, each kind of data with its roles."""
    sets = field_sets_for(policy, platform)
    fields = inventory()[0]
    roles = platform.data["roles"]
    lines = ["# Fields that a rule opens: set and task, then kind of data (roles): fields"]
    for name, task in dict.fromkeys((name, task) for name, task, _ in sets):
        lines += ["", f"[{name} | {task}]"]
        opened = {role: sets.get((name, task, role), frozenset()) for role in roles}
        for category in policy.words.categories:
            paths = [f.path for f in fields if f.category == category]
            given = [role for role in roles if opened[role].intersection(paths)]
            shown = [path for path in paths if any(path in opened[role] for role in given)]
            if shown:
                lines.append(f"{category} ({' '.join(given)}): {' '.join(shown)}")
    return "\n".join(lines) + "\n"
