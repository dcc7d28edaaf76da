"""Withdrawing sentences of a page: the text of the policy file with a mark and a new version."""

import json
from datetime import date, timedelta

import msgspec
import yaml

from cleanclaim.core.privacy.source import Document, content_digest, document_read
from cleanclaim.kernel.refusal import Refusal

type Edit = tuple[int, int, str]


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """What a person withdraws.

    Args:
        names: Ids of sentences (`SA-10`) and names of parts (`retention`).
        by: The office that decided, not a person's name: it is published.
        why: One sentence; it is published.
    """

    names: tuple[str, ...]
    day: date
    by: str
    why: str


def text_withdrawn(text: str, withdrawal: Withdrawal) -> str:
    """Mark sentences as withdrawn in a policy file and add the version that says so.

    The rest of the file stays as people wrote it. The version bears the day of the withdrawal, or
    the day after the last version where that one is not older.

    Raises:
        Refusal: `no_sentence` for a name that the file does not hold or that is withdrawn already.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise Refusal("no_sentence", "The file is no policy.")
    mark = _flow(date=str(withdrawal.day), by=withdrawal.by, why=withdrawal.why)
    edits = [_edit(root, name, mark) for name in withdrawal.names]
    marked = _applied(text, edits)
    return _applied(marked, [_version_edit(marked, withdrawal)])


def _edit(root: yaml.MappingNode, name: str, mark: str) -> Edit:
    for row in _part(root, "statements").value:
        if _scalar(row, "id") == name and not _has(row, "withdrawn"):
            return _added(row, f"withdrawn: {mark}")
    for key, value in _part(root, "sections").value:
        if key.value == name and isinstance(value, yaml.SequenceNode):
            end = _end(value)
            return value.start_mark.index, end, f"{{withdrawn: {mark}}}"
    raise Refusal("no_sentence", f"{name} is no sentence or part that is published.")


def _added(row: yaml.MappingNode, words: str) -> Edit:
    """Add a key to a mapping: at the end of `{…}`, else as its first line."""
    if row.flow_style:
        return row.end_mark.index - 1, row.end_mark.index - 1, f", {words}"
    start = row.start_mark
    return start.index, start.index, f"{words}\n{' ' * start.column}"


def _version_edit(text: str, withdrawal: Withdrawal) -> Edit:
    document = document_read("policy", text)
    if not isinstance(document, Document):
        raise Refusal("no_sentence", "The file can't be changed by this command: edit it.")
    last = document.data["versions"][-1]
    number = last["version"]
    row = _flow(
        version=str(int(number) + 1) if number.isdigit() else f"{number}.1",
        date=str(max(withdrawal.day, date.fromisoformat(last["date"]) + timedelta(days=1))),
        digest=content_digest(document),
        change=f"Withdrawn: {', '.join(withdrawal.names)}. {withdrawal.why}",
    )
    rows = _part(yaml.compose(text, Loader=yaml.SafeLoader), "versions")
    end = _end(rows)
    if rows.flow_style:
        return end - 1, end - 1, f", {row}"
    return end, end, f"\n{' ' * rows.start_mark.column}- {row}"


def _applied(text: str, edits: list[Edit]) -> str:
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _flow(**values: str) -> str:
    """Write a mapping in braces; a date stands bare, as people write it."""
    parts = (f"{k}: {v if k == 'date' else json.dumps(v)}" for k, v in values.items())
    return f"{{{', '.join(parts)}}}"


def _part(root: yaml.Node | None, name: str) -> yaml.CollectionNode:
    rows = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((v for k, v in rows if k.value == name), None)
    if not isinstance(found, yaml.CollectionNode):
        raise Refusal("no_sentence", f"The file holds no {name}.")
    return found


def _scalar(row: yaml.MappingNode, name: str) -> str:
    return next((str(v.value) for k, v in row.value if k.value == name), "")


def _has(row: yaml.MappingNode, name: str) -> bool:
    return any(k.value == name for k, _ in row.value)


def _end(node: yaml.Node) -> int:
    """Find where a node's text ends, without the blank lines that a block has after it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end
