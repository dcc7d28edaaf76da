"""PostgreSQL: our own launcher, the roles, and the address that a process gets."""

from cleanclaim.platform.postgres.access import (
    admin_address,
    database_name,
    is_own_cluster,
    own_cluster,
    role_address,
    set_up,
)
from cleanclaim.platform.postgres.cluster import (
    FORGETFUL,
    Cluster,
    cluster_here,
    cluster_start,
    cluster_stop,
    cluster_used,
)
from cleanclaim.platform.postgres.roles import (
    Address,
    database_set_up,
    role_addresses,
    role_is_weak,
)

__all__ = [
    "FORGETFUL",
    "Address",
    "Cluster",
    "admin_address",
    "cluster_here",
    "cluster_start",
    "cluster_stop",
    "cluster_used",
    "database_name",
    "database_set_up",
    "is_own_cluster",
    "own_cluster",
    "role_address",
    "role_addresses",
    "role_is_weak",
    "set_up",
]
