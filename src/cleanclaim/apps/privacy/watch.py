"""Watching over the evidence: what lapsed, and files that cannot come into force, raise alerts."""

from datetime import datetime

from cleanclaim.apps.privacy.in_force import policy_loaded, proofs_here
from cleanclaim.apps.privacy.models import Alert
from cleanclaim.core.privacy.evidence import evidence_alerts
from cleanclaim.platform.audit.record import audit_record


def evidence_watch(policy: str, *, at: datetime) -> tuple[int, int]:
    """Bring the alerts of the scope's tenant up to date; nothing on the page is changed.

    Args:
        policy: Name of the tenant's policy.
        at: The instant of the looking.

    Returns:
        How many alerts were opened and how many closed.
    """
    loaded = policy_loaded(policy, at.date())
    told = {f"{item.code} {item.place}": item.message for item in loaded.findings}
    proofs = proofs_here(at)
    told |= {f"evidence {name}": words for name, words in proofs.unreadable.items()}
    if loaded.tenant is not None:
        lapsed = evidence_alerts(loaded.tenant, proofs)
        told |= {name: finding.message for name, finding in lapsed.items()}
    opened = {row.subject: row for row in Alert.objects.filter(closed_at=None)}
    fresh = [
        Alert(subject=subject, words=words, opened_at=at)
        for subject, words in told.items()
        if subject not in opened
    ]
    mended = [row for subject, row in opened.items() if subject not in told]
    # Two workers may look at once: an alert is open once.
    Alert.objects.bulk_create(fresh, ignore_conflicts=True)
    Alert.objects.filter(id__in=[row.id for row in mended]).update(closed_at=at)
    for action, rows in (("open", fresh), ("close", mended)):
        if rows:
            audit_record(
                action=action,
                resource_type="privacy_alert",
                resource_ids=[row.id for row in rows],
                detail={"subjects": [row.subject for row in rows]},
            )
    return len(fresh), len(mended)


def alerts_open() -> list[Alert]:
    """Give the open alerts of the scope's tenant, oldest first."""
    return list(Alert.objects.filter(closed_at=None).order_by("opened_at", "subject"))
