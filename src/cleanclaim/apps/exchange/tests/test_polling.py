from datetime import UTC, datetime, timedelta

import pytest

from cleanclaim.apps.exchange.models import Connection
from cleanclaim.apps.exchange.ways import is_poll_due

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("transport", "settings", "waited_seconds", "is_due"),
    [
        ("folder", {}, 0, True),
        ("sftp", {}, 899, False),
        ("sftp", {}, 900, True),
        ("sftp", {"poll_seconds": 60}, 59, False),
        ("sftp", {"poll_seconds": 60}, 60, True),
        ("folder", {"poll_seconds": 60}, 5, False),
    ],
)
def test_a_partner_is_left_in_peace_for_a_while(transport, settings, waited_seconds, is_due):
    polled_at = NOW - timedelta(seconds=waited_seconds)
    made = Connection(tenant_id=1, transport=transport, settings=settings, polled_at=polled_at)
    assert is_poll_due(made, NOW) is is_due


def test_the_first_look_waits_for_nothing():
    assert is_poll_due(Connection(tenant_id=1, transport="sftp", settings={}), NOW)
