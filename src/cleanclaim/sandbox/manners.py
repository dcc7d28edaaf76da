"""How the sandbox misbehaves on order, so that people see what their side does about it."""

from pathlib import Path

import msgspec

type File = tuple[int, str, bytes]


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """What is done wrong; nothing where nothing is said.

    Args:
        delay: Turns that every answer lies about before it is laid out.
        reorder: Newer answers are laid out before older ones.
        duplicate: Every answer is laid out twice, under two names.
        cut: Bytes after which a connection is lost; 0 never.
        stall: Seconds that a rename takes; 0 none.
        lie: Listings omit files, show wrong sizes and files that are not there.
        unbalanced: Every so many payments one is ten cents out in its first line; 0 never.

    Cut, stall and lie befall every second connection, more or less.
    """

    delay: int = 0
    reorder: bool = False
    duplicate: bool = False
    cut: int = 0
    stall: float = 0
    lie: bool = False
    unbalanced: int = 0

    @property
    def needs_sftp(self) -> bool:
        """Say whether it shows only where there are connections."""
        return bool(self.cut or self.stall or self.lie)


_PLAIN = {"delay": "2", "cut": "1500", "stall": "3", "unbalanced": "5"}


def read_manners(words: str) -> Manners:
    """Read an order, or a file that holds one.

    Args:
        words: Any of delay, reorder, duplicate, cut, stall, lie and unbalanced, apart by commas,
            spaces or lines; delay, cut, stall and unbalanced take a number after a colon.

    Raises:
        ValueError: A word is none of these.

    >>> read_manners("cut:200,lie")
    Manners(delay=0, reorder=False, duplicate=False, cut=200, stall=0, lie=True, unbalanced=0)
    """
    if words and Path(words).is_file():
        words = Path(words).read_text(encoding="utf-8")
    facts: dict[str, str | bool] = {}
    for word in words.replace(",", " ").split():
        name, _, number = word.partition(":")
        facts[name] = number or _PLAIN.get(name, True)
    try:
        return msgspec.convert(_known(facts), Manners, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


def _known(facts: dict[str, str | bool]) -> dict[str, str | bool]:
    unknown = facts.keys() - set(Manners.__struct_fields__)
    if unknown:
        names = ", ".join(Manners.__struct_fields__)
        msg = f"{', '.join(sorted(unknown))} is no misbehaviour; there are {names}"
        raise ValueError(msg)
    return facts


class Delivery:
    """Decides which answers are laid out in a turn, and under which names."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._turns: dict[int, int] = {}

    def due(self, waiting: list[File]) -> list[File]:
        """Choose from what waits, oldest first."""
        for number, _, _ in waiting:
            self._turns[number] = self._turns.get(number, -1) + 1
        ripe = [one for one in waiting if self._turns[one[0]] >= self._manners.delay]
        if self._manners.reorder:
            # The older half follows in the next turn, when it is the newer half of what is left.
            ripe = ripe[::-1][: -(-len(ripe) // 2)]
        return ripe

    def names(self, name: str) -> list[str]:
        """Name the files under which an answer is laid out."""
        return [name, f"again-{name}"] if self._manners.duplicate else [name]
