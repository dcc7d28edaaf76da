"""What is sealed of the work."""

import msgspec


class NoteText(msgspec.Struct, frozen=True):
    """What is sealed of a note."""

    text: str
