"""The keyboard map: what the key bar of each page lists, and the whole sheet."""

from cleanclaim.platform.ui.frame import KeyHint

_MOVE = KeyHint(("j", "k"), "move")
_OPEN = KeyHint(("Enter",), "open")
_EDIT = KeyHint(("e",), "edit")
_NOTE = KeyHint(("n",), "note")
_PEND = KeyHint(("p", "3"), "pend 3 days")
_ACTIONS = KeyHint(("a",), "actions")
_SEARCH = KeyHint(("/",), "search")

BOARD = (
    KeyHint(("g", "q"), "queues"),
    KeyHint(("g", "d"), "deposits"),
    KeyHint(("g", "r"), "reports"),
    _SEARCH,
    KeyHint(("[", "]"), "previous, next day"),
)
LIST = (_MOVE, _OPEN, _EDIT, _PEND, _NOTE, KeyHint(("x",), "select"), _ACTIONS)
TASKS = (_MOVE, _PEND, _NOTE, _ACTIONS)
CLAIMS = (_MOVE, _OPEN, KeyHint(("x",), "select"), KeyHint(("[", "]"), "pages"), _SEARCH)
CLAIM = (
    KeyHint(("j", "k"), "next claim"),
    KeyHint(("e",), "edit line"),
    _NOTE,
    _PEND,
    _ACTIONS,
    KeyHint(("Esc",), "back to list"),
)
REMITTANCE = (
    KeyHint(("Enter",), "down"),
    KeyHint(("Tab",), "right"),
    KeyHint(("=",), "copy above"),
    KeyHint(("1", "2", "3"), "choose"),
    KeyHint(("j", "k"), "claim"),
    KeyHint(("s",), "save"),
)
EOB = (
    KeyHint(("e",), "grid"),
    KeyHint(("Enter",), "down"),
    KeyHint(("Tab",), "right"),
    KeyHint(("=",), "copy above"),
    KeyHint(("s",), "save"),
)
ROWS = (_MOVE, _OPEN, KeyHint(("[", "]"), "pages"), _SEARCH)
PLAIN = (KeyHint(("g", "q"), "queues"), KeyHint(("g", "c"), "claims"), _SEARCH)

SHEET = (
    _MOVE,
    _OPEN,
    _SEARCH,
    KeyHint(("g", "q"), "queues"),
    KeyHint(("g", "c"), "claims"),
    KeyHint(("g", "e"), "edits"),
    KeyHint(("g", "d"), "deposits"),
    KeyHint(("g", "r"), "reports"),
    _EDIT,
    _NOTE,
    KeyHint(("p", "3"), "pend 3 business days"),
    _ACTIONS,
    KeyHint(("x", "X"), "select, all"),
    KeyHint(("s",), "save"),
    KeyHint(("[", "]"), "page before, after"),
    KeyHint(("=",), "copy cell above"),
    KeyHint((".", "."), "today"),
    KeyHint(("Esc",), "back, close"),
    KeyHint(("?",), "this sheet"),
)
