"""The sandbox at work: it looks into a folder, takes files away, lays answers out."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import sleep

from cleanclaim.sandbox.clearing import Clearing
from cleanclaim.sandbox.manners import Delivery, Manners
from cleanclaim.sandbox.state import State

_TEMPORARY = (".", "~")
_LOOK_SECONDS = 0.2


class FolderDesk:
    """A clearinghouse that partners reach through two folders.

    Args:
        to: Where partners put their files.
        out: Where partners fetch the answers.
        kept: Where files go once they are taken in.
    """

    def __init__(self, to: Path, out: Path, kept: Path) -> None:
        self.to, self.out, self.kept = to, out, kept
        for folder in (to, out, kept):
            folder.mkdir(parents=True, exist_ok=True)

    def waiting(self) -> list[Path]:
        """List whole files, oldest name first."""
        found = (path for path in self.to.iterdir() if path.is_file())
        return sorted(path for path in found if not path.name.startswith(_TEMPORARY))

    def lay_out(self, name: str, content: bytes) -> None:
        """Write an answer under a temporary name, then rename it."""
        temporary = self.out / f".{name}"
        temporary.write_bytes(content)
        temporary.rename(self.out / name)


def turn(
    desk: FolderDesk,
    clearing: Clearing,
    at: datetime,
    receiver: str,
    delivery: Delivery | None = None,
) -> int:
    """Take in what waits, pay what is decided, lay out what is answered.

    A kill at any point loses nothing: what was taken in is in the state before the file goes
    away, and answers stay in the outbox until they are written; writing one again gives the
    same bytes under the same name.

    Returns:
        How many files were taken in, laid out, or wait to be.
    """
    delivery = delivery or Delivery(Manners())
    moved = 0
    for path in desk.waiting():
        clearing.receive(path.name, path.read_bytes(), at)
        path.rename(desk.kept / path.name)
        moved += 1
    while clearing.pay(receiver, at):
        pass
    state = clearing.state
    waiting = state.outbox_waiting()
    for number, name, content in delivery.due(waiting):
        for each in delivery.names(name):
            desk.lay_out(each, content)
        with state.step():
            state.outbox_sent([number])
    return moved + len(waiting)


def serve(  # noqa: PLR0913  who is served, by whom, when and how well
    desk: FolderDesk,
    state: State,
    *,
    seed: int,
    receiver: str,
    clock: Callable[[], datetime],
    once: bool = False,
    manners: Manners | None = None,
) -> None:
    """Work until stopped, or, with `once`, until nothing moves."""
    manners = manners or Manners()
    clearing = Clearing(state, seed, unbalanced_every=manners.unbalanced)
    delivery = Delivery(manners)
    while True:
        if not turn(desk, clearing, clock(), receiver, delivery):
            if once:
                return
            sleep(_LOOK_SECONDS)
