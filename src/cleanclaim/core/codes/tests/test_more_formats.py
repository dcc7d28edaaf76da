"""Formats of which no official rows are at hand: what each reader makes of a made-up file."""

from datetime import date
from decimal import Decimal

import pytest

from cleanclaim.core.codes import MemoryTables, Missing, Table
from cleanclaim.core.codes.formats.registry import read_files
from cleanclaim.core.codes.formats.source import Span, first_day_in, text_source
from cleanclaim.core.codes.tests import official
from cleanclaim.kernel.refusal import Refusal

DAY = date(2026, 11, 22)


def load(*files, **options):
    batches = read_files([text_source(name, text) for name, text in files], **options)
    return {batch.table: (batch, list(batch.rows)) for batch in batches}


def tables_of(loaded):
    return MemoryTables({table: rows for table, (_, rows) in loaded.items()})


def test_pcs_order_file():
    text = (
        f"00001 001     0 {'Central Nervous System, Bypass':<60} Central Nervous System, Bypass\r\n"
        f"00002 0016070 1 {'Bypass Cereb Vent to Nasophar':<60} Bypass Cerebral Ventricle\r\n"
        f"00003 XY0YX83 1 {'Extracorp Admin':<60} Extracorporeal Introduction\r\n"
    )
    batch, rows = load(("icd10pcs_order_2027.txt", text))[Table.PCS]
    assert [row.code for row in rows] == ["0016070", "XY0YX83"]
    assert batch.span == Span(date(2026, 10, 1), date(2027, 9, 30))


def test_hcpcs_modifiers_stand_in_the_same_file():
    code = official.hcpcs_lines(official.Procedure(code="A0021", short="x", long="Ambulance"))
    modifier = f"{'   LT':<5}000017{'Left side (used to identify procedures performed on the':<80}"
    rest = f"{'   LT':<5}000028{'left side of the body)':<80}".ljust(130)
    text = code + (modifier + "Left side").ljust(268) + "19880101" + "\r\n" + rest + "\r\n"
    tables = tables_of(load(("HCPC2026_OCT_ANWEB.txt", text)))
    assert tables.modifier("LT", DAY).words.endswith("performed on the left side of the body)")
    assert tables.procedure("A0021", DAY).long == "Ambulance"


def test_add_on_codes_of_all_kinds_and_layouts():
    text = (
        "1G22110000000G04630000000202400100000000Primary\r\n"
        "1G22110000000G04020000000202000120240010x\r\n"
        "2G99990000000CCCCC0000000202400100000000Contractor\r\n"
    )
    text = text.replace("20240010x", "2024001x")
    tables = tables_of(load(("AOC_V2026Q4-MCR.txt", text)))
    found = tables.addon("G2211", DAY)
    assert (found.kind, found.primaries_on(DAY)) == ("1", ("G0463",))
    assert found.primaries_on(date(2023, 12, 31)) == ("G0402",)
    assert tables.addon("G9999", DAY).primaries_on(DAY) == ()
    assert tables.addon("G0463", DAY) is Missing.UNKNOWN
    head = (
        "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\t"
        "AOC_Edit_DelDT\tSpecial_Instruction_Notes\r\n"
    )
    row = "1\tG2211\t\tG0463\t\t2024001\t\t\r\n"
    same = tables_of(load(("AOC_V2026Q4-MCR.txt", "A notice.\r\n" + head + row)))
    assert same.addon("G2211", DAY).primaries_on(DAY) == ("G0463",)


def test_anesthesia_with_two_factors():
    text = (
        "2026 Anesthesia Conversion Factors,,,,,\r\n"
        "Contractor,Locality,Locality Name,Work GPCI,Qualifying APM National Anes CF of 20.4976,"
        "Non-Qualifying APM National Anes CF of 20.5998\r\n10112,00,ALABAMA,1.000,20.10,20.00\r\n"
    )
    tables = tables_of(load(("ANES2026.csv", text)))
    found = tables.anesthesia("1011200", DAY)
    assert (found.factor, found.qpp_factor) == (Decimal("20.00"), Decimal("20.10"))


def test_prices_keep_their_decimals_and_their_absence():
    asp = (
        "Payment Allowance Limits,,,\r\n"
        '"Effective October 1, 2026 through December 31, 2026",,,\r\n'
        "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit\r\n"
        "J0129,Abatacept injection,10 MG,44.512\r\nJ9999,None,1 MG,\r\n"
    )
    lab = (
        "Notice,,,,,,\r\nYEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC\r\n"
        "2026,G0027,,20260101,N,9.10,x\r\n2026,G0027,QW,20260101,N,8.10,x\r\n"
    )
    tables = tables_of(load(("October 2026 ASP.csv", asp), ("PUF_CLFS_CY2026_Q4V1.csv", lab)))
    assert tables.drug_price("J0129", DAY).amount == Decimal("44.512")
    assert tables.drug_price("J9999", DAY).amount is None
    assert tables.lab_fee("G0027", "QW", DAY).amount == Decimal("8.10")
    assert tables.lab_fee("G0027", "26", DAY) is Missing.UNKNOWN


def test_a_bare_year_does_not_tell_the_quarter():
    text = (
        "Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026,,,,,\r\n"
        "HCPCS Code,Short Descriptor,SI,APC,Relative Weight,Payment Rate\r\n"
        "G0463,,J2,5012,1.4879,$136.02 \r\n"
    )
    with pytest.raises(Refusal, match="--from"):
        load(("Addendum_B.csv", text))
    batch, rows = load(("2026_July_Addendum_B.csv", text))[Table.OPPS]
    assert (batch.span.first, rows[0].amount) == (date(2026, 7, 1), Decimal("136.02"))


def test_drg_weights():
    text = (
        '"TABLE 5. LIST OF MEDICARE SEVERITY DIAGNOSIS-RELATED GROUPS\r\nFY 2027"\r\n'
        "MS-DRG\tFinal Post-Acute DRG\tFinal Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\tWeights\t"
        "Geometric mean LOS\tArithmetic mean LOS\r\n"
        '001\tNo\tNo\tPRE\tSURG\t"HEART TRANSPLANT, WITH MCC"\t25.4\t28.1\t36.2\r\n'
    )
    batch, rows = load(("CMS-1833-F Table 5.txt", text))[Table.DRG]
    assert batch.span == Span(date(2026, 10, 1), date(2027, 9, 30))
    assert (rows[0].kind, rows[0].title, rows[0].weight) == (
        "P",
        "HEART TRANSPLANT, WITH MCC",
        Decimal("25.4"),
    )


COVERAGE = {
    "article.csv": '"article_id","article_version","title",'
    '"article_eff_date","article_end_date"\r\n'
    '"52345","7","Old title","2020-01-01 00:00:00",""\r\n'
    '"52345","9","Vitamin D assays","2024-01-01 00:00:00",""\r\n',
    "article_x_hcpc_code.csv": '"article_id","article_version","hcpc_code_id"\r\n'
    '"52345","9","G0027"\r\n"52345","7","G0028"\r\n',
    "article_x_icd10_covered.csv": '"article_id","article_version","icd10_code_id",'
    '"icd10_covered_group"\r\n"52345","9","E55.9","1"\r\n',
    "article_x_icd10_noncovered.csv": '"article_id","article_version","icd10_code_id",'
    '"icd10_noncovered_group"\r\n"52345","9","Z00.00","1"\r\n',
    "article_x_contractor.csv": '"article_id","article_version","contractor_id",'
    '"contractor_version"\r\n"52345","9","3","1"\r\n',
    "contractor.csv": '"contractor_id","contractor_version","contractor_number"\r\n'
    '"3","1","10112"\r\n',
}
SPAN = Span(date(2024, 1, 1), date(2026, 12, 31))


def test_coverage_articles_with_their_lists():
    tables = tables_of(load(*COVERAGE.items(), given=SPAN))
    (article,) = tables.coverage("G0027", DAY)
    assert (article.article_id, article.title) == ("A52345", "Vitamin D assays")
    assert (article.contractors, article.diagnosis_groups) == (
        ("10112",),
        ("covered", "noncovered"),
    )
    assert tables.coverage("G0028", DAY) is Missing.UNKNOWN
    assert tables.coverage("G0027", date(2023, 12, 31)) is Missing.NOT_ON_DAY
    assert tables.coverage_diagnosis("A52345", "E559", DAY).is_covered
    assert not tables.coverage_diagnosis("A52345", "Z0000", DAY).is_covered
    assert tables.coverage_diagnosis("A52345", "I10", DAY) is Missing.UNKNOWN


def test_a_proposed_article_binds_nobody():
    articles = (
        '"article_id","article_version","title","status"\r\n'
        '"52345","7","Old","R"\r\n"52345","9","In force","A"\r\n"52345","10","Proposed","P"\r\n'
    )
    tables = tables_of(load(*(COVERAGE | {"article.csv": articles}).items(), given=SPAN))
    assert [a.title for a in tables.coverage("G0027", DAY)] == ["In force"]


def test_coverage_of_two_downloads_or_with_a_file_missing_is_refused():
    mixed = COVERAGE | {
        "article_x_hcpc_code.csv": COVERAGE["article_x_hcpc_code.csv"].replace("9", "8")
    }
    with pytest.raises(Refusal, match="downloads are mixed"):
        load(*mixed.items(), given=SPAN)
    with pytest.raises(Refusal, match=r"needs article\.csv too"):
        load(*list(COVERAGE.items())[1:], given=SPAN)


def test_nppes_keeps_the_days_of_a_provider():
    head = (
        '"NPI","Entity Type Code","Provider Organization Name (Legal Business Name)",'
        '"Provider Last Name (Legal Name)","Provider First Name",'
        '"Provider Business Practice Location Address State Name",'
        '"Provider Business Practice Location Address Postal Code","Provider Enumeration Date",'
        '"NPI Deactivation Reason Code","NPI Deactivation Date","NPI Reactivation Date",'
        '"Healthcare Provider Taxonomy Code_1","Healthcare Provider Primary Taxonomy Switch_1",'
        '"Healthcare Provider Taxonomy Code_2","Healthcare Provider Primary Taxonomy Switch_2"\r\n'
    )
    rows = (
        '"1234567893","1","","DOE","JANE","OH","43001","05/23/2005","","","","208D00000X","N",'
        '"207Q00000X","Y"\r\n'
        '"1679576722","","","","","","","","","01/01/2020","","","","",""\r\n'
    )
    tables = tables_of(load(("npidata_pfile_20050523-20261108.csv", head + rows)))
    found = tables.provider("1234567893", DAY)
    assert (found.name, found.taxonomies) == ("DOE", ("207Q00000X", "208D00000X"))
    assert tables.provider("1234567893", date(2005, 5, 22)) is Missing.NOT_ON_DAY
    assert tables.provider("1679576722", date(2019, 12, 31))
    assert tables.provider("1679576722", date(2020, 1, 1)) is Missing.NOT_ON_DAY


def test_licensed_descriptions_in_several_lengths():
    long = "A notice.\r\n00100\tmade up long words\r\n0001F\tmore words\r\n"
    short = "00100 made up\r\n0001F more\r\n"
    tables = tables_of(load(("LONGULT_2026.txt", long), ("SHORTU_2026.txt", short)))
    found = tables.procedure("00100", DAY)
    assert (found.short, found.long) == ("made up", "made up long words")
    assert tables.procedure("99999", DAY) is Missing.UNKNOWN
    assert tables.procedure("D0120", DAY) is Missing.NOT_LOADED


def test_order_file_and_tabular_list_make_one_release():
    order = (
        f"00001 A00     0 {'Cholera':<60} Cholera\r\n"
        f"00002 A000    1 {'Cholera due to Vibrio':<60} Cholera due to Vibrio cholerae\r\n"
        f"00003 Z999    1 {'Dependence':<60} Dependence on unspecified machine\r\n"
    )
    tabular = (
        "<ICD10CM.tabular><version>2027</version><chapter><name>1</name><desc>Infections</desc>"
        "<section id='A00-A09'><desc>Intestinal</desc><diag><name>A00</name><desc>Cholera</desc>"
        "<excludes1><note>carrier (Z22.1)</note></excludes1></diag></section></chapter>"
        "</ICD10CM.tabular>\n"
    )
    files = ("icd10cm-order-2027.txt", order), ("icd10cm-tabular-2027.xml", tabular)
    tables = tables_of(load(*files))
    assert tables.diagnosis("A000", DAY).is_billable
    assert tables.diagnosis("A00", DAY).children == ("A000",)
    path = tables.diagnosis_path("A000", DAY)
    assert [d.code for d in path] == ["A000", "A00", "A00-A09", "1"]
    assert path[1].excludes_1[0].codes == ("Z221",)


DAYS = [
    ("icd10cm-order-2027.txt", "2027-01-01"),
    ("icd10c-tabular-April-1-2026.xml", "2026-04-01"),
    ("MCR_MUE_DMESupplierServices_Eff_10-01-2026.csv", "2026-10-01"),
    ("medicare-ncci-2026q4-practitioner-ptp-edits-ccipra-v323r0-f1.zip", "2026-10-01"),
    ("AOC_V2026Q2-F-MCR.txt", "2026-04-01"),
    ("PPRRVU2025_Oct.csv", "2025-10-01"),
    ("PPRRVU2026_Jan_nonQPP.csv", "2026-01-01"),
    ("GPCI2026.csv", "2026-01-01"),
    ("HCPC2026_OCT_ANWEB.txt", "2026-10-01"),
    ("october-2026-asp-pricing-file.csv", "2026-10-01"),
    ("2026_April_Web_Addendum_B.03.24.26.csv", "2026-04-01"),
    ("PUF_CLFS_CY2026_Q2V1.csv", "2026-04-01"),
    ("no day.csv", "None"),
]


@pytest.mark.parametrize(("name", "day"), DAYS)
def test_the_day_that_a_name_says(name, day):
    assert str(first_day_in(name)) == day
