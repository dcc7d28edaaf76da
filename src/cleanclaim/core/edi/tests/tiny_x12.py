"""A reader of the stories' inbound files, with nothing but separators, for comparison."""

from decimal import Decimal

from cleanclaim.core.claim.stages import Stage
from cleanclaim.core.edi.acknowledgements import ClaimAcknowledgement
from cleanclaim.core.remit import Cas, ProviderAdjustment, RemitClaim, RemitLine, Remittance
from cleanclaim.kernel.dates import parse_ccyymmdd
from cleanclaim.kernel.money import parse_cents


def segments(text):
    return [raw.strip().split("*") for raw in text.split("~") if raw.strip()]


def _cas(parts):
    return [
        Cas(parts[1], parts[at], parse_cents(parts[at + 1])) for at in range(2, len(parts) - 1, 3)
    ]


def remittance(text):  # noqa: C901, PLR0912  one case for each segment
    head, claims, plbs, claim, line = {}, [], [], None, None
    for x in segments(text):
        x.extend([""] * 10)
        match x[0]:
            case "BPR":
                head |= {"amount_cents": parse_cents(x[2]), "method": x[4]}
                head["payment_date"] = parse_ccyymmdd(x[16])
            case "TRN":
                head |= {"trace": x[2], "payer_trace_id": x[3]}
            case "N1" if x[1] == "PE":
                head["payee_npi"] = x[4]
            case "CLP":
                line = None
                claim = {
                    "ordinal": len(claims) + 1,
                    "claim_number": x[1],
                    "status_code": x[2],
                    "charge_cents": parse_cents(x[3]),
                    "paid_cents": parse_cents(x[4]),
                    "patient_cents": parse_cents(x[5]) if x[5] else 0,
                    "payer_control_number": x[7],
                    "adjustments": (),
                    "lines": [],
                }
                claims.append(claim)
            case "NM1" if x[1] == "TT":
                claim |= {"crossover_name": x[3], "crossover_payer_id": x[9]}
            case "SVC":
                line = {
                    "ordinal": len(claim["lines"]) + 1,
                    "procedure_code": x[1].split(":")[1],
                    "modifiers": tuple(x[1].split(":")[2:6]),
                    "charge_cents": parse_cents(x[2]),
                    "paid_cents": parse_cents(x[3]),
                    "units": Decimal(x[5] or 1),
                    "original_code": [*x[6].split(":"), ""][1] if x[6] else "",
                    "adjustments": (),
                    "remarks": (),
                }
                claim["lines"].append(line)
            case "CAS":
                place = line if line is not None else claim
                place["adjustments"] += tuple(_cas(_trim(x)))
            case "DTM" if x[1] == "472":
                line["service_date"] = parse_ccyymmdd(x[2])
            case "REF" if x[1] == "6R":
                line["line_number"] = x[2]
            case "AMT" if x[1] == "B6":
                line["allowed_cents"] = parse_cents(x[2])
            case "LQ":
                line["remarks"] += (x[2],)
            case "PLB":
                plbs += _provider_level(x, len(plbs))
    return Remittance(
        **head,
        claims=tuple(
            RemitClaim(**{**one, "lines": tuple(RemitLine(**ln) for ln in one["lines"])})
            for one in claims
        ),
        provider_adjustments=tuple(plbs),
    )


def _provider_level(x, before):
    for at in range(3, 15, 2):
        if not x[at]:
            return
        code, _, reference = x[at].partition(":")
        before += 1
        yield ProviderAdjustment(
            ordinal=before,
            provider_id=x[1],
            reason_code=code,
            reference=reference,
            amount_cents=parse_cents(x[at + 1]),
        )


def _trim(parts):
    parts = list(parts)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def acknowledgements(text, numbers_of_group):
    """`numbers_of_group` gives the claim numbers of a group that we sent."""
    parts = segments(text)
    if any(x[0] == "AK1" for x in parts):
        group = next(x[2] for x in parts if x[0] == "AK1")
        accepted = next(x[1] for x in parts if x[0] == "AK9") in ("A", "E", "P")
        stage = Stage.ACCEPTED_FILE if accepted else Stage.REJECTED_FILE
        return [ClaimAcknowledgement(claim_number=n, stage=stage) for n in numbers_of_group(group)]
    from_payer = next(x[1] for x in parts if x[0] == "NM1") == "PR"
    out, number, patient = [], "", False
    for x in parts:
        if x[0] == "HL":
            patient = x[3] == "PT"
        elif patient and x[0] == "TRN":
            number = x[2]
        elif patient and x[0] == "STC":
            refused = x[3] == "U"
            stage = {
                (True, False): Stage.ACCEPTED_PAYER,
                (True, True): Stage.REJECTED_PAYER,
                (False, False): Stage.ACCEPTED_CLEARINGHOUSE,
                (False, True): Stage.REJECTED_CLEARINGHOUSE,
            }[from_payer, refused]
            out.append({"claim_number": number, "stage": stage})
        elif patient and x[0] == "REF" and x[1] == "1K":
            out[-1]["payer_control_number"] = x[2]
    return [ClaimAcknowledgement(**one) for one in out]


CLAIM_FIELDS = (
    "ordinal",
    "claim_number",
    "status_code",
    "charge_cents",
    "paid_cents",
    "patient_cents",
    "payer_control_number",
    "adjustments",
    "crossover_name",
    "crossover_payer_id",
)
