"""Policy files as data that remembers its lines, so that every finding can point at one."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import yaml

from cleanclaim.kernel.finding import Finding, Severity

type Path = tuple[str | int, ...]
# The loader in C reads the same language ten times as fast, where it was built.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Document(msgspec.Struct, frozen=True):
    """One policy file: its name, its content, and the line of every part of it.

    Args:
        data: Mappings, lists, texts, whole numbers and booleans; dates stay texts.
        lines: From the path of a part to its line, counted from 1.
    """

    name: str
    data: dict[str, Any]
    lines: Mapping[Path, int]

    def place(self, *path: str | int) -> str:
        """Name file and line of a part, or of the nearest part around it."""
        while path not in self.lines and path:
            path = path[:-1]
        return f"{self.name}:{self.lines.get(path, 1)}"


def document_read(name: str, text: str) -> Document | Finding:
    """Read the text of a policy file.

    Returns:
        The document, or the finding `POLICY-SYNTAX` where it is no readable YAML mapping.

    >>> document_read("a.yaml", "tenant: a").data
    {'tenant': 'a'}
    """
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line, text.count("\n")) + 1 if mark else 1
        return _syntax(name, line, "is no readable YAML")
    if not isinstance(node, yaml.MappingNode):
        return _syntax(name, 1, "holds no mapping at its top")
    lines = dict(_lines(node, ()))
    double = next(_double_keys(node), None)
    if double is not None:
        return _syntax(name, double.start_mark.line + 1, f"names {double.value} twice")
    return Document(name, _value(node), lines)


def content_digest(document: Document) -> str:
    """Give the fingerprint of what a file says, without its list of versions."""
    data = {name: value for name, value in document.data.items() if name != "versions"}
    return _digest(data)[:16]


def policy_digest(platform: Document, tenant: Document) -> str:
    """Give the fingerprint that names the policy of a tenant in every record."""
    return _digest([platform.data, tenant.data])


def _digest(data: object) -> str:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _syntax(name: str, line: int, what: str) -> Finding:
    return Finding(
        code="POLICY-SYNTAX",
        severity=Severity.BLOCKS,
        place=f"{name}:{line}",
        message=f"The file {what}.",
    )


def _lines(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*path, key.value))
            yield (*path, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _lines(item, (*path, number))


def _double_keys(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _double_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _double_keys(item)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return node.value.lower() in {"true", "yes", "on"}
    if kind == "int":
        return int(node.value)
    return None if kind == "null" else node.value
