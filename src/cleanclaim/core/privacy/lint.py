"""The linter that closes the world: what a policy file leaves open is a finding, not a guess."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from cleanclaim.core.privacy.compile import policy_from_documents
from cleanclaim.core.privacy.evidence import section_evidence
from cleanclaim.core.privacy.page_text import sentences_of
from cleanclaim.core.privacy.policy import Rule, words_covered
from cleanclaim.core.privacy.reading import reading_grade
from cleanclaim.core.privacy.source import Document, Path, content_digest
from cleanclaim.kernel.finding import Finding, Severity

LIMIT_GRADE = 9.0


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What is checked, and what it is checked against.

    Args:
        platform: The shared file.
        tenant: The file of one tenant.
        today: The day on which it would come into force.
        checks: Ids of all evidence that exists; None leaves that question out.
        published: The file that is in force now, if there is one.
    """

    platform: Document
    tenant: Document
    today: date
    checks: frozenset[str] | None = None
    published: Document | None = None


def policy_findings(checked: Checked, schema: dict[str, Any]) -> list[Finding]:
    """Check both files; an empty list means that the policy may come into force."""
    validator = Draft202012Validator(schema)
    shape = [
        finding
        for document in (checked.platform, checked.tenant)
        for finding in _shape_findings(document, validator)
    ]
    return shape or [finding for rule in RULES for finding in rule(checked)]


def _shape_findings(document: Document, validator: Draft202012Validator) -> Iterator[Finding]:
    for error in sorted(validator.iter_errors(document.data), key=lambda e: str(e.absolute_path)):
        path = tuple(error.absolute_path)
        yield _finding(
            "POLICY-SCHEMA", document, path, f"The file breaks its schema: {error.message}."
        )


def word_findings(checked: Checked) -> Iterator[Finding]:
    """Find words that the platform does not know."""
    words = checked.platform.data
    for document, path, kind, word in _words_used(checked):
        known = words[kind]
        is_group = kind != "facts" and any(key.startswith(f"{word}.") for key in known)
        if word not in known and word != "*" and not is_group:
            yield _finding(
                "POLICY-WORD-UNKNOWN",
                document,
                path,
                f"{word} is not among the {kind}: add or mend it.",
            )


def _words_used(checked: Checked) -> Iterator[tuple[Document, Path, str, str]]:
    """Yield every word of a rule or row with its file, its path and the list it belongs to."""
    tenant, platform = checked.tenant, checked.platform
    for document, part in ((platform, "floors"), (platform, "obligations"), (tenant, "rules")):
        for number, row in enumerate(document.data[part]):
            for name in _KINDS.keys() & row.keys():
                yield from ((document, (part, number), _KINDS[name], word) for word in row[name])
    for part in ("collects", "retention"):
        for number, row in enumerate(tenant.data[part]):
            yield tenant, (part, number), "categories", row["category"]
            for word in row.get("subjects", ()):
                yield tenant, (part, number), "subjects", word
    for name, row in tenant.data["trackers"].items():
        yield tenant, ("trackers", name), "recipients", row["vendor"]
        yield tenant, ("trackers", name), "purposes", row["purpose"]
        for word in row["categories"]:
            yield tenant, ("trackers", name), "categories", word


_KINDS = {
    "categories": "categories",
    "purposes": "purposes",
    "recipients": "recipients",
    "subjects": "subjects",
    "when": "facts",
    "unless": "facts",
}


def label_findings(checked: Checked) -> Iterator[Finding]:
    """Find labels that have no plain words for the page."""
    labels = checked.platform.data["words"]
    for part, field, table in (
        ("collects", "from", "from"),
        ("collects", "ccpa", "ccpa"),
        ("retention", "trigger", "trigger"),
        ("retention", "then", "then"),
    ):
        for number, row in enumerate(checked.tenant.data[part]):
            value = row.get(field, [])
            for label in [value] if isinstance(value, str) else value:
                if label not in labels[table]:
                    yield _finding(
                        "POLICY-LABEL-WORDLESS",
                        checked.tenant,
                        (part, number),
                        f"{label} has no plain words in the platform's list {table}.",
                    )


def listing_findings(checked: Checked) -> Iterator[Finding]:
    """Find data that is taken, shared or tracked but is not listed under `collects`."""
    listed = _listed(checked)
    tenant, known = checked.tenant, checked.platform.data["categories"]
    named: list[tuple[Path, str]] = [
        (("rules", number), word)
        for number, row in enumerate(tenant.data["rules"])
        if row["effect"] == "allow"
        for word in row["categories"]
        if word != "*"
    ]
    for path, word in named:
        if listed.isdisjoint(words_covered([word], known)):
            yield _unlisted(tenant, path, word)
    for name, row in tenant.data["trackers"].items():
        for word in row["categories"]:
            if not words_covered([word], known) <= listed:
                yield _unlisted(tenant, ("trackers", name), word)


def _unlisted(document: Document, path: Path, word: str) -> Finding:
    message = f"{word} is taken or shared but not listed under collects: list it or take it out."
    return _finding("POLICY-CATEGORY-UNLISTED", document, path, message)


def use_findings(checked: Checked) -> Iterator[Finding]:
    """Find listed data and trackers that no allowing rule covers."""
    policy = policy_from_documents(checked.platform, checked.tenant)
    used = frozenset[str]().union(
        *(r.categories for r in policy.allows if "self" in r.recipients and "collect" in r.actions)
    )
    known = checked.platform.data["categories"]
    for number, row in enumerate(checked.tenant.data["collects"]):
        if words_covered([row["category"]], known).isdisjoint(used):
            message = f"{row['category']} is listed, yet no rule says what it is collected for."
            yield _finding("POLICY-USE-WITHOUT-RULE", checked.tenant, ("collects", number), message)
    for name, row in checked.tenant.data["trackers"].items():
        if not any(_covers_tracker(rule, row) for rule in policy.allows):
            message = (
                f"Tracker {name} runs, yet no rule lets {row['vendor']} track for {row['purpose']}."
            )
            yield _finding("POLICY-USE-WITHOUT-RULE", checked.tenant, ("trackers", name), message)


def _covers_tracker(rule: Rule, row: dict[str, Any]) -> bool:
    return (
        "track" in rule.actions
        and row["vendor"] in rule.recipients
        and row["purpose"] in rule.purposes
        and rule.categories >= frozenset(row["categories"])
    )


def site_findings(checked: Checked) -> Iterator[Finding]:
    """Find trackers that a site names and nobody describes, or the other way round."""
    tenant = checked.tenant
    loaded = [
        (number, name)
        for number, site in enumerate(tenant.data["sites"])
        for name in site["trackers"]
    ]
    for number, name in loaded:
        if name not in tenant.data["trackers"]:
            message = f"The site loads {name}, which no entry under trackers describes."
            yield _finding("POLICY-TRACKER-UNKNOWN", tenant, ("sites", number), message)
    for name in tenant.data["trackers"].keys() - {name for _, name in loaded}:
        message = f"Tracker {name} is described, yet no site loads it: take it out."
        yield _finding("POLICY-TRACKER-UNUSED", tenant, ("trackers", name), message)


def retention_findings(checked: Checked) -> Iterator[Finding]:
    """Find listed data without a period, and periods below the platform's minimum."""
    tenant, known = checked.tenant, checked.platform.data["categories"]
    rows = tenant.data["retention"]
    kept = words_covered([row["category"] for row in rows], known)
    for number, row in enumerate(tenant.data["collects"]):
        if not words_covered([row["category"]], known) <= kept:
            message = f"{row['category']} is collected, yet no retention rule says how long."
            yield _finding("POLICY-RETENTION-MISSING", tenant, ("collects", number), message)
    for word, minimum in checked.platform.data["retention_minimum"].items():
        for number, row in enumerate(rows):
            overlaps = not words_covered([word], known).isdisjoint(
                words_covered([row["category"]], known)
            )
            if overlaps and period_days(row["keep"]) < period_days(minimum):
                message = f"{row['category']} is kept for {row['keep']}, less than {minimum}."
                yield _finding("POLICY-RETENTION-SHORT", tenant, ("retention", number), message)


def version_findings(checked: Checked) -> Iterator[Finding]:
    """Find a changed file with an unchanged date, versions out of order, and an old notice."""
    for document in (checked.platform, checked.tenant):
        versions = document.data["versions"]
        path: Path = ("versions", len(versions) - 1)
        digest = content_digest(document)
        if versions[-1].get("digest") != digest:
            message = (
                f"The file changed after its last version: add one with a new date and {digest}."
            )
            yield _finding("POLICY-DATE-UNMOVED", document, path, message)
        dates = [version["date"] for version in versions]
        if sorted(set(dates)) != dates:
            message = "Versions stand in order, each with a later date."
            yield _finding("POLICY-DATE-UNMOVED", document, path, message)
    yield from _moved_findings(checked)
    last = date.fromisoformat(checked.tenant.data["versions"][-1]["date"])
    age = checked.tenant.data["publication"].get("max_age", "P12M")
    if (checked.today - last).days > period_days(age):
        message = f"The notice of {last} is older than {age}: review it and date it anew."
        yield _finding("POLICY-NOTICE-OLD", checked.tenant, ("versions",), message)


def _moved_findings(checked: Checked) -> Iterator[Finding]:
    before = checked.published
    if before is None or content_digest(before) == content_digest(checked.tenant):
        return
    old, new = before.data["versions"][-1], checked.tenant.data["versions"][-1]
    if new["date"] <= old["date"] or new["version"] == old["version"]:
        message = f"The file differs from version {old['version']} in force: it needs a later date."
        yield _finding("POLICY-DATE-UNMOVED", checked.tenant, ("versions",), message)


def statement_findings(checked: Checked) -> Iterator[Finding]:
    """Find sentences without a check, with one that does not exist, or about no known rule."""
    tenant = checked.tenant
    rules = {row["id"] for row in (*tenant.data["rules"], *checked.platform.data["floors"])}
    for number, row in enumerate(tenant.data["statements"]):
        path: Path = ("statements", number)
        if "withdrawn" in row:
            continue
        if not row["evidence"]:
            message = f"{row['id']} claims something that nothing checks: name a check or drop it."
            yield _finding("POLICY-CLAIM-UNCHECKED", tenant, path, message)
        yield from _check_findings(checked, path, row["id"], row["evidence"])
        for name in row["rules"]:
            if name not in rules:
                message = f"{row['id']} rests on rule {name}, which does not exist."
                yield _finding("POLICY-RULE-UNKNOWN", tenant, path, message)
    for name, section in tenant.data["sections"].items():
        ids = section_evidence(section)
        yield from _check_findings(checked, ("sections", name), f"Section {name}", ids)


def _check_findings(checked: Checked, path: Path, who: str, ids: list[str]) -> Iterator[Finding]:
    """Find tests that do not exist; probes and attestations belong to the installation."""
    if checked.checks is None:
        return
    for name in ids:
        if ":" not in name and name not in checked.checks:
            message = f"{who} rests on {name}, which does not exist."
            yield _finding("POLICY-CLAIM-UNCHECKED", checked.tenant, path, message)


def dead_rule_findings(checked: Checked) -> Iterator[Finding]:
    """Find rules that can never decide anything, because an earlier one always does."""
    policy = policy_from_documents(checked.platform, checked.tenant)
    ids = {row["id"]: number for number, row in enumerate(checked.tenant.data["rules"])}
    denies = (*policy.floors, *policy.denies)
    for order, (rule, is_allow) in enumerate(
        [(rule, False) for rule in denies] + [(rule, True) for rule in policy.allows]
    ):
        before = [d for d in denies[:order] if set(d.when) <= set(rule.when) and not d.unless]
        if is_allow:
            earlier = policy.allows[: order - len(denies)]
            before += [r for r in earlier if set(r.when) <= set(rule.when)]
        if not _is_alive(rule, before):
            document, path = checked.platform, ("floors",)
            if rule.rule_id in ids:
                document, path = checked.tenant, ("rules", ids[rule.rule_id])  # type: ignore[assignment]
            message = f"{rule.rule_id} can never apply: earlier rules always answer first."
            yield _finding("POLICY-RULE-DEAD", document, path, message)
    if len(ids) != len(checked.tenant.data["rules"]):
        message = "Two rules carry one id."
        yield _finding("POLICY-RULE-TWICE", checked.tenant, ("rules",), message)


def _is_alive(rule: Rule, before: list[Rule]) -> bool:
    reach = product(rule.actions, rule.purposes, rule.recipients, rule.subjects, rule.categories)
    return any(not any(_answers(other, question) for other in before) for question in reach)


def _answers(rule: Rule, question: tuple[str, str, str, str, str]) -> bool:
    action, purpose, recipient, subject, category = question
    return (
        category in rule.categories
        and recipient in rule.recipients
        and purpose in rule.purposes
        and action in rule.actions
        and subject in rule.subjects
    )


def reading_findings(checked: Checked) -> Iterator[Finding]:
    """Find a page that is harder to read than grade 9."""
    grade = reading_grade("\n".join(sentences_of(checked.platform, checked.tenant)))
    if grade > LIMIT_GRADE:
        message = f"The page reads at grade {grade:.1f}; write shorter words and sentences."
        yield _finding("POLICY-PAGE-HARD", checked.tenant, ("statements",), message)


def period_days(period: str) -> int:
    """Give the shortest number of days of a period such as `P6Y`, `P18M` or `P30D`.

    >>> [period_days(text) for text in ("P6Y", "P12M", "P30D")]
    [2190, 365, 30]
    """
    count, unit = int(period[1:-1]), period[-1]
    return count * 365 if unit == "Y" else count * 365 // 12 if unit == "M" else count


def _listed(checked: Checked) -> frozenset[str]:
    rows = checked.tenant.data["collects"]
    return words_covered([row["category"] for row in rows], checked.platform.data["categories"])


def _finding(code: str, document: Document, path: Path, message: str) -> Finding:
    return Finding(
        code=code, severity=Severity.BLOCKS, place=document.place(*path), message=message
    )


RULES: tuple[Callable[[Checked], Iterator[Finding]], ...] = (
    word_findings,
    label_findings,
    listing_findings,
    use_findings,
    site_findings,
    retention_findings,
    version_findings,
    statement_findings,
    dead_rule_findings,
    reading_findings,
)
