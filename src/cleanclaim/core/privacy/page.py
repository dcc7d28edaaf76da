"""The public privacy page of a tenant, made from the rules that the software asks."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from cleanclaim.core.privacy.evidence import (
    Evidence,
    Proofs,
    State,
    section_evidence,
    section_state,
    statement_state,
)
from cleanclaim.core.privacy.lint import period_days
from cleanclaim.core.privacy.page_text import sentence
from cleanclaim.core.privacy.source import Document, policy_digest


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """One published sentence: its words, how it stands, and what it rests on.

    Args:
        reasons: Each rule with what it says.
    """

    text: str
    state: State
    reference: str
    rules: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the page: sentences, or a table.

    Args:
        state: How what the whole part rests on stands.
        evidence: What a table rests on; sentences carry their own.
        withdrawn: The day on which a person withdrew it.
    """

    anchor: str
    title: str
    sentences: tuple[Sentence, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    state: State = State.PROVEN
    evidence: tuple[Evidence, ...] = ()
    withdrawn: str = ""

    @property
    def waits(self) -> bool:
        """Say whether its proof is not there yet."""
        return self.state is State.MISSING


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the policy in the history; `changes` are sentences, newly allowed first."""

    version: str
    date: str
    change: str
    changes: tuple[str, ...] = ()


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The page and its machine-readable twin: what it says is what it is made of."""

    tenant: str
    operator: str
    version: str
    since: str
    proven: int
    total: int
    last_checked: str
    fingerprint: str
    sections: tuple[Section, ...]
    held_back: tuple[str, ...]
    contact: tuple[tuple[str, str], ...]
    request_path: str
    versions: tuple[Version, ...]


def page_build(
    platform: Document,
    tenant: Document,
    proofs: Proofs,
    changes: Mapping[str, tuple[str, ...]] | None = None,
) -> Page:
    """Make the page of a tenant; what was never proven is held back, not claimed.

    Args:
        platform: The shared file.
        tenant: The tenant's file in force.
        proofs: The evidence at this instant.
        changes: From version to what it changed, in words.
    """
    data = tenant.data
    maker = _Maker(platform.data, data, proofs)
    sections = maker.sections()
    told = [item for section in sections for item in section.sentences]
    statements = {row["id"]: statement_state(row, proofs) for row in data["statements"]}
    waiting = [section.anchor for section in sections if section.waits]
    latest = max((item.at for item in proofs.by_id.values()), default=None)
    last = data["versions"][-1]
    return Page(
        tenant=data["tenant"],
        operator=data["operator"]["public_name"],
        version=last["version"],
        since=last["date"],
        proven=sum(item.state is State.PROVEN for item in told),
        total=len(told),
        last_checked=f"{latest:%Y-%m-%d %H:%M}" if latest else "",
        fingerprint=policy_digest(platform, tenant)[:12],
        sections=sections,
        held_back=(*(n for n, state in statements.items() if state is State.MISSING), *waiting),
        contact=tuple(
            (kind, words)
            for kind, words in data["operator"]["contact"].items()
            if kind != "request_intake"
        ),
        request_path=data["operator"]["contact"]["request_intake"],
        versions=tuple(
            Version(
                version=row["version"],
                date=row["date"],
                change=row["change"],
                changes=(changes or {}).get(row["version"], ()),
            )
            for row in reversed(data["versions"])
        ),
    )


def page_text(page: Page) -> str:
    """Write the page as plain text, for reading aloud, for grading and for the command line."""
    lines = [f"Privacy policy of {page.operator}", f"Version {page.version}, {page.since}", ""]
    for section in page.sections:
        lines += [section.title, ""]
        lines += [f"- {item.text}" for item in section.sentences]
        lines += [f"- {'; '.join(filter(None, row))}." for row in section.rows]
        if section.waits:
            lines.append("This part waits for its proof.")
        if section.withdrawn:
            lines.append(f"This part was withdrawn on {section.withdrawn}.")
        lines.append("")
    lines += [f"{kind}: {words}" for kind, words in page.contact]
    return "\n".join(lines) + "\n"


class _Maker:
    """Turns the rows of both files into sections."""

    def __init__(
        self, platform: Mapping[str, Any], tenant: Mapping[str, Any], proofs: Proofs
    ) -> None:
        self.platform, self.tenant, self.proofs = platform, tenant, proofs
        kinds = {key: row["words"] for key, row in platform["categories"].items()}
        self.kinds = {**platform["groups"], **kinds}
        self.purposes = {key: row["words"] for key, row in platform["purposes"].items()}
        self.words = platform["words"]
        self.because = {
            row["id"]: row["because"] for row in (*platform["floors"], *tenant["rules"])
        }

    def sections(self) -> tuple[Section, ...]:
        return (
            Section(anchor="short", title="In short", sentences=tuple(self._statements())),
            self._table("collects", "What we collect", self._collects()),
            self._sentences("recipients", "Who receives it", self._recipients()),
            self._table("trackers", "Trackers by site", self._trackers()),
            self._table("cookies", "Cookies", self._cookies()),
            self._table("retention", "How long we keep it", self._retention()),
            self._sentences("rights", "Your rights", self._rights()),
        )

    def _reasons(self, rules: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"{name}: {self.because[name]}" for name in rules)

    def _evidence(self, ids: Iterable[str]) -> tuple[Evidence, ...]:
        return tuple(self.proofs.by_id[name] for name in ids if name in self.proofs.by_id)

    def _statements(self) -> Iterable[Sentence]:
        for row in self.tenant["statements"]:
            state = statement_state(row, self.proofs)
            if state is State.MISSING:
                continue
            text = row["text"]
            if state is State.WITHDRAWN:
                text = f"A sentence was withdrawn on {row['withdrawn']['date']}."
            yield Sentence(
                text=text,
                state=state,
                reference=row["id"],
                rules=tuple(row["rules"]),
                reasons=self._reasons(row["rules"]),
                clauses=tuple(row["clauses"]),
                evidence=self._evidence(row["evidence"]),
            )

    def _table(self, name: str, title: str, rows: list[tuple[str, ...]]) -> Section:
        """Make a section of a table; its first row is the head."""
        bare = self._bare(name, title)
        if bare.state in {State.MISSING, State.WITHDRAWN}:
            return bare
        return msgspec.structs.replace(bare, head=rows[0], rows=tuple(rows[1:]))

    def _bare(self, name: str, title: str) -> Section:
        """Make a section without content: how it stands and on what."""
        held = self.tenant["sections"].get(name)
        return Section(
            anchor=name,
            title=title,
            state=section_state(held, self.proofs),
            evidence=self._evidence(section_evidence(held)),
            withdrawn=held["withdrawn"]["date"] if isinstance(held, dict) else "",
        )

    def _sentences(
        self, name: str, title: str, rows: Iterable[tuple[str, str, list[str]]]
    ) -> Section:
        """Make a section of sentences (words, reference, clauses) on the section's evidence."""
        bare = self._bare(name, title)
        if bare.state in {State.MISSING, State.WITHDRAWN}:
            return bare
        told = tuple(
            Sentence(
                text=text,
                state=bare.state,
                reference=reference,
                rules=(reference,) if reference else (),
                reasons=self._reasons([reference] if reference else []),
                clauses=tuple(clauses),
                evidence=bare.evidence,
            )
            for text, reference, clauses in rows
        )
        return msgspec.structs.replace(bare, sentences=told, evidence=())

    def _collects(self) -> list[tuple[str, ...]]:
        has_ccpa = any("ccpa" in row for row in self.tenant["collects"])
        rows = [("Kind", "From", "Why", *(("California name",) if has_ccpa else ()))]
        for row in self.tenant["collects"]:
            name = self.words["ccpa"].get(row.get("ccpa", ""), "")
            cells = (
                _capital(self.kinds[row["category"]]),
                _capital(", ".join(self.words["from"][word] for word in row["from"])),
                _capital(", ".join(self._uses(row["category"]))),
            )
            rows.append((*cells, *((name,) if has_ccpa else ())))
        return rows

    def _uses(self, category: str) -> list[str]:
        """Name the purposes for which we take a category in, as the rules name them."""
        purposes = [
            purpose
            for rule in self.tenant["rules"]
            if rule["effect"] == "allow" and "collect" in rule["actions"]
            for pattern in rule["categories"]
            if _overlap(pattern, category)
            for purpose in rule["purposes"]
        ]
        return [self.purposes[purpose] for purpose in dict.fromkeys(purposes)]

    def _recipients(self) -> Iterable[tuple[str, str, list[str]]]:
        for rule in self.tenant["rules"]:
            leaves = {"disclose", "track"} & set(rule["actions"])
            if rule["effect"] == "allow" and leaves and rule["recipients"] != ["self"]:
                yield sentence(rule["because"]), rule["id"], rule["clauses"]

    def _trackers(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [("Site", "For", "What may run", "When")]
        for site in self.tenant["sites"]:
            names = [self._tracker(name) for name in site["trackers"]]
            when = "Only after you choose it; never after a no" if names else "Never"
            audience = self.platform["audiences"][site["audience"]]
            label = _capital(site["id"].replace("_", " "))
            rows.append((label, _capital(audience), _capital(", ".join(names)) or "None", when))
        return rows

    def _cookies(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [("Cookie", "What it does", "How long it stays")]
        for name, row in self.platform["cookies"].items():
            rows.append((name, _capital(row["words"]), _capital(_period(row["keep"]).strip())))
        return rows

    def _tracker(self, name: str) -> str:
        row = self.tenant["trackers"][name]
        vendor = self.platform["recipients"][row["vendor"]]["words"]
        return f"{self.purposes[row['purpose']]} by {vendor}"

    def _retention(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [("What", "How long", "Then")]
        for row in self.tenant["retention"]:
            start = self.words["trigger"][row["trigger"]]
            longer = ", or longer where a law or contract says so" if "or_longer" in row else ""
            rows.append(
                (
                    _capital(self.kinds[row["category"]]),
                    _capital(f"{_period(row['keep'])}{start}{longer}"),
                    _capital(self.words["then"][row["then"]]),
                )
            )
        return rows

    def _rights(self) -> Iterable[tuple[str, str, list[str]]]:
        groups = (("provider", ""), ("patient_via_provider", " through your provider"))
        for group, way in groups:
            rights = self.tenant["rights"][group]
            for name, words in self.words["right"].items():
                if name in rights:
                    days = period_days(rights[name])
                    text = f"You can ask us to {words}{way}; we answer within {days} days."
                    yield text, "", rights["clauses"]


def _overlap(pattern: str, category: str) -> bool:
    return (
        pattern == category
        or category.startswith(f"{pattern}.")
        or pattern.startswith(f"{category}.")
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _period(period: str) -> str:
    """Write a period in words with a blank after it; no time at all is no words."""
    unit = {"Y": "year", "M": "month", "D": "day", "H": "hour"}[period[-1]]
    count = int(period.strip("PTYMDH"))
    if not count:
        return ""
    return f"{count} {unit}{'' if count == 1 else 's'} "
