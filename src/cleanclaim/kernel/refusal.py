"""A refusal is the one exception for things that are not allowed or not possible now."""

from collections.abc import Mapping


class Refusal(Exception):  # noqa: N818  a refusal is no error of the program
    """Something was asked that is refused; nothing was written.

    Args:
        code: Stable, lower case with underscores: `key_reused`, `grant_expired`.
        message: A sentence for the person, with the remedy; holds no identifier of a person.
        detail: What the audit keeps beside the code: codes and opaque ids alone.

    >>> str(Refusal("wrong_state", "The batch is already sent."))
    'wrong_state: The batch is already sent.'
    """

    def __init__(self, code: str, message: str, detail: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.detail = dict(detail or {})
