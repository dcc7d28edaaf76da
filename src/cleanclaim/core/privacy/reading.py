"""How hard a text is to read, as the American school grade that can follow it."""

import re

_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_grade(text: str) -> float:
    """Give the Flesch-Kincaid grade of a text; each line counts as a sentence at least.

    Source: Kincaid et al. 1975; syllables are counted by groups of vowels.

    >>> round(reading_grade("We never sell your data."), 1)
    2.9
    """
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    words = _WORD.findall(text)
    if not words:
        return 0.0
    syllables = sum(syllable_count(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllable_count(word: str) -> int:
    """Count the syllables of an English word as its groups of vowels, less a silent e.

    >>> [syllable_count(word) for word in ("name", "table", "agency", "used")]
    [1, 2, 3, 1]
    """
    lower = word.lower().strip("'")
    count = len(_VOWELS.findall(lower))
    is_silent = lower.endswith("e") and not lower.endswith(("le", "ee", "ie", "ye"))
    is_silent |= lower.endswith("ed") and not lower.endswith(("ted", "ded", "eed"))
    return max(1, count - is_silent)
