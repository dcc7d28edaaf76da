"""All readers: which file goes to which, and which files make one release together."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, final

import msgspec

from cleanclaim.core.codes.formats import (
    coverage,
    icd10,
    inpatient,
    lists,
    ncci,
    nppes,
    prices,
    procedures,
)
from cleanclaim.core.codes.formats.source import Batch, Source, Span, refuse
from cleanclaim.core.codes.release import Table
from cleanclaim.kernel.refusal import Refusal

type Reader = Callable[[Sequence[Source], Span | None], list[Batch]]


@final
class Format(msgspec.Struct, frozen=True, kw_only=True):
    """One official file format.

    Args:
        name: As `--as` takes it.
        called: What its files are called.
        says: What stands in the first lines of its files, if their name tells nothing.
        read: The reader.
        joins: Whether several files make one release.
        comes_from: Where its publisher puts it.
    """

    name: str
    called: str
    says: str
    read: Reader
    joins: bool = False
    comes_from: str = ""


_CMS = "https://www.cms.gov/"
FORMATS: Final = (
    Format(
        name="icd10pcs",
        called=r"icd10pcs[-_]order",
        says=r"^00001 0[0-9A-Z]{2,6} +[01] ",
        read=icd10.read_pcs,
        comes_from=_CMS + "medicare/coding-billing/icd-10-codes",
    ),
    Format(
        name="icd10cm",
        called=r"icd10cm?[-_](order|tabular)|icd10c-tabular",
        says=r"^00001 A00 +0 |<ICD10CM\.tabular>",
        read=icd10.read_diagnoses,
        joins=True,
        comes_from=_CMS + "medicare/coding-billing/icd-10-codes",
    ),
    Format(
        name="hcpcs",
        called=r"hcpc\d{4}_?.*anweb|hcpc\d{4}_",
        says=r"^[A-V]\d{4}[ \d]{5}3",
        read=procedures.read_hcpcs,
        comes_from=_CMS + "medicare/coding-billing/healthcare-common-procedure-system",
    ),
    Format(
        name="ptp",
        called=r"ccipra|ccioph|ptp.?edits",
        says=r"\*=in existence",
        read=ncci.read_ptp,
        joins=True,
        comes_from=_CMS + "medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    ),
    Format(
        name="mue",
        called=r"mue[_-]",
        says=r"MUE Adjudication Indicator",
        read=ncci.read_mue,
        comes_from=_CMS + "medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    ),
    Format(
        name="add-on",
        called=r"aoc_v",
        says=r"Add-On_Code",
        read=ncci.read_add_on,
        comes_from=_CMS + "medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    ),
    Format(
        name="physician-fee",
        called=r"pprrvu",
        says=r"National Physician Fee Schedule Relative Value",
        read=prices.read_rvu,
        joins=True,
        comes_from=_CMS + "medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    ),
    Format(name="gpci", called=r"gpci", says=r"PW GPCI", read=prices.read_gpci),
    Format(name="anesthesia", called=r"anes", says=r"Anesthesia", read=prices.read_anesthesia),
    Format(name="lab-fee", called=r"clfs", says=r"YEAR,HCPCS,MOD", read=prices.read_lab),
    Format(
        name="drug-price",
        called=r"asp|payment.limit",
        says=r"HCPCS Code Dosage",
        read=prices.read_drugs,
    ),
    Format(name="opps", called=r"addendum.?b", says=r"Relative Weight", read=prices.read_opps),
    Format(
        name="ms-drg",
        called=r"msdrg|appendix.?a",
        says=r"List of MS-DRGs",
        read=inpatient.read_drg_titles,
    ),
    Format(
        name="ms-drg-weights",
        called=r"table.?5",
        says=r"MS-DRG Title",
        read=inpatient.read_drg_weights,
    ),
    Format(name="mce", called=r"mce", says=r"MCE_Edit_Type", read=inpatient.read_code_edits),
    Format(
        name="coverage",
        called=r"(^|/)(article(_x_[a-z0-9_]+)?|contractor)\.csv$",
        says=r"article_version",
        read=coverage.read_coverage,
        joins=True,
        comes_from=_CMS + "medicare-coverage-database/downloads/downloads.aspx",
    ),
    Format(
        name="nppes",
        called=r"npidata_pfile",
        says=r"Entity Type Code",
        read=nppes.read_nppes,
        comes_from="https://download.cms.gov/nppes/NPI_Files.html",
    ),
    Format(
        name="taxonomy",
        called=r"nucc_taxonomy",
        says=r"Grouping,Classification,Specialization",
        read=lists.read_taxonomy,
        comes_from="https://www.nucc.org/",
    ),
    Format(name="adjustments", called=r"carc_rarc", says=r"adj_type", read=lists.read_adjustments),
    Format(
        name="licensed",
        called=r"longult|medu|shortu|cpt|cdt",
        says=r"^[0-9D]\d{3}[0-9FTUMA]\t",
        read=procedures.read_licensed,
        joins=True,
        comes_from="the publisher's licensed download",
    ),
)
_LIST = Format(name="list", called="", says="", read=lists.read_list)


def format_of(source: Source, named: str = "") -> Format:
    """Tell the format of a file: as named, by its name, or by its first lines.

    Raises:
        Refusal: None fits.
    """
    if named:
        for known in (*FORMATS, _LIST):
            if known.name == named:
                return known
        raise refuse(source, f"no format {named!r}; there are {_names()}.")
    base = source.name.rpartition("/")[2]
    for known in FORMATS:
        if re.search(known.called, base, re.IGNORECASE):
            return known
    if lists.list_table(base):
        return _LIST
    head = "".join(source.head())
    for known in FORMATS:
        if re.search(known.says, head, re.IGNORECASE | re.MULTILINE):
            return known
    raise refuse(
        source, f"neither name nor first lines tell its format; say --as, one of {_names()}."
    )


def _names() -> str:
    return ", ".join(known.name for known in (*FORMATS, _LIST))


def split_companions(sources: Sequence[Source]) -> tuple[list[Source], list[Source]]:
    """Part what can be read from what only lies in the same archive.

    Archives hold layouts, addenda, indexes, and the same table once more as fixed-width text.

    Returns:
        Files to read, and members of archives to leave out; a file that was named itself is
        never left out.
    """
    kept: list[Source] = []
    left: list[Source] = []
    tables = {
        s.name.lower().removesuffix(".csv") for s in sources if s.name.lower().endswith("csv")
    }
    for source in sources:
        ours = not source.is_member or (
            _COMPANION.search(source.name) is None
            and source.name.lower().removesuffix(".txt") not in tables
            and _is_known(source)
        )
        (kept if ours else left).append(source)
    return kept, left


_COMPANION = re.compile(r"layout|addenda|readme|proc_?notes|noc.?codes|fileheader", re.IGNORECASE)


def _is_known(source: Source) -> bool:
    try:
        format_of(source)
    except Refusal:
        return False
    return True


def read_files(
    sources: Iterable[Source],
    given: Span | None = None,
    named: str = "",
    table: Table | None = None,
) -> list[Batch]:
    """Read files into batches; one that fits no reader refuses all.

    Args:
        sources: In any order; files that make one release together are put together.
        given: The days of the release, where the files do not say them.
        named: The format, where it cannot be told.
        table: Which list, for a plain list.

    Returns:
        One batch for each table. Rows may still be unread: a reader of large files refuses while
        its rows are taken.
    """
    groups: dict[tuple[str, str], list[Source]] = {}
    formats: dict[str, Format] = {}
    for source in sources:
        known = _LIST if table is not None else format_of(source, named)
        formats[known.name] = known
        groups.setdefault((known.name, _group(known, source)), []).append(source)
    batches: list[Batch] = []
    for (name, _), group in groups.items():
        group.sort(key=lambda source: source.name)
        if name == _LIST.name:
            batches += lists.read_list(group, given, table)
        else:
            batches += formats[name].read(group, given)
    return batches


def _group(known: Format, source: Source) -> str:
    if not known.joins:
        return source.name
    if known.name == "ptp":
        return "hospital" if re.search("ccioph|hospital", source.name, re.IGNORECASE) else ""
    return ""
