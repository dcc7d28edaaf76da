"""Code search for people: BM25 over titles and inclusion terms, synonyms, prefixes of codes.

Every title and every inclusion term is a short document of its own; a code is as good as the
best of them. The index lies in the file of its release and is read in place. It proposes; a
person chooses.
"""

import math
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import nlargest
from typing import Final, cast, final

import msgspec

from cleanclaim.core.codes.mapped import MappedRelease, MappedTables, Sections
from cleanclaim.core.codes.records import Dated, Diagnosis, Listed, Procedure
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.core.codes.synonyms import EQUAL_WORDS, PHRASES
from cleanclaim.core.codes.words import SIDES, split_side, stem, terms

SEARCHED: Final = (Table.DIAGNOSIS, Table.HCPCS, Table.CPT, Table.CDT, Table.PCS)
_K1, _B = 1.2, 0.6
_SCALE = 100.0
_EQUAL, _PREFIX = 0.85, 0.45
_MOST_TERMS, _MOST_PREFIXED, _MOST_VARIANTS = 12, 40, 6
_TITLE_BONUS = 1.05
_OTHER_MALUS = 0.92  # "Other ..." is what remains, seldom what is asked for
_SPECIAL_MALUS = 0.85  # pregnancy and newborn, unless the question says so
_UNKNOWN_RARITY = 6.0
_COMMON_SHARE = 0.25
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z]?(?:\.?[0-9A-Z]{0,4})|[0-9]{2,4}[0-9FTUMA]?")
_SIDE_WORDS = frozenset(SIDES) | {"unspecified"}


@final
class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A code that a person may have meant.

    Args:
        matched: The title or inclusion term that the words met.
        side: The side that the words named; for the guide.
    """

    table: Table
    code: str
    words: str
    matched: str
    score: float
    is_billable: bool
    side: str = ""


def index_sections(mapped: MappedRelease) -> Sections:
    """Build the index of a release of one of the tables `SEARCHED`."""
    owners, priors, lengths = array("I"), array("B"), array("B")
    postings: dict[str, list[int]] = {}
    for row, record in _documents(mapped.all_rows()):
        for place, phrase in enumerate(_phrases(record)):
            found = terms(phrase)[:255]
            for term in set(found):
                postings.setdefault(term, []).append(len(owners))
            owners.append(row)
            priors.append(round(_SCALE * _prior(record, phrase, is_title=place == 0)))
            lengths.append(len(found))
    average = sum(lengths) / len(lengths) if lengths else 1.0
    words, ends, documents, weights = [], array("I", [0]), array("I"), array("B")
    for term in sorted(postings):
        words.append(term)
        for document in postings[term]:  # a term counts once: phrases are short
            norm = 1 + _K1 * (1 - _B + _B * lengths[document] / average)
            documents.append(document)
            weights.append(min(255, round(_SCALE * (_K1 + 1) / norm)))
        ends.append(len(documents))
    return {
        "owners": ("I", owners.tobytes()),
        "priors": ("B", priors.tobytes()),
        "terms": ("B", "\n".join(words).encode()),
        "ends": ("I", ends.tobytes()),
        "documents": ("I", documents.tobytes()),
        "weights": ("B", weights.tobytes()),
    }


def _prior(row: Dated, phrase: str, *, is_title: bool) -> float:
    prior = _TITLE_BONUS if is_title else 1.0
    if phrase.lower().startswith("other "):
        prior *= _OTHER_MALUS
    if isinstance(row, Diagnosis) and row.code[0] in "OP":
        prior *= _SPECIAL_MALUS
    return prior


def _documents(rows: Iterable[Dated]) -> Iterator[tuple[int, Dated]]:
    """Give every row that a question should find, with its place."""
    held = list(rows)
    above = {row.code: row for row in held if isinstance(row, Diagnosis)}
    for index, row in enumerate(held):
        if isinstance(row, Diagnosis) and _is_step(row, above.get(row.parent)):
            continue
        yield index, row


def _is_step(row: Diagnosis, parent: Diagnosis | None) -> bool:
    """Say whether a code is only a step of its parent: a 7th character or a side."""
    if parent is None:
        return False
    if parent.seventh and not row.seventh and not row.children:
        return True
    own = set(terms(row.description)) - _SIDE_WORDS
    return bool(row.side) and own <= set(terms(parent.description))


class Index:
    """The index of one release, read in place."""

    def __init__(self, mapped: MappedRelease) -> None:
        self.mapped = mapped
        self._owners, self._priors = mapped.section("owners"), mapped.section("priors")
        self._documents, self._weights = mapped.section("documents"), mapped.section("weights")
        self._ends = mapped.section("ends")
        self._terms = bytes(mapped.section("terms")).decode().split("\n")
        self._count = len(self._owners)

    def best(
        self, question: Sequence[str], limit: int, *, typing: bool
    ) -> dict[int, tuple[float, int]]:
        """Score rows for the terms of a question.

        Args:
            question: Terms in order.
            limit: How many rows.
            typing: Whether the last term may be the beginning of a word.

        Returns:
            By row the score, about 1 where all was met, and the document that met best; only
            the best rows.
        """
        scores: dict[int, float] = {}
        question = question[:_MOST_TERMS]
        groups = [
            self._group(term, prefix=typing and place == len(question) - 1)
            for place, term in enumerate(question)
        ]
        possible = sum(self._rarity(group) for group in groups)
        groups = [group for group in groups if group]
        rare = [g for g in groups if self._size(g) <= self._count * _COMMON_SHARE] or groups
        for group in rare:
            for document, score in self._group_scores(group).items():
                scores[document] = scores.get(document, 0.0) + score
        best: dict[int, tuple[float, int]] = {}
        factor = 1 / (_SCALE * max(possible, 1.0))
        ranked = nlargest(limit * 8, scores, key=scores.__getitem__)
        for document in ranked:
            score = scores[document] * self._priors[document] * factor
            row = self._owners[document]
            if row not in best or best[row][0] < score:
                best[row] = (score, document)
        return best

    def phrase(self, row: Dated, document: int) -> str:
        """Give the words of a document of a row."""
        first = document
        while first and self._owners[first - 1] == self._owners[document]:
            first -= 1
        phrases = _phrases(row)
        place = document - first
        return phrases[place] if place < len(phrases) else phrases[0]

    def _find(self, term: str) -> int:
        place = bisect_left(self._terms, term)
        return place if place < len(self._terms) and self._terms[place] == term else -1

    def _group(self, term: str, *, prefix: bool) -> dict[int, float]:
        """Give all terms of the index that stand for one term of a question."""
        group: dict[int, float] = {}
        for equal in EQUAL_WORDS.get(term, ()):
            if (place := self._find(stem(equal))) >= 0:
                group[place] = _EQUAL
        if (place := self._find(term)) >= 0:
            group[place] = 1.0
        if len(term) >= 3 and (prefix or not group):
            place = bisect_left(self._terms, term)
            for other in range(place, min(place + _MOST_PREFIXED, len(self._terms))):
                if not self._terms[other].startswith(term):
                    break
                group.setdefault(other, _PREFIX)
        return group

    def _size(self, group: dict[int, float]) -> int:
        return sum(self._ends[place + 1] - self._ends[place] for place in group)

    def _rarity(self, group: dict[int, float]) -> float:
        """Give what a group can score: the share of a question that it stands for."""
        return max(
            (share * self._idf(place) for place, share in group.items()), default=_UNKNOWN_RARITY
        )

    def _idf(self, place: int) -> float:
        size = self._ends[place + 1] - self._ends[place]
        return math.log(1 + (self._count - size + 0.5) / (size + 0.5))

    def _group_scores(self, group: dict[int, float]) -> dict[int, float]:
        scores: dict[int, float] = {}
        for place, share in group.items():
            start, end = self._ends[place], self._ends[place + 1]
            factor = share * self._idf(place) / _SCALE
            pairs = zip(self._documents[start:end], self._weights[start:end], strict=True)
            if len(group) == 1:
                return {document: weight * factor for document, weight in pairs}
            for document, weight in pairs:
                score = weight * factor
                if score > scores.get(document, 0.0):
                    scores[document] = score
        return scores


def _phrases(row: Dated) -> list[str]:
    """Give what a row is called, its title first."""
    if isinstance(row, Diagnosis):
        return [row.description, *row.inclusion_terms, *row.includes]
    if isinstance(row, Procedure):
        return list(dict.fromkeys(filter(None, (row.long, row.short)))) or [row.code]
    return [cast("Listed", row).words]


class Searcher:
    """Search over one set of tables; keep it as long as the tables."""

    def __init__(self, tables: MappedTables) -> None:
        self._tables = tables
        self._indexes: dict[str, Index] = {}

    def search(
        self, words: str, day: date, table: Table = Table.DIAGNOSIS, limit: int = 20
    ) -> list[Hit]:
        """Find codes for words, or for the beginning of a code.

        Args:
            words: As a person types them; the last may be unfinished.
            day: The date of service: codes that do not hold on it are left out.
            table: Which table.
            limit: How many at most.

        Returns:
            Best first; empty if nothing fits or no release of the table was ever loaded. A table
            whose releases have ended is searched in its newest release.
        """
        release = self._release(table, day)
        if release is None:
            return []
        mapped = self._tables.mapped(release)
        code = words.strip().upper()
        if _CODE.fullmatch(code):
            hits = self._by_code(mapped, code.replace(".", ""), day, limit)
            if hits:
                return hits
        index = self._indexes.get(release.release_id)
        if index is None:
            index = self._indexes[release.release_id] = Index(mapped)
        return self._by_words(index, words, day, limit)

    def _release(self, table: Table, day: date) -> Release | None:
        last = self._tables.last_day(table)
        if last is None:
            return None
        return self._tables.release(table, min(day, last)) or None

    def _by_code(self, mapped: MappedRelease, code: str, day: date, limit: int) -> list[Hit]:
        hits: list[Hit] = []
        for length in range(max(3, len(code)), 8):
            start, end = mapped.prefix_range(code, length)
            for place in range(start, min(end, start + limit)):
                row = mapped.row(place)
                if row.holds_on(day):
                    hits.append(_hit(mapped.release.table, row, row.key, 0.0, ""))
        hits.sort(key=lambda hit: hit.code)
        return hits[:limit]

    def _by_words(self, index: Index, words: str, day: date, limit: int) -> list[Hit]:
        question, side = split_side(terms(words))
        typing = not words.endswith(" ")
        best: dict[int, tuple[float, int]] = {}
        for variant in _variants(question):
            for place, found in index.best(variant, limit, typing=typing).items():
                best[place] = max(found, best.get(place, found))
        hits = []
        for place in sorted(best, key=lambda p: (-best[p][0], p)):
            row = index.mapped.row(place)
            if row.holds_on(day):
                score, document = best[place]
                matched = index.phrase(row, document)
                hits.append(_hit(index.mapped.release.table, row, matched, score, side))
            if len(hits) == limit:
                break
        return hits


def _hit(table: Table, row: Dated, matched: str, score: float, side: str) -> Hit:
    if isinstance(row, Diagnosis):
        words, billable = row.description, row.is_billable
    elif isinstance(row, Procedure):
        words, billable = row.long or row.short, row.is_billable
    else:
        words, billable = cast("Listed", row).words, True
    return Hit(
        table=table,
        code=row.key,
        words=words,
        matched=matched,
        score=round(score, 3),
        is_billable=billable,
        side=side,
    )


def _variants(question: list[str]) -> list[list[str]]:
    """Give the question and what it says in a coder's words."""
    variants = [question]
    for said, meant in _PHRASE_TERMS:
        for variant in list(variants):
            for place in range(len(variant) - len(said) + 1):
                if variant[place : place + len(said)] == said:
                    variants.append(variant[:place] + meant + variant[place + len(said) :])
                    break
        if len(variants) > _MOST_VARIANTS:
            break
    return variants[: _MOST_VARIANTS + 1]


_PHRASE_TERMS: Final = [(terms(said), terms(meant)) for said, meant in PHRASES]
