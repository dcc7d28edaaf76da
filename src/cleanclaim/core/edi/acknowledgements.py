"""What acknowledgements say of our files and claims, in plain words."""

from collections.abc import Iterable, Mapping

import msgspec

from cleanclaim.core.claim.stages import Stage
from cleanclaim_x12.typed import t277ca, t999, ta1
from cleanclaim_x12.typed.adjudication import Status

_REFUSING = frozenset({"A3", "A4", "A6", "A7", "A8"})
_PASSES = frozenset({"A", "E", "P"})


class ClaimAcknowledgement(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """How far one version of a claim has come, as somebody on its way says.

    Args:
        claim_number: Of the version that is spoken of; empty for all claims of the batch.
        stage: What it has reached: an accepted or a rejected stage.
        batch_reference: The batch's number, as we gave it.
        payer_control_number: The payer's number, given on acceptance by some payers.
        reasons: Codes of a rejection, category, status and entity, for people: `A7:164:IL`.
    """

    claim_number: str
    stage: Stage
    batch_reference: str = ""
    payer_control_number: str = ""
    reasons: tuple[str, ...] = ()


class TransactionAcknowledgement(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a receiver says about the syntax of one transaction of ours.

    Args:
        transaction_control_number: Empty where the whole group is meant.
        reasons: Places and codes, for people: `NM1@20 8`.
    """

    group_control_number: str
    transaction_control_number: str = ""
    is_accepted: bool
    reasons: tuple[str, ...] = ()


class InterchangeAcknowledgement(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """What a receiver says about one interchange of ours."""

    control_number: str
    is_accepted: bool
    note: str = ""


def interchange_acknowledgements(
    typed: Iterable[ta1.InterchangeAcknowledgement],
) -> list[InterchangeAcknowledgement]:
    """Read TA1s."""
    return [
        InterchangeAcknowledgement(
            control_number=one.control_number, is_accepted=one.status in _PASSES, note=one.note
        )
        for one in typed
    ]


def transaction_acknowledgements(
    typed: t999.ImplementationAcknowledgement,
) -> list[TransactionAcknowledgement]:
    """Read a 999: one fact for each transaction, or one for the group where it names none."""
    group = typed.group_control_number
    if not typed.responses:
        codes = (typed.error_1, typed.error_2, typed.error_3, typed.error_4, typed.error_5)
        return [
            TransactionAcknowledgement(
                group_control_number=group,
                is_accepted=typed.status in _PASSES,
                reasons=tuple(code for code in codes if code),
            )
        ]
    return [
        TransactionAcknowledgement(
            group_control_number=group,
            transaction_control_number=one.control_number,
            is_accepted=one.status in _PASSES,
            reasons=tuple(
                f"{segment.segment}@{segment.position} {segment.error_code}"
                for segment in one.segments
            ),
        )
        for one in typed.responses
    ]


def claims_of_transactions(
    facts: Iterable[TransactionAcknowledgement],
    sent: Mapping[tuple[str, str], Iterable[str]],
) -> list[ClaimAcknowledgement]:
    """Say what a 999 means for the claims that we sent.

    Args:
        sent: Claim numbers by group and transaction control number, as they went out.
    """
    return [
        ClaimAcknowledgement(
            claim_number=number,
            stage=Stage.ACCEPTED_FILE if fact.is_accepted else Stage.REJECTED_FILE,
            reasons=fact.reasons,
        )
        for fact in facts
        for (group, transaction), numbers in sent.items()
        if int(group) == int(fact.group_control_number or 0)
        and fact.transaction_control_number in ("", transaction)
        for number in numbers
    ]


def claim_acknowledgements(typed: t277ca.ClaimAcknowledgements) -> list[ClaimAcknowledgement]:
    """Read a 277CA: one fact for each claim, or one for a batch that was refused as a whole."""
    out = []
    for source in typed.sources:
        is_payer = source.source is not None and source.source.entity_code == "PR"
        for receiver in source.receivers:
            claims = [claim for provider in receiver.providers for claim in provider.claims]
            reference = receiver.trace_number
            if not claims and _is_refused(receiver.statuses):
                out.append(
                    ClaimAcknowledgement(
                        claim_number="",
                        batch_reference=reference,
                        stage=_stage(is_payer, receiver.statuses),
                        reasons=_reasons(receiver.statuses),
                    )
                )
            out += [
                ClaimAcknowledgement(
                    claim_number=claim.control_number,
                    batch_reference=reference,
                    stage=_stage(is_payer, claim.statuses),
                    payer_control_number=claim.payer_control_number,
                    reasons=_reasons(claim.statuses),
                )
                for claim in claims
                if claim.statuses
            ]
    return out


def _is_refused(statuses: Iterable[Status]) -> bool:
    return any(
        one.action == "U" or any(code.category in _REFUSING for code in one.codes)
        for one in statuses
    )


def _stage(is_payer: bool, statuses: Iterable[Status]) -> Stage:
    if _is_refused(statuses):
        return Stage.REJECTED_PAYER if is_payer else Stage.REJECTED_CLEARINGHOUSE
    return Stage.ACCEPTED_PAYER if is_payer else Stage.ACCEPTED_CLEARINGHOUSE


def _reasons(statuses: Iterable[Status]) -> tuple[str, ...]:
    """Give the codes of a refusal; an acceptance needs none."""
    return tuple(
        ":".join(part for part in (code.category, code.status, code.entity) if part)
        for one in statuses
        for code in one.codes
        if one.action == "U" or code.category in _REFUSING
    )
