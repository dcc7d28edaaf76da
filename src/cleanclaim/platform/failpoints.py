"""Places where a test kills the process: after a commit, before a rename, in a send.

`CLEANCLAIM_FAIL=rename:3` kills with SIGKILL at the third passing of the point `rename`; without
the variable a point costs one dictionary look-up.
"""

import os
import signal
from collections import Counter

_passed: Counter[str] = Counter()


def fail_point(name: str) -> None:
    """Pass a point by name; the names in use are listed in `FAIL_POINTS`."""
    wanted = os.environ.get("CLEANCLAIM_FAIL")
    if wanted is None:
        return
    point, _, count = wanted.partition(":")
    if point == name:
        _passed[name] += 1
        if _passed[name] == int(count or 1):
            os.kill(os.getpid(), signal.SIGKILL)


FAIL_POINTS = {
    "before_commit": "the work of a scope is done, its transaction not yet committed",
    "after_commit": "the transaction of a scope is committed, nothing after it has happened",
    "job_done": "a job has done its work and is not yet marked as done",
    "put": "half of a file stands under its temporary name",
    "rename": "a file is whole under its temporary name and not yet renamed",
    "acknowledge": "a file is at its receiver and we have not written down that it is",
    "taken": "an inbound file is kept and not yet removed at its sender",
}
