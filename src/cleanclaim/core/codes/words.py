"""Words of titles and of people's questions as the terms of the index."""

import re

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHE = re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]s?\b")
STOP = frozenset(
    {
        "a",
        "an",
        "and",
        "as",
        "at",
        "be",
        "by",
        "due",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "its",
        "my",
        "nec",
        "nos",
        "not",
        "of",
        "on",
        "or",
        "other",
        "per",
        "the",
        "their",
        "this",
        "to",
        "type",
        "was",
        "which",
        "with",
        "without",
    }
)
SIDES = {"right": "R", "rt": "R", "left": "L", "lt": "L", "bilateral": "B", "both": "B"}


def stem(word: str) -> str:
    """Take the plural off a word; nothing else, so that people see why a title was found.

    >>> [stem(w) for w in ("stones", "allergies", "fractures", "crisis", "illness", "sinus")]
    ['stone', 'allergy', 'fracture', 'crisis', 'illness', 'sinus']
    """
    if len(word) > 3 and word.endswith("s"):
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes")):
            return word[:-2]
        if not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


def terms(text: str) -> list[str]:
    """Give the terms of a text in order, without words that say nothing.

    >>> terms("Stones in the kidney, right")
    ['stone', 'kidney', 'right']
    """
    return [stem(w) for w in _WORD.findall(_APOSTROPHE.sub("", text.lower())) if w not in STOP]


def split_side(found: list[str]) -> tuple[list[str], str]:
    """Take the words for a side out of a question.

    Returns:
        The other terms, and `R`, `L`, `B` or nothing.

    >>> split_side(["broken", "right", "hip"])
    (['broken', 'hip'], 'R')
    """
    side = next((SIDES[term] for term in found if term in SIDES), "")
    return [term for term in found if term not in SIDES], side
