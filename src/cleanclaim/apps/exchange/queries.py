"""Reading files of the exchange."""

from uuid import UUID

from cleanclaim.apps.exchange.models import Connection, InboundFile, Interchange
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.files.store import file_read


def connection_by_name(name: str) -> Connection | None:
    """Find a connection of the scope's tenant."""
    return Connection.objects.filter(name=name).first()


def interchange_content(grant: Grant, interchange_id: UUID) -> bytes:
    """Give the bytes of an interchange, as they went out."""
    rows = Interchange.objects.under(grant).select_related("file")
    return file_read(grant, rows.get(id=interchange_id).file, Interchange.data_categories)


def inbound_content(grant: Grant, file_id: UUID) -> bytes:
    """Give the bytes of a file that came in for one of the grant's practices."""
    rows = InboundFile.objects.select_related("file").filter(practice_id__in=grant.practice_ids)
    return file_read(grant, rows.get(id=file_id).file, InboundFile.data_categories)


def interchange_counts(grant: Grant) -> dict[str, int]:
    """Count interchanges of the grant's practices by state."""
    counts: dict[str, int] = {}
    for state in Interchange.objects.under(grant).values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts
