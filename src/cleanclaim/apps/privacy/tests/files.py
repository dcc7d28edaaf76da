"""The shipped policy files, read once, and changed copies of them."""

from datetime import date
from functools import cache
from pathlib import Path

from cleanclaim.apps.privacy.loading import SHIPPED, schema
from cleanclaim.core.privacy.compile import policy_from_documents
from cleanclaim.core.privacy.lint import Checked, policy_findings
from cleanclaim.core.privacy.source import content_digest, document_read

ROOT = Path(__file__).parents[5]
TODAY = date(2026, 11, 22)
TENANTS = ("usmed", "umbs")


@cache
def text(name):
    return (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")


@cache
def document(name):
    return document_read(f"{name}.yaml", text(name))


@cache
def policy(tenant):
    return policy_from_documents(document("platform"), document(tenant))


def redated(source, day="2026-12-01"):
    """Give a changed file the new version that its change needs."""
    head, mark, rest = source.partition("operator:" if "operator:" in source else "taxonomy:")
    fresh = f'  - {{version: "9", date: {day}, digest: "DIGEST", change: "Changed."}}\n'
    changed = head + fresh + mark + rest
    digest = content_digest(document_read("x", changed))
    return changed.replace("DIGEST", digest)


def findings(tenant, source=None, *, platform=None, today=TODAY, checks=None, published=None):
    own = document_read(f"{tenant}.yaml", source or text(tenant))
    shared = document_read("platform.yaml", platform or text("platform"))
    checked = Checked(platform=shared, tenant=own, today=today, checks=checks, published=published)
    return policy_findings(checked, schema())
