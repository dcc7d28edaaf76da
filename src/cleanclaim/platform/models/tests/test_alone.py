"""Two processes that want the same work, and one that is cut off while it does it."""

import threading

from cleanclaim.platform.models.alone import alone


def test_work_of_one_name_is_done_one_after_the_other(own_database):
    from django.db import connection

    seen, inside = [], threading.Event()

    def other(name):
        with alone(name):
            seen.append(name)
        connection.close()

    with alone("trip:1"):
        waits = threading.Thread(target=other, args=["trip:1"])
        waits.start()
        passes = threading.Thread(target=other, args=["trip:2"])
        passes.start()
        passes.join(20)
        inside.wait(0.2)
        assert seen == ["trip:2"]
    waits.join(20)
    assert seen == ["trip:2", "trip:1"]


def test_a_holder_that_loses_its_connection_lets_go(own_database):
    from django.db import connection

    with alone("trip:1"):
        connection.close()  # as a kill does
        with alone("trip:1"):
            pass
