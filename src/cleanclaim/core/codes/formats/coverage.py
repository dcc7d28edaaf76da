"""Coverage articles of the Medicare Coverage Database with their code tables.

Source: CMS, MCD download `current_article_csv`: one CSV for each relation.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from cleanclaim.core.codes.formats import values
from cleanclaim.core.codes.formats.columns import Wanted, read_columns
from cleanclaim.core.codes.formats.source import Batch, Source, Span, refuse, span_of
from cleanclaim.core.codes.records import ArticleCode, ArticleDiagnosis
from cleanclaim.core.codes.release import Table

_ID: Final = {"id": ("ARTICLE_ID",), "version": ("ARTICLE_VERSION",)}
_FILES: Final[Mapping[str, Wanted]] = {
    "article.csv": _ID
    | {
        "title": ("TITLE",),
        "status?": ("STATUS",),
        "start?": ("ARTICLE_EFF_DATE", "EFFECTIVE_DATE", "ARTICLE_REV_EFF_DATE", "*EFF_DATE"),
        "end?": ("ARTICLE_END_DATE", "ARTICLE_REV_END_DATE", "DATE_RETIRED", "*END_DATE"),
    },
    "article_x_hcpc_code.csv": _ID | {"code": ("HCPC_CODE_ID",)},
    "article_x_icd10_covered.csv": _ID
    | {"code": ("ICD10_CODE_ID",), "group": ("ICD10_COVERED_GROUP",)},
    "article_x_icd10_noncovered.csv": _ID
    | {"code": ("ICD10_CODE_ID",), "group": ("ICD10_NONCOVERED_GROUP",)},
    "article_x_contractor.csv": _ID
    | {"contractor": ("CONTRACTOR_ID",), "contractor_version": ("CONTRACTOR_VERSION",)},
    "contractor.csv": {
        "contractor": ("CONTRACTOR_ID",),
        "contractor_version": ("CONTRACTOR_VERSION",),
        "number": ("CONTRACTOR_NUMBER",),
    },
}
_NEEDED: Final = ("article.csv", "article_x_hcpc_code.csv", "article_x_icd10_covered.csv")

type _Key = tuple[str, str]


def read_coverage(sources: Sequence[Source], given: Span | None) -> list[Batch]:
    """Read articles, their procedure codes and the diagnoses that they list.

    Only the newest version of each article is kept. The download names no day: say `--from`.

    Raises:
        Refusal: A relation is missing or of another layout; a code table names an article that
            the list of articles lacks: files of two downloads.
    """
    files = {s.name.lower(): s for s in sources if s.name.lower() in _FILES}
    missing = [name for name in _NEEDED if name not in files]
    if missing:
        raise refuse(sources[0], f"a coverage download needs {', '.join(missing)} too.")
    span = span_of(sources, (), lambda day: Span(day, date(day.year + 1, day.month, 1)), given)
    read = {
        name: list(read_columns(source, _FILES[name], dict[str, str], ","))
        for name, source in files.items()
    }
    newest: dict[str, dict[str, str]] = {}
    for row in read["article.csv"]:
        if row.get("status") == "P":  # proposed: binds nobody yet
            continue
        held = newest.get(row["id"])
        if held is None or int(row["version"]) > int(held["version"]):
            newest[row["id"]] = row
    kept = {(row["id"], row["version"]) for row in newest.values()}
    known = {(row["id"], row["version"]) for row in read["article.csv"]}
    for name in _NEEDED[1:]:
        strange = {(r["id"], r["version"]) for r in read[name]} - known
        if strange:
            article, version = min(strange)
            raise refuse(
                files[name], f"downloads are mixed: article {article} version {version} is unknown."
            )
    diagnoses = list(_diagnoses(read, kept))
    codes = _codes(read, newest, kept, diagnoses)
    title = f"Coverage articles of {span.first}"
    return [
        Batch(table=Table.COVERAGE, rows=codes, span=span, title=title),
        Batch(table=Table.COVERAGE_DIAGNOSIS, rows=diagnoses, span=span, title=title),
    ]


def _diagnoses(
    read: Mapping[str, list[dict[str, str]]], kept: set[_Key]
) -> Iterable[ArticleDiagnosis]:
    for covered, name in ((True, "covered"), (False, "noncovered")):
        for row in read.get(f"article_x_icd10_{name}.csv", ()):
            if (row["id"], row["version"]) in kept and row["code"]:
                yield ArticleDiagnosis(
                    article_id=f"A{row['id']}",
                    code=values.diagnosis_code(row["code"]),
                    is_covered=covered,
                    group=int(row["group"] or 1),
                )


def _codes(
    read: Mapping[str, list[dict[str, str]]],
    newest: Mapping[str, dict[str, str]],
    kept: set[_Key],
    diagnoses: Iterable[ArticleDiagnosis],
) -> list[ArticleCode]:
    groups: dict[str, set[str]] = {}
    for diagnosis in diagnoses:
        kind = "covered" if diagnosis.is_covered else "noncovered"
        groups.setdefault(diagnosis.article_id, set()).add(kind)
    contractors = _contractors(read, kept)
    rows: dict[_Key, ArticleCode] = {}
    for row in read["article_x_hcpc_code.csv"]:
        article, code = row["id"], row["code"].upper()
        if (article, row["version"]) in kept:
            facts = newest[article]
            rows[article, code] = ArticleCode(
                code=values.procedure_code(code),
                article_id=f"A{article}",
                title=facts["title"],
                contractors=tuple(sorted(contractors.get(article, ()))),
                diagnosis_groups=tuple(sorted(groups.get(f"A{article}", ()))),
                start=values.day_or_none(facts.get("start", "")),
                end=values.day_or_none(facts.get("end", "")),
            )
    return list(rows.values())


def _contractors(read: Mapping[str, list[dict[str, str]]], kept: set[_Key]) -> dict[str, set[str]]:
    numbers = {
        (r["contractor"], r["contractor_version"]): r["number"]
        for r in read.get("contractor.csv", ())
    }
    found: dict[str, set[str]] = {}
    for row in read.get("article_x_contractor.csv", ()):
        number = numbers.get((row["contractor"], row["contractor_version"]))
        if number and (row["id"], row["version"]) in kept:
            found.setdefault(row["id"], set()).add(number)
    return found
