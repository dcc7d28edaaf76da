"""The demo data folder: people with sign-ins, and one billing day; made once and kept."""

import json
import secrets
from datetime import UTC, datetime

from cleanclaim.apps.tenancy.public import (
    person_create,
    second_factor_create,
    tenant_list,
)
from cleanclaim.config.billing_day import billing_day
from cleanclaim.config.commands.demo_code import MARK
from cleanclaim.config.day_report import day_text
from cleanclaim.config.practice_world import COMPANIES, sandbox_command, sender_of
from cleanclaim.config.progress import heard_by_people
from cleanclaim.platform.home import home_folder, secret_write
from cleanclaim.platform.models.scope import directory_scope, tenant_scope

SEED = 2026
PEOPLE = (
    ("dana", "Dana Fictional", "lead"),
    ("ben", "Ben Madeup", "biller"),
    ("pat", "Pat Pretend", "poster"),
    ("ada", "Ada Invented", "administrator"),
)
_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris", "larch")


def demo_make(claims: int) -> str:
    """Make the demo data, unless this folder holds it.

    Args:
        claims: Visits of the day.

    Returns:
        What became of every claim and cent, or nothing where the data was there.
    """
    path = home_folder() / MARK
    if path.exists():
        return ""
    with heard_by_people() as heard:
        day = billing_day(claims=claims, seed=SEED, prefix="", heard=heard)
    signs = _people_make()
    secret_write(path, json.dumps(signs).encode())
    return day_text(day)


def demo_sandboxes() -> dict[str, list[str]]:
    """Name the commands that run the sandbox of each demo company beside the pages."""
    return {
        f"sandbox of {name}": sandbox_command(
            home_folder("sandbox", slug), SEED, sender_of(position)
        )
        for position, (name, slug) in enumerate(COMPANIES)
    }


def demo_people() -> str:
    """List the demo people's sign-ins."""
    rows = ["Sign in on https://localhost:8443 as one of these demo people:", ""]
    rows += [
        f"  {one['name']:12} password {one['password']:28} {one['role']} of {one['company']}"
        for one in json.loads((home_folder() / MARK).read_text())
    ]
    rows += ["", "The second-factor code of the moment: cleanclaim demo-code NAME"]
    return "\n".join(rows)


def _people_make() -> list[dict[str, str]]:
    at = datetime.now(UTC)
    signs = []
    with directory_scope():
        tenants = [one for one in tenant_list() if one.slug in ("usmed", "umbs")]
    for tenant in tenants:
        for short, name, role in PEOPLE:
            password = "-".join(secrets.choice(_WORDS) for _ in range(4)) + str(
                secrets.randbelow(90) + 10
            )
            username = f"{short}.{tenant.slug}"
            with tenant_scope(tenant.id, actor="command:demo", at=at):
                person = person_create(
                    username=username,
                    name=name,
                    role=role,
                    password=password,
                    email=f"{username}@example.com",
                    has_all_practices=True,
                )
                second_factor_create(person)
            signs.append(
                {"name": username, "password": password, "role": role, "company": tenant.name}
            )
    return signs
