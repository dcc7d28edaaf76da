"""Which record a table holds."""

from cleanclaim.core.codes import fees, records
from cleanclaim.core.codes.release import Table

_SPECIAL: dict[Table, type[records.Dated]] = {
    Table.DIAGNOSIS: records.Diagnosis,
    Table.DIAGNOSIS_GROUP: records.Diagnosis,
    Table.PCS: records.Procedure,
    Table.HCPCS: records.Procedure,
    Table.CPT: records.Procedure,
    Table.CDT: records.Procedure,
    Table.PTP_PRACTITIONER: records.PtpEdit,
    Table.PTP_HOSPITAL: records.PtpEdit,
    Table.MUE_PRACTITIONER: records.Mue,
    Table.MUE_HOSPITAL: records.Mue,
    Table.MUE_DME: records.Mue,
    Table.ADD_ON: records.AddOn,
    Table.PHYSICIAN_FEE: fees.PhysicianFee,
    Table.GPCI: fees.Gpci,
    Table.ANESTHESIA: fees.AnesthesiaFactor,
    Table.LAB_FEE: fees.Price,
    Table.DRUG_PRICE: fees.Price,
    Table.OPPS: fees.Price,
    Table.DRG: fees.Drg,
    Table.CODE_EDITS: records.CodeEdits,
    Table.COVERAGE: records.ArticleCode,
    Table.COVERAGE_DIAGNOSIS: records.ArticleDiagnosis,
    Table.PROVIDER: records.NppesProvider,
}


def record_kind(table: Table) -> type[records.Dated]:
    """Give the record of a table: `Listed` for every plain list.

    >>> record_kind(Table.REVENUE).__name__
    'Listed'
    """
    return _SPECIAL.get(table, records.Listed)
