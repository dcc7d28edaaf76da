"""What only a person does: withdraw a sentence as a dated version, and attest with an end."""

from datetime import datetime, timedelta

import msgspec
import yaml

from cleanclaim.apps.privacy.evidence import evidence_read
from cleanclaim.apps.privacy.in_force import (
    evidence_folder,
    policies_folder,
    policy_loaded,
    proofs_here,
)
from cleanclaim.apps.privacy.loading import file_replace, schema, tenant_paths
from cleanclaim.apps.privacy.watch import evidence_watch
from cleanclaim.apps.tenancy.public import Person, refuse_unless
from cleanclaim.core.privacy.evidence import Evidence, Kind, evidence_alerts, section_evidence
from cleanclaim.core.privacy.lint import Checked, policy_findings
from cleanclaim.core.privacy.source import Document, document_read
from cleanclaim.core.privacy.withdrawal import Withdrawal, text_withdrawn
from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.audit.record import audit_record
from cleanclaim.platform.models.scope import tenant_scope

LONGEST = timedelta(days=366)


def sentences_withdraw(person: Person, names: tuple[str, ...], *, why: str, at: datetime) -> str:
    """Withdraw sentences or parts of the page of a person's company, as a new version of its file.

    Args:
        person: Who decides; the role must let them change the policy.
        names: Ids of sentences, names of parts.
        why: One sentence, which is published.
        at: The instant of the decision.

    Returns:
        The new version.

    Raises:
        Refusal: The role may not; a name is unknown; or the new version could not come into force,
            for example because the evidence of another sentence has lapsed too.
    """
    with tenant_scope(person.tenant_id, actor=person.actor, at=at):
        policy = person.tenant.policy
        refuse_unless(person.role, "change", "policy")
        path = tenant_paths(policies_folder()).get(policy)
        if path is None:
            raise Refusal("no_policy", f"There is no policy file of the name {policy}.")
        office = person.role.replace("_", " ")
        withdrawal = Withdrawal(names=names, day=at.date(), by=office, why=why)
        text = text_withdrawn(path.read_text(encoding="utf-8"), withdrawal)
        version = _refuse_unfit(policy, path.name, text, at)
        audit_record(
            action="withdraw",
            resource_type="policy",
            resource_ids=names,
            detail={"version": version, "policy": policy},
        )
        file_replace(policies_folder() / path.name, text.encode())
        evidence_watch(policy, at=at)
    return version


def _refuse_unfit(policy: str, name: str, text: str, at: datetime) -> str:
    """Give the version of a text that may come into force."""
    loaded = policy_loaded(policy, at.date())
    document = document_read(name, text)
    if not isinstance(document, Document):
        raise Refusal("policy_unfit", document.message)
    findings = policy_findings(
        Checked(
            platform=loaded.platform,
            tenant=document,
            today=at.date(),
            published=loaded.tenant,
        ),
        schema(),
    )
    findings += [] if findings else evidence_alerts(document, proofs_here(at)).values()
    if findings:
        told = " ".join(finding.message for finding in findings)
        raise Refusal("policy_unfit", f"The new version may not come into force: {told}")
    version: str = document.data["versions"][-1]["version"]
    return version


def evidence_attest(
    person: Person, evidence_id: str, *, until: datetime, told: str, at: datetime
) -> None:
    """Attest what a sentence or part of the page rests on, until an end.

    Args:
        person: Who attests; the role must let them change the policy.
        evidence_id: A name that the company's file rests something on, `attest:usmed.rights`.
        until: The end, a year ahead at most.
        told: What was seen, in words.
        at: The instant of the attesting.

    Raises:
        Refusal: The role may not, nothing rests on that name, or the end is none.
    """
    with tenant_scope(person.tenant_id, actor=person.actor, at=at):
        policy = person.tenant.policy
        refuse_unless(person.role, "change", "policy")
        if not evidence_id.startswith("attest:") or evidence_id not in _rested_on(policy, at):
            raise Refusal("no_such_evidence", f"Nothing on the page rests on {evidence_id}.")
        if not at < until <= at + LONGEST:
            raise Refusal("bad_end", "An attestation ends in the future, a year ahead at most.")
        row = Evidence(
            evidence_id=evidence_id,
            kind=Kind.ATTESTATION,
            holds=True,
            at=at,
            until=until,
            by=person.role.replace("_", " "),
            told=told,
        )
        path = evidence_folder() / f"{policy}.yaml"
        known = evidence_read(path) if path.exists() else []
        rows = [*(one for one in known if one.evidence_id != evidence_id), row]
        audit_record(
            action="attest",
            resource_type="policy",
            resource_ids=[evidence_id],
            detail={"until": until.isoformat()},
        )
        file_replace(path, yaml.safe_dump(msgspec.to_builtins(rows), sort_keys=False).encode())
        evidence_watch(policy, at=at)


def _rested_on(policy: str, at: datetime) -> set[str]:
    tenant = policy_loaded(policy, at.date()).tenant
    if tenant is None:
        return set()
    parts = [row["evidence"] for row in tenant.data["statements"]]
    parts += map(section_evidence, tenant.data["sections"].values())
    return {name for ids in parts for name in ids}
