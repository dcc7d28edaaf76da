"""The four characters that take an interchange apart."""

import msgspec

_BLANKS = " \t\r\n\x00\x1a"


class Delimiters(msgspec.Struct, frozen=True, gc=False):
    """The separators of one interchange.

    Args:
        element: Between elements, `*`.
        component: Between the components of a composite, `:`.
        repetition: Between repetitions of an element, `^`; empty before version 00402.
        segment: After each segment, `~`.
    """

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"

    @property
    def blanks(self) -> str:
        """Give the characters that may stand around segments without a meaning."""
        own = self.element + self.component + self.repetition
        return "".join(blank for blank in _BLANKS if blank not in own)

    @property
    def is_usable(self) -> bool:
        """Say whether segments and elements can be told apart with them."""
        return (
            self.element != self.segment
            and not self.element.isalnum()
            and not self.segment.isalnum()
            and self.element not in " \r\n"
            and self.segment != " "
        )


DEFAULT_DELIMITERS = Delimiters()
