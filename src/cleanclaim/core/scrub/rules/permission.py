"""Authorizations, referrals, and who ordered."""

from collections.abc import Iterator
from decimal import Decimal

from cleanclaim.core.scrub.case import Case, Row
from cleanclaim.core.scrub.facts import Authorization
from cleanclaim.core.scrub.fixes import set_field
from cleanclaim.core.scrub.rule import BLOCKS, Hit, rule
from cleanclaim.core.scrub.traits import Trait

PAYER = "payer's authorization list"
ON_CLAIM = "prior_authorization_number"
ORDERED = Trait.LABORATORY | Trait.IMAGING | Trait.EQUIPMENT | Trait.THERAPY | Trait.CONSULTATION
ALWAYS_ORDERED = Trait.EQUIPMENT | Trait.CONSULTATION


def _number(case: Case, row: Row) -> str:
    return row.line.prior_authorization_number or case.claim.prior_authorization_number


def _fits(case: Case, row: Row, item: Authorization) -> bool:
    """Say whether an authorization is for this payer, code and provider, whatever its days."""
    return (
        item.status == "approved"
        and item.payer_id == case.coverage.payer.payer_id
        and (not item.codes or any(codes.holds(row.code) for codes in item.codes))
        and (not item.npis or case.rendering(row).npi in item.npis)
    )


def _valid(case: Case, row: Row, kind: str) -> list[Authorization]:
    return [
        item
        for item in case.context.authorizations or ()
        if item.kind == kind
        and _fits(case, row, item)
        and item.start_date <= row.dos <= item.end_date
    ]


def _needs(case: Case, row: Row) -> bool:
    return any(
        any(codes.holds(row.code) for codes in item.codes)
        and (not item.places or row.pos in item.places)
        for item in case.payer.authorization_rules
    )


def _on_file(case: Case, row: Row) -> Authorization | None:
    """Give the authorization that the line's number names, if it is known."""
    number = _number(case, row)
    known = case.context.authorizations or ()
    return next((item for item in known if number and item.number == number), None)


@rule("AUTH-001", "Authorization missing", BLOCKS, PAYER, when=Trait.PERMISSION)
def authorization_missing(case: Case) -> Iterator[Hit]:
    """Find services that need an authorization and carry none."""
    for row in case.rows:
        if not _needs(case, row) or _number(case, row):
            continue
        valid = _valid(case, row, "authorization")
        fix = None
        if valid:
            fix = set_field(ON_CLAIM, valid[0].number, "Attach the authorization on file")
        yield Hit(
            row.place("prior_authorization_number"),
            f"Line {row.number}: authorization is needed for {row.code}. "
            + ("Attach the one on file." if valid else "Request one or attach its number."),
            "an authorization number",
            "",
            fix,
        )


@rule("AUTH-002", "Authorized units used up", BLOCKS, PAYER, when=Trait.PERMISSION)
def units_used_up(case: Case) -> Iterator[Hit]:
    """Find authorizations whose approved units this claim exceeds."""
    billed: dict[str, Decimal] = {}
    for row in case.rows:
        item = _on_file(case, row)
        if item is None or item.units_approved is None or not _fits(case, row, item):
            continue
        total = billed[item.number] = billed.get(item.number, Decimal(0)) + row.line.units
        left = item.units_approved - item.units_used
        if total > left:
            yield Hit(
                row.place("units"),
                f"Line {row.number}: only {left} units are left on the authorization and {total} "
                "are billed. Extend it or correct the units.",
                f"at most {left}",
                str(total),
            )


@rule("AUTH-003", "Authorization not valid that day", BLOCKS, PAYER, when=Trait.PERMISSION)
def outside_authorization(case: Case) -> Iterator[Hit]:
    """Find services outside the days, codes or providers of the authorization they name."""
    for row in case.rows:
        item = _on_file(case, row)
        if item is None or not _needs(case, row):
            continue
        inside = item.start_date <= row.dos <= item.end_date
        if inside and _fits(case, row, item):
            continue
        others = _valid(case, row, "authorization")
        fix = None
        if others:
            on_line = bool(row.line.prior_authorization_number)
            field = row.place("prior_authorization_number") if on_line else ON_CLAIM
            fix = set_field(field, others[0].number, "Use the authorization that is valid")
        what = f"{row.code} and this provider" if inside else str(row.dos)
        yield Hit(
            row.place("prior_authorization_number"),
            f"Line {row.number}: the authorization is not valid for {what} (it runs "
            f"{item.start_date} to {item.end_date}). Extend or replace it.",
            f"{item.start_date} to {item.end_date}",
            str(row.dos),
            fix,
        )


@rule("REF-001", "Referral missing", BLOCKS, "plan's rules; eligibility answer")
def referral_missing(case: Case) -> Iterator[Hit]:
    """Find claims to plans that want a referral, without its number."""
    eligibility = case.context.eligibility
    wanted = case.payer.requires_referral or (eligibility and eligibility.requires_referral)
    if not wanted or case.claim.referral_number:
        return
    for row in case.rows:
        if row.line.referral_number or row.line.is_emergency or row.pos == "23":
            continue
        valid = _valid(case, row, "referral")
        fix = None
        if valid:
            fix = set_field("referral_number", valid[0].number, "Attach the referral on file")
        yield Hit(
            "referral_number",
            f"Line {row.number}: this plan needs a referral for {row.code}. Get its number.",
            "a referral number",
            "",
            fix,
        )
        return


@rule(
    "REF-002",
    "Ordering or referring provider missing",
    BLOCKS,
    "837P, 2310A and 2420E/F",
    when=ORDERED,
)
def nobody_ordered(case: Case) -> Iterator[Hit]:
    """Find ordered services that don't say who ordered them."""
    if case.is_institutional:
        return
    wanted = ORDERED if case.is_medicare else ALWAYS_ORDERED
    for row in case.rows_with(wanted):
        if row.line.ordering or row.line.referring or case.claim.referring:
            continue
        yield Hit(
            row.place("ordering"),
            f"Line {row.number}: {row.code} needs the provider who ordered or referred. Add the "
            "name and NPI.",
            "a provider",
        )


@rule(
    "REF-003",
    "Provider may not order",
    BLOCKS,
    "CMS ordering and referring file, 42 CFR 424.507",
    when=Trait.MEDICARE,
)
def may_not_order(case: Case) -> Iterator[Hit]:
    """Find orders of providers who are not in Medicare's list."""
    for row in case.rows_with(ORDERED):
        provider = row.line.ordering or row.line.referring or case.claim.referring
        facts = case.context.providers.get(provider.npi) if provider else None
        if facts is not None and facts.may_order is False:
            yield Hit(
                row.place("ordering"),
                f"Line {row.number}: NPI {facts.npi} cannot order or refer {row.code} for "
                "Medicare. Name another provider, or have this one enrol.",
                "an enrolled provider",
                facts.npi,
            )
