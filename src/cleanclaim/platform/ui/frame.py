"""What stands around a page: places, search, scope, person, keys."""

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How an action is sent."""

    GET = "get"
    POST = "post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing a person can do here, drawn as a button.

    Args:
        words: What it does: "Fix line 3".
        href: Where it leads; for POST the form's target.
        key: Its one-letter key, or empty.
        method: GET draws a link, POST a form with the token.
        is_primary: At most one per view.
        is_danger: Red words; only for what can't be taken back.
        is_quiet: Without an edge.
        off_because: Why it can't be done now; not empty draws it off, with this reason beside it.
        fields: Hidden fields of the form, as name and value.
    """

    words: str
    href: str = ""
    key: str = ""
    method: Method = Method.GET
    is_primary: bool = False
    is_danger: bool = False
    is_quiet: bool = False
    off_because: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of several views of the same thing, in a segmented control, a menu or the tabs.

    Args:
        words: "By client".
        href: Its address; opaque ids only.
        is_current: Whether this is the one shown.
        count: A number beside the words, or None.
    """

    words: str
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the bar.

    Args:
        name: Stable name by which a page says where it stands: `claims`.
        words: "Claims".
        href: Its address.
        key: The letter after `g`.
    """

    name: str
    words: str
    href: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is signed in.

    Args:
        name: "Dana Fictional".
        initials: "DF".
        role: "follow-up".
    """

    name: str
    initials: str
    role: str


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One entry of the key bar: keys in order, then what they do.

    Args:
        keys: ("p", "3").
        does: "pend 3 days".
    """

    keys: tuple[str, ...]
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Toast:
    """What has just been done, never an error.

    Args:
        words: "CC-104287 pended to 2026-11-27".
        undo: How to take it back, or None.
    """

    words: str
    undo: Action | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The shell around one page of the workbench.

    Args:
        title: Of the browser tab; a claim number is fine, a name of a person is not.
        here: Name of the place the page belongs to.
        places: The bar, in order; only places this person may enter.
        person: Who is signed in.
        scope_words: "All clients", or the one chosen.
        scopes: The choices of the scope menu; empty draws no menu.
        search_href: Where the search box asks (GET, field `q`).
        search_text: What was searched for, drawn again in the box.
        sign_out_href: POST target.
        keys: This page's keys for the key bar.
        sheet: All keys, for the sheet that `?` opens.
        notice: A line for the key bar, such as that all data is synthetic.
        idle_seconds: After how long without a key press the session ends; 0 draws no warning.
        awake_href: Light address that counts as a sign of life.
        toast: What has just been done, or None.
        problem: What was refused, where no form on the page says so; or empty.
    """

    title: str
    here: str
    person: Person
    places: tuple[Place, ...] = ()
    scope_words: str = "All clients"
    scopes: tuple[Choice, ...] = ()
    search_href: str = ""
    search_text: str = ""
    sign_out_href: str = ""
    keys: tuple[KeyHint, ...] = ()
    sheet: tuple[KeyHint, ...] = ()
    notice: str = ""
    idle_seconds: int = 0
    awake_href: str = ""
    toast: Toast | None = None
    problem: str = ""
