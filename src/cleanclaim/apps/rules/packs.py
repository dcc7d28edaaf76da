"""Packs: rules that hold for every company of this installation, or for a payer in all of them.

    rules/<pack>.toml of the state folder, one file a pack, replaced whole

    name = "sample-mutual"
    version = 3

    [[rules]]
    rule_id = "SMP-95"
    payer_id = "60054"
    when = 'line.place = "10" and line.modifiers lacks "95"'
    message = "{line.procedure_code} at home needs 95 for this payer."
    effective_date = 2026-01-01

A company's rule of the same id goes before a pack's, because the narrower scope wins.
"""

import os
import secrets
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from cleanclaim.apps.rules.services import rule_check
from cleanclaim.core.scrub.language import OwnRule, Scope
from cleanclaim.kernel.finding import Severity
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.home import home_folder


class PackRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule of a pack; without a payer it holds for all payers."""

    rule_id: str
    when: str
    message: str
    effective_date: date
    payer_id: str = ""
    severity: Severity = Severity.BLOCKS
    end_date: date | None = None
    field: str = ""
    fix: str = ""
    source: str = ""


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Rules that are kept, changed and ended together."""

    name: str
    version: int
    rules: tuple[PackRule, ...]

    def own_rules(self) -> tuple[OwnRule, ...]:
        """Give its rules as the rule language knows them."""
        return tuple(
            OwnRule(
                rule_id=rule.rule_id,
                when=rule.when,
                message=rule.message,
                severity=rule.severity,
                version=self.version,
                scope=Scope(payer_id=rule.payer_id),
                effective_date=rule.effective_date,
                end_date=rule.end_date,
                field=rule.field,
                fix=rule.fix,
                source=rule.source or f"pack {self.name} version {self.version}",
            )
            for rule in self.rules
        )


def pack_read(text: str) -> Pack:
    """Read a pack; all of its rules can be run.

    Raises:
        Refusal: `pack_refused`, with the first problem of each rule that has one.
    """
    try:
        pack = msgspec.convert(tomllib.loads(text), Pack)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Refusal("pack_refused", f"The pack can't be read: {error}.") from error
    if not pack.name.replace("-", "").isalnum() or pack.version < 1:
        words = "A pack has a name of letters, digits and hyphens, and a version from 1 on."
        raise Refusal("pack_refused", words)
    ids = [rule.rule_id for rule in pack.rules]
    problems = [f"{one}: twice in the pack" for one in sorted({i for i in ids if ids.count(i) > 1})]
    for rule in pack.own_rules():
        problems += [
            f"{rule.rule_id}, {name}, at {problem.start}: {problem.message}"
            for name, problem in rule_check(rule).items()
        ]
    if problems:
        raise Refusal("pack_refused", "The pack was refused:\n  " + "\n  ".join(problems))
    return pack


def pack_keep(text: str) -> Pack:
    """Put a pack in force, in the place of its older version; the same again changes nothing.

    Raises:
        Refusal: `pack_refused`; `pack_version`: its version is there with other content, or a
            newer one is.
    """
    pack = pack_read(text)
    path = home_folder("rules") / f"{pack.name}.toml"
    if path.exists() and path.read_text(encoding="utf-8") != text:
        held = pack_read(path.read_text(encoding="utf-8"))
        if held.version >= pack.version:
            words = f"Pack {pack.name} is in force in version {held.version}: give a higher one."
            raise Refusal("pack_version", words)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return pack


def pack_drop(name: str) -> None:
    """Take a pack out of force.

    Raises:
        Refusal: `unknown_pack`.
    """
    for pack, path in _held():
        if pack.name == name:
            path.unlink()
            return
    raise Refusal("unknown_pack", f"There is no pack {name}.")


def packs_listed() -> list[Pack]:
    """Give the packs in force, by name."""
    return [pack for pack, _ in _held()]


def pack_rules() -> tuple[OwnRule, ...]:
    """Give the rules of all packs in force, as `rules_in_force` wants them."""
    return tuple(rule for pack in packs_listed() for rule in pack.own_rules())


def _held() -> list[tuple[Pack, Path]]:
    folder = home_folder("rules")
    with os.scandir(folder) as found:
        files = sorted(
            (one.name, one.stat().st_mtime_ns) for one in found if one.name.endswith(".toml")
        )
    return [(_pack(folder / name, changed), folder / name) for name, changed in files]


@lru_cache(maxsize=64)
def _pack(path: Path, _changed: int) -> Pack:
    """Read a pack once for each time it was written."""
    return pack_read(path.read_text(encoding="utf-8"))
