"""Policy files from package data and from the installation, with the last good one in force."""

import json
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import msgspec

from cleanclaim.core.privacy.compile import policy_from_documents
from cleanclaim.core.privacy.evidence import Proofs, evidence_alerts
from cleanclaim.core.privacy.lint import Checked, policy_findings
from cleanclaim.core.privacy.policy import Policy
from cleanclaim.core.privacy.source import (
    Document,
    content_digest,
    document_read,
    policy_digest,
)
from cleanclaim.kernel.finding import Finding
from cleanclaim.kernel.refusal import Refusal

SHIPPED = Path(str(files("cleanclaim.apps.privacy") / "policies"))


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """One tenant's policy in force, the documents it was made from, and what is wrong.

    Args:
        policy: None where a tenant never had a good file.
        findings: Of the newest file; where there are any, an older file is in force.
        is_last_good: Whether an older file is in force.
    """

    platform: Document
    tenant: Document | None
    policy: Policy | None
    findings: tuple[Finding, ...] = ()
    is_last_good: bool = False


@cache
def schema() -> dict[str, Any]:
    """Read the schema of policy files."""
    data: dict[str, Any] = json.loads((SHIPPED / "schema.json").read_text(encoding="utf-8"))
    return data


def document_from_file(path: Path) -> Document | Finding:
    """Read one file."""
    return document_read(path.name, path.read_text(encoding="utf-8"))


def tenant_paths(added: Path | None = None) -> dict[str, Path]:
    """Find the file of each tenant; an installation adds tenants and may replace a shipped one."""
    found = {path.stem: path for path in SHIPPED.glob("*.yaml") if path.stem != "platform"}
    if added is not None:
        found |= {path.stem: path for path in added.glob("*.yaml")}
    return dict(sorted(found.items()))


def policy_load(
    path: Path,
    *,
    today: date,
    last_good: Path | None = None,
    checks: frozenset[str] | None = None,
    proofs: Proofs | None = None,
) -> Loaded:
    """Bring a tenant's file into force, or keep the last good one where it has findings.

    Args:
        path: The newest file of the tenant.
        today: The day, handed in.
        last_good: Folder that keeps the last good copy of each file; written on success, with
            every version that was ever in force in its folder `versions`.
        checks: Ids of all evidence that exists.
        proofs: The evidence now; a new version is refused while a sentence of it stands on
            evidence that lapsed or failed.
    """
    kept = last_good / path.name if last_good is not None else None
    published = document_from_file(kept) if kept is not None and kept.exists() else None
    published = None if isinstance(published, Finding) else published
    platform = document_from_file(SHIPPED / "platform.yaml")
    if isinstance(platform, Finding):  # the shipped file is checked before every release
        raise TypeError(platform.message)
    newest = document_from_file(path)
    if isinstance(newest, Finding):
        findings = [newest]
    else:
        checked = Checked(
            platform=platform, tenant=newest, today=today, checks=checks, published=published
        )
        findings = policy_findings(checked, schema())
        is_new = published is not None and content_digest(published) != content_digest(newest)
        if is_new and proofs is not None and not findings:
            findings = list(evidence_alerts(newest, proofs).values())
        if not findings:
            if kept is not None:
                _keep(path, kept)
                for document, source in ((newest, path), (platform, SHIPPED / "platform.yaml")):
                    _keep(source, kept.parent / "versions" / version_name(document))
            policy = policy_from_documents(platform, newest)
            return Loaded(platform=platform, tenant=newest, policy=policy)
    return Loaded(
        platform=platform,
        tenant=published,
        policy=policy_from_documents(platform, published) if published else None,
        findings=tuple(findings),
        is_last_good=published is not None,
    )


def version_name(document: Document) -> str:
    """Name the kept copy of a version: `usmed-1.yaml`."""
    return f"{Path(document.name).stem}-{document.data['versions'][-1]['version']}.yaml"


def policy_of_digest(digest: str, versions: Path) -> Policy | None:
    """Find the policy that decided once, by the digest that its decisions carry.

    Args:
        digest: `Decision.policy_digest`.
        versions: The folder of all versions that were ever in force.

    Returns:
        The policy, or None where it was never in force here.
    """
    found = [document_from_file(path) for path in sorted(versions.glob("*.yaml"))]
    documents = [document for document in found if isinstance(document, Document)]
    platforms = [document for document in documents if document.data["kind"] == "Platform"]
    tenants = [document for document in documents if document.data["kind"] == "TenantPolicy"]
    for platform in platforms:
        for tenant in tenants:
            if policy_digest(platform, tenant) == digest:
                return policy_from_documents(platform, tenant)
    return None


def _keep(path: Path, kept: Path) -> None:
    content = path.read_bytes()
    if not kept.exists() or kept.read_bytes() != content:
        file_replace(kept, content)


def file_replace(path: Path, content: bytes) -> None:
    """Write a file beside and rename it, so that no half file is ever there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
        fresh.write(content)
    Path(fresh.name).replace(path)


def policy_load_unchecked(path: Path) -> Loaded:
    """Read a tenant's file to ask what it would do, without bringing it into force.

    Raises:
        Refusal: `policy_unreadable` where it cannot be read as a policy at all.
    """
    platform, tenant = document_from_file(SHIPPED / "platform.yaml"), document_from_file(path)
    if isinstance(platform, Finding) or isinstance(tenant, Finding):
        raise Refusal("policy_unreadable", f"{path.name} cannot be read as a policy.")
    try:
        policy = policy_from_documents(platform, tenant)
    except (KeyError, TypeError) as error:
        message = f"{path.name} is no policy of a tenant: run `cleanclaim policy check` on it."
        raise Refusal("policy_unreadable", message) from error
    return Loaded(platform=platform, tenant=tenant, policy=policy)
