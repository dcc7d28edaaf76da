"""Claims as hypothesis makes them: whole, in the form that the wire gives back."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from cleanclaim.core.claim import (
    Address,
    Adjustment,
    Ambulance,
    Claim,
    ClaimDates,
    ClaimLine,
    Coverage,
    Diagnosis,
    Drug,
    Facility,
    LineAdjudication,
    Patient,
    Payer,
    PersonName,
    PriorAdjudication,
    Provider,
    RelatedCause,
    Subscriber,
)

words = st.text("ABCDEFGHKLMNOPRSTUVW", min_size=1, max_size=12)
numbers = st.text("0123456789", min_size=5, max_size=9)
days = st.dates(date(2015, 1, 1), date(2026, 12, 31))
cents = st.integers(0, 10_000_000)
maybe = lambda some: st.none() | some  # noqa: E731
npis = st.from_regex(r"2[0-9]{9}", fullmatch=True)

addresses = st.builds(
    Address,
    line_1=words,
    line_2=words | st.just(""),
    city=words,
    state=st.sampled_from(["IL", "TX"]),
    zip_code=st.from_regex(r"[0-9]{9}", fullmatch=True),
)
names = st.builds(
    PersonName, last=words, first=words, middle=words | st.just(""), suffix=st.just("")
)
others = st.builds(Provider, npi=npis, name=words, first=words)
ordering = st.builds(
    Provider, npi=npis, name=words, first=words | st.just(""), address=maybe(addresses)
)
renderings = st.builds(
    Provider, npi=npis, name=words, first=words, taxonomy_code=st.just("207Q00000X")
)
billings = st.builds(
    Provider,
    npi=st.from_regex(r"1[0-9]{9}", fullmatch=True),
    name=words,
    taxonomy_code=st.just("") | st.just("207Q00000X"),
    tax_id=st.from_regex(r"[0-9]{9}", fullmatch=True),
    address=addresses,
    phone=st.just("") | st.just("5555550100"),
)
facilities = st.builds(Facility, name=words, npi=npis, address=addresses)
places = st.builds(Facility, name=words | st.just(""), address=addresses)
rides = st.builds(
    Ambulance,
    reason_code=st.sampled_from("ABCDE"),
    miles=st.sampled_from([Decimal(12), Decimal("3.5")]),
    condition_codes=st.sampled_from([(), ("01",), ("01", "04", "09")]),
    pick_up=maybe(places),
    drop_off=maybe(places),
)
adjustments = st.lists(
    st.builds(
        Adjustment,
        group_code=st.sampled_from(["CO", "PR"]),
        reason_code=st.sampled_from(["45", "1", "2"]),
        amount_cents=st.integers(1, 99999),
    ),
    max_size=4,
    unique_by=lambda one: (one.group_code, one.reason_code),
).map(lambda rows: tuple(sorted(rows, key=lambda one: one.group_code)))


@st.composite
def claims(draw):
    rank = draw(st.integers(1, 3))
    patient = Patient(
        name=draw(names), birth_date=draw(days), sex=draw(st.sampled_from("FM")),
        address=draw(addresses),
    )  # fmt: skip
    coverages = tuple(
        _coverage(draw, at, patient if at == rank else None)
        for at in range(1, rank + 1 + draw(st.integers(0, 1)))
    )
    payers = [one.payer.payer_id for one in coverages[: rank - 1]]
    priors = tuple(
        PriorAdjudication(
            payer_id=payer,
            paid_cents=draw(cents),
            adjustments=draw(adjustments),
            payer_control_number=draw(numbers),
        )
        for payer in payers
    )
    diagnoses = draw(
        st.lists(st.sampled_from(["E119", "I10", "Z0000", "M5450"]), min_size=1, max_size=4)
    )
    lines = tuple(
        _line(draw, at, payers, len(diagnoses)) for at in range(1, draw(st.integers(1, 4)) + 1)
    )
    return Claim(
        claim_number=draw(st.from_regex(r"[A-Z0-9]{4,20}", fullmatch=True)),
        payer_rank=rank,
        coverages=coverages,
        patient=patient,
        billing=draw(billings),
        rendering=draw(maybe(renderings)),
        referring=draw(maybe(others)),
        supervising=draw(maybe(others)),
        facility=draw(maybe(facilities)),
        place_of_service=draw(st.sampled_from(["11", "21"])),
        frequency_code=draw(st.sampled_from("178")),
        payer_control_number=draw(numbers | st.just("")),
        diagnoses=tuple(Diagnosis(code=code) for code in diagnoses),
        lines=lines,
        ambulance=draw(maybe(rides)),
        related_causes=draw(
            st.sampled_from(
                [(), (RelatedCause(code="AA", state="IL"),), (RelatedCause(code="EM"),)]
            )
        ),
        dates=draw(
            st.builds(ClaimDates, **{name: maybe(days) for name in ClaimDates.__struct_fields__})
        ),
        prior_authorization_number=draw(numbers | st.just("")),
        referral_number=draw(numbers | st.just("")),
        clia_number=draw(st.sampled_from(["", "99D9999999"])),
        patient_paid_cents=draw(st.integers(0, 9999)),
        note=draw(words | st.just("")),
        attachments=draw(st.sampled_from([(), (("OZ", "EL", "A1"),)])),
        prior_adjudications=priors,
    )


def _coverage(draw, rank, patient):
    is_own = patient is None or draw(st.booleans())
    holder = draw(names)
    own = patient if is_own and patient else None
    is_medicare = rank > 1 and draw(st.booleans())
    return Coverage(
        rank=rank,
        payer=Payer(
            payer_id=f"P{rank}{draw(numbers)}",
            name=draw(words),
            filing_indicator="MB" if is_medicare else "CI",
        ),
        subscriber=Subscriber(
            name=own.name if own else holder,
            member_id=draw(numbers),
            birth_date=own.birth_date if own else None,
            sex=own.sex if own else "",
            address=own.address if own else None,
        ),
        relationship_code="18" if is_own else "19",
        group_number=draw(st.sampled_from(["", "G1"])),
        insurance_type_code="12" if is_medicare else "",
        signature_source=draw(st.sampled_from(["", "P"])),
    )


def _line(draw, at, payers, diagnoses):
    start = draw(days)
    return ClaimLine(
        line_number=f"L{at}",
        procedure_code=draw(st.sampled_from(["99213", "J1885"])),
        modifiers=draw(st.sampled_from([(), ("25",), ("RT", "59")])),
        charge_cents=draw(cents),
        service_date=start,
        units=draw(st.sampled_from([Decimal(1), Decimal(4), Decimal("2.5")])),
        unit_code=draw(st.sampled_from(["UN", "MJ"])),
        diagnosis_pointers=tuple(range(1, draw(st.integers(1, diagnoses)) + 1)),
        place_of_service=draw(st.sampled_from(["11", "22"])),
        description=draw(words | st.just("")),
        is_emergency=draw(st.booleans()),
        rendering=draw(maybe(renderings)),
        ordering=draw(maybe(ordering)),
        drug=draw(
            maybe(
                st.builds(
                    Drug,
                    ndc=st.just("00000000001"),
                    quantity=st.sampled_from([Decimal(1), Decimal("0.5")]),
                    unit_code=st.just("ML"),
                )
            )
        ),
        note=draw(words | st.just("")),
        adjudications=tuple(
            LineAdjudication(
                payer_id=payer,
                paid_cents=draw(cents),
                procedure_code="99213",
                adjustments=draw(adjustments),
                paid_date=draw(days),
                remaining_patient_cents=draw(maybe(cents)),
            )
            for payer in payers
        ),
    )
