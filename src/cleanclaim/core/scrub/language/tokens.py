"""The words of the rule language, each with its place in the text."""

import re

import msgspec

WORDS = frozenset(
    {"and", "or", "not", "in", "has", "lacks", "any", "all", "no", "line", "count", "sum", "of"}
    | {"where", "is", "empty", "starts", "with", "like", "true", "false", "past", "within"}
    | {"set", "to", "add", "remove", "from"}
)

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<date>\d{4}-\d\d-\d\d)
      | (?P<money>\$\d+(?:\.\d\d)?)
      | (?P<number>\d+(?:\.\d+(?!\.))?)
      | (?P<text>"[^"\n]*")
      | (?P<name>[a-z_][a-z_0-9]*(?:\.[a-z_0-9]+)*)
      | (?P<sign>\.\.|<=|>=|!=|[=<>+\-()\[\],])
    """,
    re.VERBOSE,
)

MAX_LENGTH = 4000


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with a rule's text, and where: `start` and `end` count characters from 0."""

    start: int
    end: int
    message: str


class ProblemFound(Exception):  # noqa: N818  raised and caught inside this package only
    """Carries a problem out of the depth of the parser."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Token(msgspec.Struct, frozen=True):
    """One word: kind `word`, `name`, `text`, `number`, `money`, `date`, `sign` or `end`."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Give the place after it."""
        return self.start + max(len(self.text), 1)


def stop(token: Token, message: str) -> ProblemFound:
    """Make the exception that names a token's place."""
    return ProblemFound(Problem(token.start, token.end, message))


def tokens_of(text: str) -> list[Token]:
    """Cut a rule's text into words, an `end` last.

    Raises:
        ProblemFound: A character that begins no word, or a text too long.

    >>> [token.text for token in tokens_of('line.units > 2')]
    ['line.units', '>', '2', '']
    """
    if len(text) > MAX_LENGTH:
        raise ProblemFound(Problem(MAX_LENGTH, len(text), f"longer than {MAX_LENGTH} characters"))
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            token = Token("sign", text[position], position)
            words = (
                'a text ends with " on the same line'
                if token.text == '"'
                else f"{token.text!r} has no meaning here"
            )
            raise stop(token, words)
        kind = str(match.lastgroup)
        if kind != "space":
            is_word = kind == "name" and match[0] in WORDS
            tokens.append(Token("word" if is_word else kind, match[0], position))
        position = match.end()
    tokens.append(Token("end", "", len(text)))
    return tokens
