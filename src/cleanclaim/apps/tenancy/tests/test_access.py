from pathlib import Path

import pytest

from cleanclaim.apps.tenancy.access import ACCESS, ROLES, refuse_unless, table_text
from cleanclaim.kernel.refusal import Refusal

ROOT = Path(__file__).parents[5]


def test_the_printed_table_is_the_policy():
    """`cleanclaim access-table > docs/reference/access.md` after a change that was meant."""
    assert (ROOT / "docs" / "reference" / "access.md").read_text() == table_text()


def test_every_role_of_the_table_exists_and_is_used():
    named = {role for actions in ACCESS.values() for roles in actions.values() for role in roles}
    assert named == set(ROLES)


@pytest.mark.parametrize(
    ("role", "action", "resource", "may"),
    [
        ("biller", "send", "claim", True),
        ("poster", "send", "claim", False),
        ("client", "read", "claim", False),
        ("auditor", "change", "claim", False),
        ("administrator", "read", "patient", False),
        ("poster", "write_off", "ledger", False),
        ("lead", "fly", "claim", False),
        ("nobody", "read", "claim", False),
    ],
)
def test_attempts(role, action, resource, may):
    if may:
        refuse_unless(role, action, resource)
    else:
        with pytest.raises(Refusal, match=r"^role_may_not"):
            refuse_unless(role, action, resource)
