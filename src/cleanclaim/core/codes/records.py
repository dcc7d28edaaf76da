"""One record per row of a code table: what an official file says about one code in plain words.

Every record has `start` and `end`, the first and last day on which the row holds (both inclusive,
None for open), and `key`, under which its table finds it. Texts are those of the loaded file.
"""

from datetime import date
from typing import final

import msgspec


# No record can hold itself, so the garbage collector need not look at any (`gc=False`).
class Dated(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row with its days of validity."""

    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the row holds on a day.

        >>> Dated(start=date(2026, 1, 1)).holds_on(date(2025, 12, 31))
        False
        """
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def key(self) -> str:
        """Under what the table finds the row: letters and digits, at most twelve."""
        raise NotImplementedError


@final
class Note(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One note of the classification, with the codes that it names.

    Args:
        text: As published.
        codes: Prefixes (`E10`) and ranges of prefixes (`A00-A09`) without points.
    """

    text: str
    codes: tuple[str, ...] = ()

    def names(self, code: str) -> bool:
        """Say whether a code falls under one of the named codes.

        >>> Note("", ("E10", "O20-O29")).names("O249"), Note("", ("E10",)).names("E119")
        (True, False)
        """
        for named in self.codes:
            low, dash, high = named.partition("-")
            if code.startswith(low) or (dash and low < code and code[: len(high)] <= high):
                return True
        return False


@final
class Diagnosis(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A diagnosis code, a category above it, a block (`A00-A09`) or a chapter (`1`).

    Args:
        code: Without its point.
        is_billable: May stand on a claim; a header may not.
        parent: The code, block or chapter above; empty for a chapter.
        children: Direct children.
        side: `R`, `L`, `B` both, `U` unspecified side, or empty where no side applies.
        is_unspecified: Its title says "unspecified".
        is_manifestation: Its title says that it stands in a disease classified elsewhere.
        seventh: The 7th characters that complete it, with their meaning; empty on a code that
            takes none or already has one.
        excludes_1: Never together with these; own notes only, see `CodeTables.diagnosis_path`.
    """

    code: str
    description: str
    short: str = ""
    is_billable: bool = False
    parent: str = ""
    children: tuple[str, ...] = ()
    side: str = ""
    is_unspecified: bool = False
    is_manifestation: bool = False
    seventh: tuple[tuple[str, str], ...] = ()
    includes: tuple[str, ...] = ()
    inclusion_terms: tuple[str, ...] = ()
    excludes_1: tuple[Note, ...] = ()
    excludes_2: tuple[Note, ...] = ()
    code_first: tuple[Note, ...] = ()
    use_additional: tuple[Note, ...] = ()
    code_also: tuple[Note, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Give the code; a block without its hyphen."""
        return self.code.replace("-", "")


@final
class Procedure(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A HCPCS level II, CPT, CDT or ICD-10-PCS code.

    Args:
        short: Short description; of CPT and CDT only what the customer's own file says.
        pricing_code: HCPCS pricing indicator (`00` not separately priced, `57` other carrier …).
        coverage_code: HCPCS coverage: `C` carrier, `D` special, `I` not payable, `M`, `S`.
        action_code: What the release did with it: `A` added, `C` changed, `D` deleted, `N` none.
        base_units: Anesthesia base units.
    """

    code: str
    short: str = ""
    long: str = ""
    is_billable: bool = True
    pricing_code: str = ""
    multiple_pricing_code: str = ""
    coverage_code: str = ""
    betos: str = ""
    type_of_service: str = ""
    lab_certification: str = ""
    cross_reference: str = ""
    asc_group: str = ""
    statute: str = ""
    base_units: int = 0
    added: date | None = None
    action_date: date | None = None
    action_code: str = ""

    @property
    def key(self) -> str:
        """Give the code."""
        return self.code


@final
class Listed(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A code of a plain list: modifier, place of service, revenue code, CARC, taxonomy, and so on.

    Args:
        words: Its meaning: our own where it is shipped, the file's where a file was loaded.
        group: A second column where the list has one: a taxonomy's classification, a revenue
            code's family, a claim status' kind.
    """

    code: str
    words: str = ""
    group: str = ""

    @property
    def key(self) -> str:
        """Give the code."""
        return self.code


@final
class PtpEdit(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A procedure-to-procedure edit: column 2 is not paid with column 1.

    Args:
        modifier_indicator: `0` no modifier helps, `1` one may, `9` the edit does not apply.
        rationale: Why, as published.
        existed_before_1996: The asterisk of the file.
    """

    column_1: str
    column_2: str
    modifier_indicator: str
    rationale: str = ""
    existed_before_1996: bool = False

    @property
    def key(self) -> str:
        """Give both codes joined."""
        return self.column_1 + self.column_2


@final
class Mue(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A medically unlikely edit: the most units of a code for one patient.

    Args:
        adjudication_indicator: `1` on a line, `2` on a day by policy, `3` on a day, clinical.
        adjudication: The indicator with its words, as published.
    """

    code: str
    units: int
    adjudication_indicator: str
    adjudication: str = ""
    rationale: str = ""

    @property
    def key(self) -> str:
        """Give the code."""
        return self.code


@final
class AddOnPrimary(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A primary code that an add-on may stand with; `CCCCC` where the contractor decides."""

    code: str


@final
class AddOn(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """An add-on code with its primaries.

    Args:
        kind: `1` a fixed list of primaries, `2` none published, `3` a list that contractors widen.
    """

    code: str
    kind: str
    primaries: tuple[AddOnPrimary, ...] = ()

    @property
    def key(self) -> str:
        """Give the add-on code."""
        return self.code

    def primaries_on(self, day: date) -> tuple[str, ...]:
        """Give the primaries that hold on a day, `CCCCC` left out; empty where none is published.

        >>> AddOn(code="G2211", kind="1", primaries=()).primaries_on(date(2026, 1, 1))
        ()
        """
        return tuple(p.code for p in self.primaries if p.code != "CCCCC" and p.holds_on(day))


@final
class CodeEdits(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """What the Medicare Code Editor says about one code.

    Args:
        kind: `D` diagnosis, `P` ICD-10-PCS procedure.
        age_low: Youngest and oldest age in years, None for no limit.
        sex: `F` or `M` only, empty for both.
        flags: Other edits by their names in the file, for example `Principal_Manifestation`,
            `Principal_Unacceptable`, `Noncovered_Always`, `Limited_Coverage`.
    """

    code: str
    kind: str
    age_low: int | None = None
    age_high: int | None = None
    sex: str = ""
    flags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Give kind and code joined."""
        return self.kind + self.code


@final
class ArticleCode(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A coverage article that speaks of a procedure code.

    Args:
        article_id: `A` and digits.
        diagnosis_groups: Whether it lists diagnoses that support the code, or that do not:
            any of `covered`, `noncovered`; empty for an article without lists.
        contractors: Numbers of the contractors that it binds; empty for all.
    """

    code: str
    article_id: str
    title: str = ""
    contractors: tuple[str, ...] = ()
    diagnosis_groups: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Give the procedure code."""
        return self.code


@final
class ArticleDiagnosis(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A diagnosis in the lists of an article: whether it supports the article's codes."""

    article_id: str
    code: str
    is_covered: bool
    group: int = 1

    @property
    def key(self) -> str:
        """Give article and code joined."""
        return article_key(self.article_id, self.code)


@final
class NppesProvider(Dated, frozen=True, kw_only=True, array_like=True, gc=False):
    """A provider of the national registry; `end` is the day before a deactivation.

    Args:
        entity_type: `1` a person, `2` an organization.
        taxonomies: Codes, the primary first.
    """

    npi: str
    entity_type: str = ""
    name: str = ""
    first: str = ""
    state: str = ""
    zip_code: str = ""
    taxonomies: tuple[str, ...] = ()
    deactivation_reason: str = ""

    @property
    def key(self) -> str:
        """Give the NPI."""
        return self.npi


def article_key(article_id: str, code: str) -> str:
    """Join an article and a diagnosis code to the key under which `ArticleDiagnosis` is found.

    >>> article_key("A52345", "E119")
    '52345E119'
    """
    return article_id.removeprefix("A") + code
