"""Segments whose elements do not map to fields one by one: dates, CAS, HI; and procedures.

A reader takes the elements of a segment and gives items; it raises ValueError (or KeyError,
IndexError) for what it does not understand, and the segment is then kept whole. A writer gives the
elements of the segments that hold the items; an element is a text or a list of components.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from cleanclaim_x12.syntax import Delimiters
from cleanclaim_x12.typed.adjudication import ProviderAdjustment, Status, StatusCode
from cleanclaim_x12.typed.native import Element
from cleanclaim_x12.typed.parts import Adjustment, DatePeriod, HealthCareCode, Item, Procedure
from cleanclaim_x12.typed.values import (
    CENTS,
    DATE_TEXTS,
    DATES,
    DECIMALS,
    Memo,
    format_cents,
    format_decimal,
)

Read = Callable[[list[str], int, Delimiters], Sequence[Item]]
Write = Callable[[Sequence[Any], str], Iterator[list[Element]]]

_DIAGNOSES = ("ABK", "BK", "ABF", "BF")
_HI_GROUPS = dict.fromkeys(_DIAGNOSES, "diagnoses") | {"BP": "anesthesia", "BO": "anesthesia"}
_CODES_PER_HI = 12
_Code = tuple[str, str, date | None, date | None, int | None, str]
_ADJUSTMENTS_PER_CAS = 6


def read_dtp(e: list[str], place: int, delimiters: Delimiters) -> list[DatePeriod]:
    """Understand DTP: a date, a period, a date with its time, or a time."""
    del delimiters
    _, qualifier, form, text = e
    if form == "D8":
        return [DatePeriod(qualifier, DATES[text], None, "", "D8", place)]
    if form == "RD8":
        start, _, end = text.partition("-")
        return [DatePeriod(qualifier, DATES[start], DATES[end], "", form, place)]
    if form == "DT" and len(text) >= 12 and text.isdigit():
        return [DatePeriod(qualifier, DATES[text[:8]], None, text[8:], form, place)]
    if form == "TM" and text.isdigit():
        return [DatePeriod(qualifier, None, None, text, form, place)]
    raise ValueError(form)


def write_dtp(items: Sequence[DatePeriod], tag: str) -> Iterator[list[Element]]:
    """Give the DTP of each date."""
    for item in items:
        text = DATE_TEXTS[item.start]
        form = "RD8" if item.end is not None and item.format == "D8" else item.format
        if item.end is not None:
            text += "-" + DATE_TEXTS[item.end]
        yield [tag, item.qualifier, form, text + item.time]


def read_dtm(e: list[str], place: int, delimiters: Delimiters) -> list[DatePeriod]:
    """Understand DTM: a date, or a period in its last two elements."""
    del delimiters
    if len(e) == 3:
        return [DatePeriod(e[1], DATES[e[2]], None, "", "D8", place)]
    _, qualifier, none, time, zone, form, text = e
    if none or time or zone or form != "RD8":
        raise ValueError(form)
    start, _, end = text.partition("-")
    return [DatePeriod(qualifier, DATES[start], DATES[end], "", form, place)]


def write_dtm(items: Sequence[DatePeriod], tag: str) -> Iterator[list[Element]]:
    """Give the DTM of each date."""
    for item in items:
        text = DATE_TEXTS[item.start]
        if item.end is None:
            yield [tag, item.qualifier, text]
        else:
            yield [tag, item.qualifier, "", "", "", "RD8", f"{text}-{DATE_TEXTS[item.end]}"]


def read_cas(e: list[str], place: int, delimiters: Delimiters) -> list[Adjustment]:
    """Understand CAS: up to six reasons of one group."""
    del delimiters
    group = e[1]
    if len(e) == 4:  # one reason without a quantity is nearly all of them
        return [Adjustment(group, e[2], _amount(e[3]), None, place)]
    items = []
    e += [""] * (-(len(e) - 2) % 3)
    for at in range(2, len(e), 3):
        reason, cents, quantity = e[at : at + 3]
        if reason or cents or quantity:
            item = Adjustment(group, reason, _amount(cents), DECIMALS[quantity], place)
            items.append(item)
    if not items or len(items) > _ADJUSTMENTS_PER_CAS:
        raise ValueError(len(items))
    return items


def _amount(text: str) -> int:
    cents = CENTS[text]
    if cents is None:
        raise ValueError(text)
    return cents


def write_cas(items: Sequence[Adjustment], tag: str) -> Iterator[list[Element]]:
    """Give one CAS for each run of adjustments of one group, six at most in each."""
    for group, run in groupby(items, key=lambda item: item.group_code):
        rows = list(run)
        for first in range(0, len(rows), _ADJUSTMENTS_PER_CAS):
            elements: list[Element] = [tag, group]
            for item in rows[first : first + _ADJUSTMENTS_PER_CAS]:
                quantity = format_decimal(item.quantity)
                elements += [item.reason_code, format_cents(item.cents), quantity]
            yield elements


def code_of(text: str, component: str) -> _Code:
    """Understand a composite of an HI."""
    c = text.split(component)
    if len(c) == 2:
        return (c[0], c[1], None, None, None, "")
    c += [""] * (9 - len(c))
    qualifier, code, form, period, amount, *rest, present = c
    if any(rest) or form not in ("", "D8", "RD8"):
        raise ValueError(text)
    start, _, end = period.partition("-")
    return (qualifier, code, DATES[start], DATES[end], CENTS[amount], present)


_CODES: dict[str, Memo[str, _Code]] = {}


def read_hi(e: list[str], place: int, delimiters: Delimiters) -> list[HealthCareCode]:
    """Understand HI: up to twelve codes."""
    component = delimiters.component
    memo = _CODES.get(component)
    if memo is None:
        memo = _CODES[component] = Memo(lambda text: code_of(text, component))
    return [HealthCareCode(*memo[text], place) for text in e[1:]]


def write_hi(items: Sequence[HealthCareCode], tag: str) -> Iterator[list[Element]]:
    """Give the HI segments: professional diagnoses share one, all other kinds have their own."""
    if len(items) <= _CODES_PER_HI and all(item.place == items[0].place != 0 for item in items):
        yield [tag, *map(_components, items)]  # as it was read
        return
    institutional = any(item.qualifier in ("ABJ", "BJ", "APR", "PR", "DR") for item in items)
    institutional = institutional or any(item.present_on_admission for item in items)

    def group(item: HealthCareCode) -> str | int:
        if item.place:
            return item.place
        return item.qualifier if institutional else _HI_GROUPS.get(item.qualifier, item.qualifier)

    for _, run in groupby(items, key=group):
        rows = list(run)
        for first in range(0, len(rows), _CODES_PER_HI):
            yield [tag, *map(_components, rows[first : first + _CODES_PER_HI])]


def _components(item: HealthCareCode) -> list[str]:
    if not (item.start or item.end or item.present_on_admission) and item.cents is None:
        return [item.qualifier, item.code]
    period = DATE_TEXTS[item.start]
    form = "D8" if period else ""
    if item.end is not None:
        form, period = "RD8", f"{period}-{DATE_TEXTS[item.end]}"
    amount = format_cents(item.cents)
    return [item.qualifier, item.code, form, period, amount, "", "", "", item.present_on_admission]


def procedure_of(text: str, component: str) -> Procedure | None:
    """Understand a procedure composite."""
    if not text:
        return None
    c = text.split(component)
    if len(c) == 2:
        return Procedure(c[0], c[1])
    if len(c) > 8:
        raise ValueError(text)
    c += [""] * (8 - len(c))
    qualifier, code, *modifiers, description, through = c
    while modifiers and not modifiers[-1]:
        modifiers.pop()
    return Procedure(qualifier, code, tuple(modifiers), description, through)


def procedure_components(item: Procedure | None) -> list[str]:
    """Give the components of a procedure composite."""
    if item is None:
        return []
    if not (item.modifiers or item.description or item.code_through):
        return [item.qualifier, item.code]
    modifiers = [*item.modifiers, "", "", "", ""][: max(4, len(item.modifiers))]
    return [item.qualifier, item.code, *modifiers, item.description, item.code_through]


def read_stc(e: list[str], place: int, delimiters: Delimiters) -> list[Status]:
    """Understand STC."""
    e += [""] * (13 - len(e))
    _, code, day, action, charge, paid, decided, method, remitted, trace, more, third, text = e
    component = delimiters.component
    codes = [StatusCode(*each.split(component)) for each in (code, more, third) if each]
    return [
        Status(
            tuple(codes),
            DATES[day],
            action,
            CENTS[charge],
            CENTS[paid],
            DATES[decided],
            method,
            DATES[remitted],
            trace,
            text,
            place,
        )
    ]


def write_stc(items: Sequence[Status], tag: str) -> Iterator[list[Element]]:
    """Give the STC of each status."""
    for item in items:
        codes: list[list[str]] = [
            [code.category, code.status, code.entity, code.code_list] for code in item.codes
        ]
        codes += [[], [], []]
        yield [
            tag,
            codes[0] or "",
            DATE_TEXTS[item.status_date],
            item.action,
            format_cents(item.charge_cents),
            format_cents(item.paid_cents),
            DATE_TEXTS[item.adjudicated_date],
            item.payment_method,
            DATE_TEXTS[item.remittance_date],
            item.trace_number,
            codes[1] or "",
            codes[2] or "",
            item.text,
        ]


def read_plb(e: list[str], place: int, delimiters: Delimiters) -> list[ProviderAdjustment]:
    """Understand PLB: up to six pairs of reason and amount."""
    _, provider, day, *rest = e
    fiscal = DATES[day]
    rest += [""] * (len(rest) % 2)
    items = []
    for composite, cents in zip(rest[::2], rest[1::2], strict=True):
        if composite or cents:
            reason, *reference = composite.split(delimiters.component)
            joined = "".join(reference)
            if len(reference) > 1:
                raise ValueError(len(reference))
            amount = _amount(cents)
            items.append(ProviderAdjustment(provider, fiscal, reason, joined, amount, place))
    if not items:
        raise ValueError(provider)
    return items


def write_plb(items: Sequence[ProviderAdjustment], tag: str) -> Iterator[list[Element]]:
    """Give one PLB for each run of adjustments of one provider and year, six at most in each."""
    for (provider, fiscal), run in groupby(items, key=lambda x: (x.provider_id, x.fiscal_date)):
        rows = list(run)
        for first in range(0, len(rows), _ADJUSTMENTS_PER_CAS):
            elements: list[Element] = [tag, provider, DATE_TEXTS[fiscal]]
            for item in rows[first : first + _ADJUSTMENTS_PER_CAS]:
                elements += [[item.reason_code, item.reference], format_cents(item.cents)]
            yield elements


READERS: dict[str, Read] = {"DTP": read_dtp, "DTM": read_dtm, "CAS": read_cas, "HI": read_hi}
READERS |= {"STC": read_stc, "PLB": read_plb}
WRITERS: dict[str, Write] = {
    "DTP": write_dtp,
    "DTM": write_dtm,
    "CAS": write_cas,
    "HI": write_hi,
    "STC": write_stc,
    "PLB": write_plb,
}
