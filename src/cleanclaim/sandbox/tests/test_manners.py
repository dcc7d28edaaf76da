"""Orders to misbehave, as they are written and as they are followed."""

import pytest

from cleanclaim.sandbox.manners import Delivery, Manners, read_manners

FILES = [(number, f"{number}.999", b"") for number in range(1, 5)]


@pytest.mark.parametrize(
    ("words", "manners"),
    [
        ("", Manners()),
        ("delay", Manners(delay=2)),
        ("delay:5 reorder", Manners(delay=5, reorder=True)),
        ("cut:9,stall:0.5", Manners(cut=9, stall=0.5)),
        ("duplicate\nlie\n", Manners(duplicate=True, lie=True)),
    ],
)
def test_an_order_is_read_from_words_or_a_file(words, manners, tmp_path):
    assert read_manners(words) == manners
    (tmp_path / "order").write_text(words)
    assert read_manners(str(tmp_path / "order")) == manners


@pytest.mark.parametrize("words", ["rude", "delay:much", "lie:maybe"])
def test_other_words_are_refused(words):
    with pytest.raises(ValueError, match=r"misbehaviour|Expected"):
        read_manners(words)


def laid(manners, turns):
    delivery, waiting, order = Delivery(manners), list(FILES), []
    for _ in range(turns):
        due = delivery.due(waiting)
        order.append([number for number, _, _ in due])
        waiting = [one for one in waiting if one not in due]
    return order


def test_answers_come_when_and_as_ordered():
    assert laid(Manners(), 1) == [[1, 2, 3, 4]]
    assert laid(Manners(delay=2), 3) == [[], [], [1, 2, 3, 4]]
    assert laid(Manners(reorder=True), 3) == [[4, 3], [2], [1]]
    assert Delivery(Manners(duplicate=True)).names("1.999") == ["1.999", "again-1.999"]
