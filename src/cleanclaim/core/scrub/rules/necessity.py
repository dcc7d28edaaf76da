"""Medical necessity: coverage articles, how often, for whom, and preventive intervals."""

from collections.abc import Iterator
from datetime import date, timedelta

from cleanclaim.core.codes.records import ArticleCode
from cleanclaim.core.codes.release import Table
from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.fixes import add_modifier
from cleanclaim.core.scrub.rule import BLOCKS, WARNS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

MCD = "CMS Medicare Coverage Database"
FOLLOWS_MEDICARE = frozenset({"medicare", "medicare_advantage"})
NOTICE_GIVEN = frozenset({"GA", "GX", "GY", "GZ"})
ONCE_IN_LIFE = 0
# Medicare preventive services: codes that count together, and full months that must have passed.
PREVENTIVE_MONTHS: tuple[tuple[tuple[str, ...], str, int], ...] = (
    (("G0402",), "G0402", ONCE_IN_LIFE),
    (("G0438",), "G0438", ONCE_IN_LIFE),
    (("G0438", "G0439"), "G0439", 11),
    (("77067",), "77067", 11),
    (("G0101",), "G0101", 23),
    (("Q0091",), "Q0091", 23),
    (("G0102",), "G0102", 11),
    (("G0103",), "G0103", 11),
    (("G0105",), "G0105", 23),
    (("G0121",), "G0121", 119),
)


def _articles(case: Case, row: Row) -> list[ArticleCode]:
    found = case.asked(Table.COVERAGE, case.tables.coverage, row.code, row.dos) or ()
    number = case.payer.contractor_number
    return [item for item in found if not item.contractors or number in item.contractors]


def _supported(case: Case, row: Row, article: ArticleCode) -> bool:
    """Say whether the line's diagnoses support its code under an article."""
    listed = [
        case.known(
            Table.COVERAGE_DIAGNOSIS,
            case.tables.coverage_diagnosis(article.article_id, code, row.dos),
        )
        for code in case.pointed(row)
    ]
    if "covered" in article.diagnosis_groups:
        return any(item is not None and item.is_covered for item in listed)
    if "noncovered" in article.diagnosis_groups:
        return any(item is None or item.is_covered for item in listed)
    return True


@rule(
    "MN-001",
    "Diagnosis doesn't support the service",
    BLOCKS,
    MCD,
    needs=(Table.COVERAGE, Table.COVERAGE_DIAGNOSIS),
)
def not_supported(case: Case) -> Iterator[Hit]:
    """Find services whose coverage article lists none of the line's diagnoses."""
    if not (case.is_medicare or case.payer.kind in FOLLOWS_MEDICARE):
        return
    for row in case.rows:
        if NOTICE_GIVEN & set(row.modifiers):
            continue
        for article in _articles(case, row):
            if not _supported(case, row, article):
                signed = case.line_facts(row).abn_on_file
                codes = " ".join(case.pointed(row))
                yield Hit(
                    row.place("diagnosis_pointers"),
                    f"Line {row.number}: {row.code} is not covered for {codes or 'no diagnosis'} "
                    f"({article.article_id}). "
                    "Point to a documented covered diagnosis; else GA with a signed notice, GZ "
                    "without one, GX or GY where the law excludes it.",
                    "a covered diagnosis",
                    codes,
                    add_modifier(row, "GA") if signed else None,
                    f"{MCD}, {article.article_id}",
                )
                break


@rule("MN-002", "Service again too early", WARNS, "payer's policy", when=Trait.POLICY)
def too_often(case: Case) -> Iterator[Hit]:
    """Find services inside the interval that the payer allows one in."""
    for row in case.rows:
        for limit in case.payer.frequency_limits:
            if not any(item.holds(row.code) for item in limit.codes):
                continue
            earlier = [
                line.service_date
                for line in case.past
                if line.service_date < row.dos
                and any(item.holds(line.procedure_code) for item in limit.codes)
            ]
            allowed = max(earlier, default=date.min) + timedelta(days=limit.days)
            if earlier and row.dos < allowed:
                yield Hit(
                    row.place("service_date"),
                    f"Line {row.number}: {row.code} is paid once in {limit.days} days; next "
                    f"allowed {allowed}. Get a notice signed, or reschedule.",
                    f"from {allowed}",
                    str(row.dos),
                )


@rule("MN-003", "Condition of a policy unmet", WARNS, "payer's policy", when=Trait.POLICY)
def condition_unmet(case: Case) -> Iterator[Hit]:
    """Find services whose payer's policy wants another age or a document."""
    attached = {item[0] for item in case.claim.attachments}
    for row in case.rows:
        for condition in case.payer.coverage_conditions:
            if not any(item.holds(row.code) for item in condition.codes):
                continue
            if not condition.age_low <= case.age <= condition.age_high:
                unmet = f"ages {condition.age_low} to {condition.age_high}"
            elif condition.report_type and condition.report_type not in attached:
                unmet = f"a document of type {condition.report_type}"
            else:
                continue
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: policy {condition.policy} wants {unmet} for {row.code}. "
                "Attach the proof or check the code.",
                unmet,
                row.code,
                source=condition.policy,
            )


def months_later(day: date, months: int) -> date:
    """Give the first day on which so many full months have passed after the month of a day.

    >>> months_later(date(2025, 3, 15), 11)
    datetime.date(2026, 3, 1)
    """
    count = day.year * 12 + day.month + months
    return date(count // 12, count % 12 + 1, 1)


@rule(
    "PREV-001",
    "Preventive service too early",
    BLOCKS,
    "42 CFR 410.15-410.42, Medicare preventive services",
    when=Trait.HISTORY,
)
def preventive_interval(case: Case) -> Iterator[Hit]:
    """Find Medicare preventive services before their full months have passed."""
    if not case.is_medicare:
        return
    for row in case.rows:
        for counting, code, months in PREVENTIVE_MONTHS:
            earlier = [
                line.service_date
                for line in case.past
                if line.procedure_code in counting and line.service_date < row.dos
            ]
            if code != row.code or not earlier:
                continue
            if months == ONCE_IN_LIFE:
                words, expected = f"{code} is paid once in a life", "never again"
            else:
                eligible = months_later(max(earlier), months)
                if row.dos >= eligible:
                    continue
                words, expected = f"{code} is next eligible {eligible}", f"from {eligible}"
            yield Hit(
                row.place("service_date"),
                f"Line {row.number}: {words}. Reschedule it, or bill the patient with a notice.",
                expected,
                str(row.dos),
            )
