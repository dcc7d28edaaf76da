"""What leaves cost: seconds and calls of this process, for whoever prints them.

Asking, checking and cutting are counted; what one of them calls counts once, with its caller.
"""

import threading
from collections import Counter
from collections.abc import Callable
from functools import wraps
from time import perf_counter


class Cost(threading.local):
    """Seconds and calls, added up apart for each thread."""

    def __init__(self) -> None:
        self.is_inside = False
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self.seconds = 0.0
        self.calls: Counter[str] = Counter()


COST = Cost()


def counted[**Arguments, Result](
    work: Callable[Arguments, Result],
) -> Callable[Arguments, Result]:
    """Add what a function takes to `COST`."""

    @wraps(work)
    def run(*args: Arguments.args, **named: Arguments.kwargs) -> Result:
        if COST.is_inside:
            return work(*args, **named)
        COST.is_inside = True
        start = perf_counter()
        try:
            return work(*args, **named)
        finally:
            COST.seconds += perf_counter() - start
            COST.calls[work.__name__] += 1
            COST.is_inside = False

    return run
