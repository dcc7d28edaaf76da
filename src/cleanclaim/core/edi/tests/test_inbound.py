"""Inbound files read by the engine and by a reader that knows nothing but separators."""

import os
from pathlib import Path

import msgspec
import pytest

from cleanclaim.core.claim.stages import Stage
from cleanclaim.core.edi import (
    claim_acknowledgements,
    claims_of_transactions,
    interchange_acknowledgements,
    remittance_from_835,
    transaction_acknowledgements,
)
from cleanclaim.core.edi.tests import tiny_x12
from cleanclaim.core.remit import remittance_digest, remittance_imbalances
from cleanclaim.kernel.refusal import Refusal
from cleanclaim_x12.typed.files import UnreadableError
from cleanclaim_x12.typed.t277ca import read_277ca
from cleanclaim_x12.typed.t835 import read_835
from cleanclaim_x12.typed.t999 import read_999
from cleanclaim_x12.typed.ta1 import read_ta1

FOLDER = Path(__file__).parents[5] / "tests" / "stories"


def files(kind):
    found = sorted(FOLDER.glob(f"*/*.{kind}.x12"))
    assert found
    return [pytest.param(path, id=path.name) for path in found]


@pytest.mark.parametrize("path", files("835"))
def test_a_remittance_says_the_same_to_both_readers(path):
    mine = tiny_x12.remittance(path.read_text())
    theirs = remittance_from_835(next(read_835(path.read_bytes())))
    for one, other in zip(mine.claims, theirs.claims, strict=True):
        for field in tiny_x12.CLAIM_FIELDS:
            assert getattr(one, field) == getattr(other, field), field
        assert one.lines == other.lines
    plain = {"claims": (), "payer_name": "", "payee_name": "", "payee_tax_id": ""}
    plain |= {"production_date": None}
    years = [
        msgspec.structs.replace(one, fiscal_year_end=None) for one in theirs.provider_adjustments
    ]
    other = msgspec.structs.replace(theirs, provider_adjustments=tuple(years), **plain)
    assert msgspec.structs.replace(mine, **plain) == other


@pytest.mark.parametrize("path", files("277ca"))
def test_claim_acknowledgements_say_the_same_to_both_readers(path):
    mine = tiny_x12.acknowledgements(path.read_text(), None)
    theirs = [fact for one in read_277ca(path.read_bytes()) for fact in claim_acknowledgements(one)]
    short = lambda fact: (fact.claim_number, fact.stage, fact.payer_control_number)  # noqa: E731
    assert [short(fact) for fact in mine] == [short(fact) for fact in theirs]
    for fact in theirs:
        assert bool(fact.reasons) == (fact.stage == Stage.REJECTED_PAYER)
        assert fact.batch_reference


@pytest.mark.parametrize("path", files("999"))
def test_syntax_acknowledgements_say_the_same_to_both_readers(path):
    typed = next(read_999(path.read_bytes()))
    facts = transaction_acknowledgements(typed)
    sent = {(typed.group_control_number, "0001"): ["X"], ("77", "0001"): ["Y"]}
    mine = tiny_x12.acknowledgements(path.read_text(), lambda _group: ["X"])
    theirs = claims_of_transactions(facts, sent)
    assert [(one.claim_number, one.stage) for one in mine] == [
        (one.claim_number, one.stage) for one in theirs
    ]


REJECTED = (
    b"ISA*00*          *00*          *ZZ*R              *ZZ*S              *260303*0930*^*00501"
    b"*000000102*0*T*:~TA1*000000101*260303*0930*R*022~GS*FA*R*S*20260303*0930*102*X*005010X231A1~"
    b"ST*999*0001*005010X231A1~AK1*HC*101*005010X222A1~AK2*837*0001*005010X222A1~"
    b"IK3*NM1*20*2310*8~IK4*9*67*2~IK5*R*5~AK2*837*0002*005010X222A1~IK5*A~AK9*P*2*2*1~SE*8*0001~"
    b"GE*1*102~IEA*1*000000102~"
)


def test_a_rejected_transaction_rejects_its_claims_and_no_others():
    facts = transaction_acknowledgements(next(read_999(REJECTED)))
    sent = {("101", "0001"): ["A", "B"], ("000101", "0002"): ["C"], ("9", "0001"): ["D"]}
    found = claims_of_transactions(facts, sent)
    assert [(one.claim_number, str(one.stage), one.reasons) for one in found] == [
        ("A", "rejected_file", ("NM1@20 8",)),
        ("B", "rejected_file", ("NM1@20 8",)),
        ("C", "accepted_file", ()),
    ]


def test_a_refused_interchange_is_named():
    (fact,) = interchange_acknowledgements(read_ta1(REJECTED))
    assert (fact.control_number, fact.is_accepted, fact.note) == ("000000101", False, "022")


def test_the_same_payment_in_another_file_has_the_same_digest():
    folder = next(FOLDER.glob("D09-*"))
    digest = {
        path.name: remittance_digest(remittance_from_835(next(read_835(path.read_bytes()))))
        for path in folder.glob("*.835.x12")
    }
    assert digest["05-R1.835.x12"] == digest["06-R1-again.835.x12"]
    assert digest["05-R1.835.x12"] != digest["08-R1-conflict.835.x12"]


def test_a_payment_without_its_trace_is_refused():
    path = next(FOLDER.glob("D01-*/*.835.x12"))
    data = path.read_bytes().replace(b"TRN*1*EFT0101001*1990000901~\n", b"")
    with pytest.raises(Refusal, match="remittance_incomplete"):
        remittance_from_835(next(read_835(data)))


SAMPLES = Path(
    os.environ.get("CLEANCLAIM_SAMPLES", Path(__file__).parents[5].parent / "shared" / "samples")
)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the public samples are not here")
def test_remittances_of_other_systems_are_read_and_tested():
    index = (SAMPLES / "x12" / "INDEX.tsv").read_text().splitlines()
    names = [row.split("\t")[0] for row in index[1:] if row.split("\t")[2] == "835"]
    seen = balanced = 0
    for name in names:
        try:
            for typed in read_835((SAMPLES / "x12" / name).read_bytes()):
                content = remittance_from_835(typed)
                seen += 1
                balanced += not remittance_imbalances(content)
                assert remittance_digest(content)
        except (UnreadableError, Refusal):
            continue  # not a file, or not a whole remittance
    assert seen > 20
    assert balanced > seen // 3
