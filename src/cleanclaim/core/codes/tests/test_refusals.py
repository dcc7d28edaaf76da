"""A file of another layout, cut short, shifted or of mixed years is refused and says why."""

from datetime import date

import pytest

from cleanclaim.core.codes.formats import columns as columns_module
from cleanclaim.core.codes.formats import icd10, lists, source
from cleanclaim.core.codes.formats.registry import read_files
from cleanclaim.core.codes.formats.source import text_source
from cleanclaim.core.codes.made import made_mue, made_ptp
from cleanclaim.core.codes.tests import official
from cleanclaim.kernel.refusal import Refusal

ORDER = (
    f"00001 A00     0 {'Cholera':<60} Cholera\r\n"
    f"00002 A000    1 {'Cholera due to Vibrio cholerae 01':<60} Cholera due to V. cholerae\r\n"
    f"00003 Z9989   1 {'Dependence on other enabling machines':<60} Dependence, other\r\n"
)
# The header of the relative value file, column by column, its five rows from the top.
RVU_STACKS = (
    "||||HCPCS",
    "||||MOD",
    "||||DESCRIPTION",
    "|||STATUS|CODE",
    "|NOT USED|FOR|MEDICARE |PAYMENT",
    "|||WORK|RVU",
    "|||NON-FAC|PE RVU",
    "||NON-FAC|NA|INDICATOR",
    "|||FACILITY|PE RVU",
    "||FACILITY |NA|INDICATOR",
    "|||MP|RVU",
    "|||NON-FACILITY|TOTAL",
    "|||FACILITY|TOTAL",
    "|||PCTC|IND",
    "|||GLOB|DAYS",
    "|||PRE|OP",
    "|||INTRA|OP",
    "|||POST|OP",
    "|||MULT|PROC",
    "|||BILAT|SURG",
    "|||ASST|SURG",
    "|||CO-|SURG",
    "|||TEAM|SURG",
    "|||ENDO|BASE",
    "|||CONV|FACTOR",
    "|PHYSICIAN|SUPERVISION OF|DIAGNOSTIC|PROCEDURES",
    "|||CALCULATION|FLAG",
    "|DIAGNOSTIC|IMAGING|FAMILY|INDICATOR",
    "NON-FACILITY|PE USED|FOR OPPS|PAYMENT|AMOUNT",
    "FACILITY|PE USED|FOR OPPS|PAYMENT|AMOUNT",
    "|MP USED|FOR OPPS|PAYMENT|AMOUNT",
)
RVU_HEAD = (
    ",,2025 National Physician Fee Schedule Relative Value File" + "," * 28 + "\r\n"
) + "".join(",".join(row) + "\r\n" for row in zip(*(s.split("|") for s in RVU_STACKS), strict=True))
RVU_ROWS = (
    "G0008,,,X,,0.00,0.00,,0.00,,0.00,0.00,0.00,9,XXX,0.00,0.00,0.00,9,9,9,9,9,,32.3465,09,0,99,"
    "0.00,0.00,0.00\r\n"
    "G0101,,,A,,0.45,0.63,,0.27,,0.05,1.13,0.77,0,XXX,0.00,0.00,0.00,0,0,0,0,0,,32.3465,09,0,99,"
    "0.00,0.00,0.00\r\n"
)
RVU = RVU_HEAD + RVU_ROWS
HCPCS = official.hcpcs_lines(official.Procedure(code="A0021", short="x", long="Ambulance service"))
ADD_ON = "1G22110000000G04630000000202600100000000\r\n"
LAB = "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC\r\n2026,G0027,,20260101,N,9.10,x\r\n"
ASP = (
    'Payment Allowance Limits,,,\r\n"Effective October 1, 2026 through December 31, 2026",,,\r\n'
    "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit\r\nJ0129,Abatacept,10 MG,44.5\r\n"
)
OPPS = (
    "Addendum B for CY 2026,,,,,\r\n"
    "HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate\r\n"
    "G0379,x,J2,5025,6.1,$534.1\r\n"
)
DRG = (
    "Appendix A List of MS-DRGs Version 43.0\n\nDRG MDC MS Description\n"
    "001     P  HEART TRANSPLANT\n999        UNGROUPABLE\n"
)
MCE = (
    "MCE_Version\tICD_Version\tMCE_Section\tMCE_Subsection\tMCE_Edit_Type\tICD_Code_Type\tICD_Code\t"
    "ICD_Desc\n43\t10\t4\tA\tNewborn_Only\tD\tA33\tTetanus neonatorum\n"
)
TABULAR = (
    "<?xml version='1.0'?><ICD10CM.tabular><version>2027</version><chapter><name>1</name>"
    "<desc>Infections</desc><section id='A00-A09'><desc>Intestinal</desc><diag><name>A00</name>"
    "<desc>Cholera</desc></diag></section></chapter></ICD10CM.tabular>\n"
)
NUCC = (
    "Code,Grouping,Classification,Specialization,Definition,Notes,Display Name,Section\r\n"
    "207Q00000X,Allopathic,Family Medicine,,x,,Family Medicine Physician,Individual\r\n"
)
POS = "code,display\n11,Office\n12,Home\n"
CPT = "A notice of the publisher.\r\n\r\n00100\tmade up words\r\n99499\tother made up words\r\n"
NPPES = (
    '"NPI","Entity Type Code","Provider Organization Name (Legal Business Name)",'
    '"Provider Last Name (Legal Name)","Provider First Name",'
    '"Provider Business Practice Location Address State Name",'
    '"Provider Business Practice Location Address Postal Code","Provider Enumeration Date",'
    '"NPI Deactivation Reason Code","NPI Deactivation Date","NPI Reactivation Date",'
    '"Healthcare Provider Taxonomy Code_1","Healthcare Provider Primary Taxonomy Switch_1"\r\n'
    '"1234567893","1","","DOE","JANE","OH","43001","05/23/2005","","","","207Q00000X","Y"\r\n'
)


def ptp(part=0, **options):
    files = [(n, "".join(lines)) for n, lines in made_ptp("ccipra", 4000, **options)]
    return files[part]


def mue():
    name, lines = next(made_mue())
    return name, "".join(list(lines)[:60])


GOOD = {
    "order": ("icd10cm-order-2027.txt", ORDER),
    "tabular": ("icd10cm-tabular-2027.xml", TABULAR),
    "hcpcs": ("HCPC2026_OCT_ANWEB.txt", HCPCS),
    "ptp": ptp(),
    "mue": mue(),
    "add-on": ("AOC_V2026Q4-MCR.txt", ADD_ON),
    "rvu": ("PPRRVU2025_Oct.csv", RVU),
    "lab": ("PUF_CLFS_CY2026_Q4V1.csv", LAB),
    "asp": ("October 2026 ASP Pricing File.csv", ASP),
    "opps": ("2026_October_Addendum_B.csv", OPPS),
    "drg": ("msdrg_v43_appendix_A.txt", DRG),
    "mce": ("MCE_v43.txt", MCE),
    "nucc": ("nucc_taxonomy_261.csv", NUCC),
    "pos": ("place_of_service_2026.csv", POS),
    "cpt": ("LONGULT_2026.txt", CPT),
    "nppes": ("npidata_pfile_20050523-20261108.csv", NPPES),
}


def sub(old, new, count=-1):
    return lambda text: text.replace(old, new, count)


def cut(size):
    return lambda text: text[:-size]


def keep(first, last=None):
    return lambda text: "".join(text.splitlines(keepends=True)[first:last])


def put(at, new):
    return lambda text: text[:at] + new + text[at + len(new) :]


def end(new):
    return lambda text: text + new


def again(old, new):
    """Put the last line once more, changed."""
    return lambda text: text + text.splitlines(keepends=True)[-1].replace(old, new, 1)


def all_of(new):
    return lambda text: text and new


def columns(change):
    def spoil(text):
        rows = (line.split("\t") for line in text.splitlines(keepends=True))
        return "".join("\t".join(change(c) if len(c[0]) == 5 else c) for c in rows)

    return spoil


NOTED = "note" + "," * 30 + "\r\n" + RVU_ROWS
TURNED = RVU_HEAD + "".join(RVU_ROWS.splitlines(keepends=True)[::-1])

# The good file, what is done to its text, what the refusal must say.
BAD = [
    ("order", "cut within a line", cut(20), "cut short"),
    ("order", "cut at a line", keep(0, 2), "not whole"),
    ("order", "a line lost", lambda text: keep(0, 1)(text) + keep(2)(text), "number 00003"),
    ("order", "shifted", sub("A000    1", "A000   1 "), "line 2: 'A000' is not a code"),
    ("order", "shifted by one", sub("00002 ", "0002 "), "line 2"),
    ("order", "another file", all_of("code,description\r\n"), "not number, code and flag"),
    ("order", "empty", all_of(""), "empty"),
    ("tabular", "cut", cut(60), "not whole XML"),
    ("tabular", "another year", sub("2027", "2026"), "years are mixed"),
    ("tabular", "another list", sub("CM.tab", "CM.ind"), "root"),
    ("hcpcs", "shifted", lambda text: " " + text, "no HCPCS record"),
    ("hcpcs", "a character lost", sub("A0021", "A021", 1), "no HCPCS record"),
    ("hcpcs", "cut", cut(2), "cut short"),
    ("hcpcs", "orphan", put(10, "4"), "without its first record"),
    ("hcpcs", "later year", put(268, "20280101"), "years are mixed"),
    ("ptp", "no header", sub("Column 2", "Col B"), "'COLUMN 2'"),
    ("ptp", "cut", cut(9), "cut short"),
    ("ptp", "column lost", columns(lambda c: c[:3] + c[4:]), "not a day"),
    ("ptp", "shifted", columns(lambda c: [*c[:2], "x", *c[2:]]), "is no modifier"),
    ("ptp", "later", sub("\t20261001\t", "\t20270101\t"), "years are mixed"),
    ("ptp", "bad indicator", sub("\t9\t", "\t7\t"), "'7' is no modifier"),
    ("ptp", "only a header", all_of(official.PTP_HEADER), "no rows"),
    ("mue", "renamed", sub("MUE Values", "Limits"), "'MUE VALUES'"),
    ("mue", "setting", sub("Practitioner S", "Veterinary S"), "setting"),
    ("mue", "column more", sub(",Nature", ",x,Nature"), "columns instead of"),
    ("mue", "no number", end("G0008,many,2 Date,x\r\n"), "not a number of units"),
    ("add-on", "shifted", lambda text: " " + text, "another layout"),
    ("add-on", "cut", end("1G2211"), "cut short"),
    ("add-on", "bad date", sub("2026001", "2026400"), "not a day"),
    ("rvu", "renamed", sub("GLOB,", "GLOBE,"), "'GLOB DAYS'"),
    ("rvu", "another year", sub("2025 National", "2026 National"), "years are mixed"),
    ("rvu", "cut", cut(30), "cut short"),
    ("rvu", "shifted row", sub("G0101,,,A,", "G0101,,A,,"), "line 8"),
    ("rvu", "column lost", sub("G0101,,,A,", "G0101,,A,"), "line 8"),
    ("rvu", "out of order", all_of(TURNED), "order"),
    ("rvu", "rows after notes", end(NOTED), "a row after the footnote of line 9"),
    ("lab", "another year", again("2026,", "2025,"), "years are mixed"),
    ("lab", "renamed", sub("RATE", "PRICE"), "'RATE'"),
    ("asp", "another year", sub("October 1, 2026", "October 1, 2025"), "years are mixed"),
    ("asp", "no number", sub("44.5", "n.n"), "not a number"),
    ("opps", "renamed", sub("SI,", "STATUS,"), "'SI'"),
    ("drg", "cut", keep(0, -1), "instead of 999"),
    ("drg", "shifted", sub("001     P", "001    P"), "line 4"),
    ("mce", "two versions", again("43", "42"), "mixed"),
    ("mce", "renamed", sub("ICD_Code\t", "Code\t"), "'ICD_CODE'"),
    ("nucc", "renamed", sub("Grouping", "Group"), "'GROUPING'"),
    ("nucc", "no code", sub("207Q00000X", "207Q0000X"), "no code of the list"),
    ("pos", "twice", end("11,Office\n"), "twice"),
    ("pos", "no code", end("1,Pharmacy\n"), "no code of the list"),
    ("cpt", "no code", end("and more words\r\n"), "does not begin with a code"),
    ("cpt", "two sets", end("D0120\twords\r\n"), "load them apart"),
    ("nppes", "check digit", sub("1234567893", "1234567890"), "not an NPI"),
    ("nppes", "renamed", sub("Entity Type", "Kind"), "'ENTITY TYPE CODE'"),
]

# The same text under a name that does not fit it.
MISNAMED = [
    ("ptp", "ccipra-v313r0-f1.TXT", "years are mixed"),
    ("mue", "MUE_x.csv", "--from"),
    ("rvu", "PPRRVU2026_Oct.csv", "years are mixed"),
    ("asp", "October 2025 ASP Pricing File.csv", "years are mixed"),
    ("tabular", "icd10cm-tabular-2026.xml", "years are mixed"),
    ("nppes", "npidata_pfile.csv", "--from"),
]


def read(name, text):
    return [(batch, list(batch.rows)) for batch in read_files([text_source(name, text)])]


@pytest.mark.parametrize("name", GOOD)
def test_the_good_file_loads(name):
    batches = read(*GOOD[name])
    assert batches
    assert all(rows for _, rows in batches)


@pytest.mark.parametrize(
    ("name", "spoil", "says"), [(b[0], *b[2:]) for b in BAD], ids=[f"{b[0]}: {b[1]}" for b in BAD]
)
def test_the_spoilt_file_is_refused_and_says_why(name, spoil, says):
    file, good = GOOD[name]
    text = spoil(good)
    assert text != good, "the case spoils nothing"
    with pytest.raises(Refusal) as refused:
        read(file, text)
    assert says in refused.value.message
    assert file in refused.value.message


@pytest.mark.parametrize(("name", "file", "says"), MISNAMED)
def test_a_name_that_does_not_fit_is_refused(name, file, says):
    with pytest.raises(Refusal, match=says):
        read(file, GOOD[name][1])


def test_parts_of_a_release_stand_together():
    files = [(n, "".join(lines)) for n, lines in made_ptp("ccipra", 4000)]
    whole = read_files([text_source(*file) for file in files])
    assert len(whole) == 1
    with pytest.raises(Refusal, match="parts are missing"):
        read_files([text_source(*files[0]), text_source(*files[2])])
    other = (files[1][0].replace("v323", "v322"), files[1][1])
    with pytest.raises(Refusal, match="releases are mixed"):
        read_files([text_source(*files[0]), text_source(*other)])


def test_order_file_and_tabular_list_of_two_years_are_refused():
    sources = [text_source("icd10cm-order-2026.txt", ORDER), text_source(*GOOD["tabular"])]
    with pytest.raises(Refusal, match="years are mixed"):
        read_files(sources)


def test_the_days_of_a_fiscal_year_begin_in_october():
    (batch, _), *_ = read(*GOOD["order"])
    assert (batch.span.first, batch.span.last) == (date(2026, 10, 1), date(2027, 9, 30))


def test_a_file_of_no_format_names_the_formats():
    with pytest.raises(Refusal, match="say --as, one of icd10pcs"):
        read("x.txt", "nothing known\n")


def nothing(*_args, **_options):
    return None


# Each guard taken away: then the spoilt file loads, so it is the guard that refuses it.
GUARDS = [
    (columns_module, "_refuse_width", "mue", sub(",Nature", ",x,Nature")),
    (lists, "_check_once", "pos", end("11,Office\n")),
    (icd10, "_check_ends", "order", keep(0, 2)),
    (source.Problems, "add", "order", lambda text: keep(0, 1)(text) + keep(2)(text)),
    (source.Problems, "add", "ptp", sub("\t9\t", "\t7\t")),
    (source.Problems, "add", "hcpcs", put(268, "20280101")),
]


@pytest.mark.parametrize(("place", "guard", "name", "spoil"), GUARDS)
def test_without_its_guard_the_spoilt_file_loads(place, guard, name, spoil, monkeypatch):
    file, good = GOOD[name]
    with pytest.raises(Refusal):
        read(file, spoil(good))
    monkeypatch.setattr(place, guard, nothing)
    assert read(file, spoil(good))
