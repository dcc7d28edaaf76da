"""Identifiers are version 7, differ, and sort in the order in which they were made."""

from itertools import pairwise

from cleanclaim.platform.ids import new_id


def test_ids_sort_in_the_order_of_their_making():
    made = [new_id() for _ in range(2_000)]
    late = sum(after.int >> 64 < before.int >> 64 for before, after in pairwise(made))
    assert late == 0
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
