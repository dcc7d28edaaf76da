"""The privacy page of a tenant as HTML, as text and as data, with its history and evidence."""

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from django.template import Context, Engine

from cleanclaim.apps.privacy.loading import Loaded, document_from_file
from cleanclaim.core.privacy.compile import policy_from_documents
from cleanclaim.core.privacy.evidence import Proofs
from cleanclaim.core.privacy.page import Page, page_build
from cleanclaim.core.privacy.snapshot import policy_diff
from cleanclaim.core.privacy.source import Document
from cleanclaim.kernel.refusal import Refusal

TEMPLATES = Path(__file__).parent / "templates"
KINDS = {"page": "page_body", "evidence": "evidence_body", "history": "history_body"}


def page_for(loaded: Loaded, proofs: Proofs, *, archive: Path | None = None) -> Page:
    """Make the page of a policy in force.

    Args:
        loaded: The policy in force.
        proofs: The evidence at this instant.
        archive: Folder of earlier versions, `usmed-1.yaml`.

    Raises:
        Refusal: `policy_missing` where the tenant never had a good file.
    """
    if loaded.tenant is None:
        raise Refusal(
            "policy_missing", "There is no policy in force: run `cleanclaim policy check`."
        )
    changes = history_changes(loaded.platform, loaded.tenant, archive)
    return page_build(loaded.platform, loaded.tenant, proofs, changes)


def history_changes(
    platform: Document, tenant: Document, archive: Path | None
) -> dict[str, tuple[str, ...]]:
    """Say in words what each version changed, as far as the version before it was kept."""
    changes: dict[str, tuple[str, ...]] = {}
    name, versions = tenant.data["tenant"], tenant.data["versions"]
    for before, after in pairwise(versions):
        old = _archived(archive, name, before["version"])
        is_last = after is versions[-1]
        new = tenant if is_last else _archived(archive, name, after["version"])
        if old is not None and new is not None:
            told = policy_diff(
                policy_from_documents(platform, old), policy_from_documents(platform, new)
            )
            changes[after["version"]] = tuple(f"{line.partition(' [')[0]}." for line in told)
    return changes


def _archived(archive: Path | None, tenant: str, version: str) -> Document | None:
    path = archive / f"{tenant}-{version}.yaml" if archive is not None else None
    if path is None or not path.exists():
        return None
    found = document_from_file(path)
    return found if isinstance(found, Document) else None


def page_html(page: Page, kind: str = "page", links: Mapping[str, str] | None = None) -> str:
    """Write the body of the page, of its evidence or of its history as HTML.

    Args:
        page: What is written.
        kind: One of `KINDS`.
        links: Addresses of `page`, `evidence`, `history` and `data`, and of `requests` where there
            is a request desk; files of one folder without.
    """
    shown = {
        "page": msgspec.to_builtins(page),
        "here": kind,
        "links": links or {name: f"{name}.html" for name in KINDS},
    }
    # Without local number formats, which would ask for Django's settings.
    context = Context(shown, autoescape=True, use_l10n=False, use_tz=False)
    return _engine().render_to_string(f"privacy/{KINDS[kind]}.html", context)


def page_data(page: Page, tenant: Document) -> dict[str, Any]:
    """Give the machine-readable twin: the page as data, and the rows that it was made from."""
    rows = ("collects", "rules", "retention", "rights", "sites", "trackers", "resolutions")
    return {
        "apiVersion": "cleanclaim/privacy-page/v1",
        "page": msgspec.to_builtins(page),
        "policy": {name: tenant.data[name] for name in rows},
    }


@cache
def _engine() -> Engine:
    """Make an engine that needs no settings, so that the command line writes pages too."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)
