"""Drugs and vaccines."""

import re
from collections.abc import Iterator

from cleanclaim.core.scrub.case import Case
from cleanclaim.core.scrub.rule import BLOCKS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

NDC_UNITS = frozenset({"UN", "ML", "GR", "F2", "ME"})
_NDC = re.compile(r"\d{11}")
WASTE = frozenset({"JW", "JZ"})
NO_DRUG_NAME = "0" * 11


@rule(
    "NDC-001",
    "Drug code of a drug",
    BLOCKS,
    "837, LIN and CTP; payer's profile",
    when=Trait.DRUG | Trait.DRUG_CODE,
)
def drug_code(case: Case) -> Iterator[Hit]:
    """Find drugs without a needed NDC, and NDCs or units that can't be."""
    needed = case.payer.requires_ndc or case.payer.kind == "medicaid"
    for row in case.rows:
        drug = row.line.drug
        if drug is None:
            if needed and row.is_a(Trait.DRUG):
                yield Hit(
                    row.place("drug"),
                    f"Line {row.number}: this payer needs the NDC, quantity and unit of "
                    f"{row.code}. Add them.",
                    "an NDC",
                )
            continue
        if not _NDC.fullmatch(drug.ndc) or drug.ndc == NO_DRUG_NAME:
            field, words, found = "ndc", "an NDC of eleven digits (5-4-2)", drug.ndc
        elif drug.unit_code not in NDC_UNITS:
            field, words, found = "unit_code", "a unit of UN, ML, GR, F2, ME", drug.unit_code
        elif drug.quantity <= 0:
            field, words, found = "quantity", "a quantity above 0", str(drug.quantity)
        else:
            continue
        yield Hit(
            row.place(f"drug.{field}"),
            f"Line {row.number}: the drug of {row.code} needs {words}, not {found or 'nothing'}. "
            "Correct it.",
            words,
            found,
        )


@rule(
    "JW-001",
    "Wastage of a single-dose vial",
    BLOCKS,
    "CMS Claims Processing Manual, chapter 17, section 40",
    when=Trait.DRUG,
)
def wastage(case: Case) -> Iterator[Hit]:
    """Find Medicare drugs from single-dose vials with neither JW nor JZ."""
    if not case.is_medicare:
        return
    said = {row.code for row in case.rows if WASTE & set(row.modifiers)}
    for row in case.rows_with(Trait.DRUG):
        if case.line_facts(row).single_dose_vial and row.code not in said:
            yield Hit(
                row.place("modifiers"),
                f"Line {row.number}: {row.code} came from a single-dose vial. Add a JW line with "
                "what was discarded, or JZ if nothing was.",
                "JW or JZ",
                " ".join(row.modifiers),
            )


@rule(
    "VAC-001",
    "Vaccine and its administration",
    BLOCKS,
    "CMS Claims Processing Manual, chapter 18, section 10",
    when=Trait.VACCINE | Trait.VACCINE_GIVING,
)
def vaccine_pair(case: Case) -> Iterator[Hit]:
    """Find vaccines without administration that day, and the reverse."""
    products = {row.dos for row in case.rows_with(Trait.VACCINE)}
    givings = {row.dos for row in case.rows_with(Trait.VACCINE_GIVING)}
    for row in case.rows_with(Trait.VACCINE | Trait.VACCINE_GIVING):
        other, words = (
            (givings, "its administration (90471-90474, for Medicare G0008-G0010)")
            if row.is_a(Trait.VACCINE)
            else (products, "the vaccine's product code")
        )
        if row.dos not in other:
            yield Hit(
                row.place("procedure_code"),
                f"Line {row.number}: {row.code} on {row.dos} lacks {words}. Add the line.",
                words,
                row.code,
            )
