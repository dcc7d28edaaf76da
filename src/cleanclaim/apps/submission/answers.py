"""What comes back about what we sent: TA1, 999 and 277CA, each file applied once and whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple
from uuid import UUID

from cleanclaim.apps.claims.public import (
    Happening,
    claims_numbered,
    decision_save,
    rows_load,
)
from cleanclaim.apps.exchange.public import (
    InboundFile,
    Interchange,
    inbound_move,
    inbound_read,
    interchange_move,
    practice_of_control_number,
)
from cleanclaim.apps.submission.models import Acknowledgement, Batch, BatchClaim
from cleanclaim.apps.work.public import ItemNote, item_open
from cleanclaim.core.claim.stages import REJECTED, Stage
from cleanclaim.core.edi import (
    ClaimAcknowledgement,
    InterchangeAcknowledgement,
    TransactionAcknowledgement,
    claim_acknowledgements,
    interchange_acknowledgements,
    transaction_acknowledgements,
)
from cleanclaim.core.posting.submission import acknowledge
from cleanclaim.core.privacy import Grant
from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert
from cleanclaim.platform.models.scope import scope, tenant_scope
from cleanclaim_x12.typed.t277ca import read_277ca
from cleanclaim_x12.typed.t999 import read_999
from cleanclaim_x12.typed.ta1 import read_ta1

KINDS = ("TA1", "999", "277")
_STATES = Interchange.State


class Answers(NamedTuple):
    """Everything one file says."""

    interchanges: list[InterchangeAcknowledgement]
    transactions: list[TransactionAcknowledgement]
    claims: list[ClaimAcknowledgement]

    @property
    def control_numbers(self) -> set[int]:
        """Give the control numbers of ours that it names; group and batch bear the same."""
        texts = [
            *(one.control_number for one in self.interchanges),
            *(one.group_control_number for one in self.transactions),
            *(one.batch_reference for one in self.claims),
        ]
        return {int(text) for text in texts if text.isdecimal()}


def answers_read(content: bytes) -> Answers:
    """Read a file of answers."""
    return Answers(
        interchanges=interchange_acknowledgements(read_ta1(BytesIO(content))),
        transactions=[
            fact
            for typed in read_999(BytesIO(content))
            for fact in transaction_acknowledgements(typed)
        ],
        claims=[
            fact for typed in read_277ca(BytesIO(content)) for fact in claim_acknowledgements(typed)
        ],
    )


def answers_apply(grant: Grant, file_id: UUID, *, at: datetime, day: date) -> int:
    """Apply one file of answers; a file that names nothing of ours is parked.

    Args:
        grant: Opens all practices of the tenant.
        file_id: An inbound file that was received.
        at: The instant of the writing.
        day: Day of the work.

    Returns:
        How many facts were applied.
    """
    with tenant_scope(grant.tenant_id, actor=grant.actor, at=at):
        row, content = inbound_read(grant, file_id)
        if row.state != InboundFile.State.RECEIVED:
            return 0
        answers = answers_read(content)
        numbers = answers.control_numbers
        practices = {practice_of_control_number(row.connection_id, one) for one in numbers}
    with scope(grant, at=at):
        row = InboundFile.objects.select_for_update().get(id=file_id)
        if row.state != InboundFile.State.RECEIVED:
            return 0
        # What another system sent bears that system's control numbers, which may be ours too.
        practices = _practices_of_claims(grant, answers) or practices
        practice_id = practices.pop() if len(practices) == 1 else None
        if practice_id is None:
            reason = "It answers nothing that was sent from here."
            inbound_move(row, InboundFile.State.PARKED, at=at, reason=reason)
            return 0
        work = _Work(grant, practice_id, row, at, day)
        _apply_interchanges(work, answers.interchanges)
        _apply_transactions(work, answers.transactions)
        _apply_claims(work, answers.claims)
        inbound_move(row, InboundFile.State.APPLIED, at=at, practice_id=practice_id)
    return len(answers.interchanges) + len(answers.transactions) + len(answers.claims)


def _practices_of_claims(grant: Grant, answers: Answers) -> set[int | None]:
    """Route an answer by the claims that it names."""
    named = {fact.claim_number for fact in answers.claims if fact.claim_number}
    return {practice_id for _, _, practice_id in claims_numbered(grant, named)} if named else set()


class _Work(NamedTuple):
    """One file being applied."""

    grant: Grant
    practice_id: int
    file: InboundFile
    at: datetime
    day: date


def _apply_interchanges(work: _Work, facts: Iterable[InterchangeAcknowledgement]) -> None:
    for fact in facts:
        rows = Interchange.objects.under(work.grant, practice_id=work.practice_id)
        row = rows.filter(control_number=int(fact.control_number)).first()
        if row is None or row.state in (_STATES.ACCEPTED, _STATES.REJECTED):
            continue
        state = _STATES.ACCEPTED if fact.is_accepted else _STATES.REJECTED
        interchange_move(work.grant, row, state, at=work.at, proof=f"TA1 {fact.note}")
        if not fact.is_accepted:
            claims = [
                ClaimAcknowledgement(claim_number=number, stage=Stage.REJECTED_FILE)
                for number in _numbers(work, row.control_number)
            ]
            _apply_claims(work, claims)


def _apply_transactions(work: _Work, facts: Iterable[TransactionAcknowledgement]) -> None:
    for fact in facts:
        batches = Batch.objects.under(work.grant, practice_id=work.practice_id).filter(
            group_control_number=int(fact.group_control_number)
        )
        if fact.transaction_control_number:
            batches = batches.filter(transaction_control_number=fact.transaction_control_number)
        state = Batch.State.ACCEPTED if fact.is_accepted else Batch.State.REJECTED
        ids = list(batches.values_list("id", flat=True))
        _settle_interchange(work, int(fact.group_control_number), is_accepted=fact.is_accepted)
        batches.filter(id__in=ids).update(state=state)
        rows = BatchClaim.objects.under(work.grant, practice_id=work.practice_id)
        stage = Stage.ACCEPTED_FILE if fact.is_accepted else Stage.REJECTED_FILE
        _apply_claims(
            work,
            [
                ClaimAcknowledgement(claim_number=number, stage=stage, reasons=fact.reasons)
                for number in rows.filter(batch_id__in=ids).values_list("number", flat=True)
            ],
            kind="999",
        )


def _settle_interchange(work: _Work, control_number: int, *, is_accepted: bool) -> None:
    """An answer about its content proves that an interchange arrived."""
    rows = Interchange.objects.under(work.grant, practice_id=work.practice_id)
    row = rows.filter(control_number=control_number).first()
    if row is not None and row.state in (_STATES.SENDING, _STATES.UNKNOWN, _STATES.SENT):
        state = _STATES.ACCEPTED if is_accepted else _STATES.REJECTED
        interchange_move(work.grant, row, state, at=work.at, proof="999")


def _numbers(work: _Work, control_number: int) -> list[str]:
    rows = BatchClaim.objects.under(work.grant, practice_id=work.practice_id)
    found = rows.filter(batch__group_control_number=control_number)
    return list(found.values_list("number", flat=True))


def _apply_claims(work: _Work, facts: Sequence[ClaimAcknowledgement], kind: str = "277CA") -> None:
    if not facts:
        return
    facts = list(_spread(work, facts))
    numbers = [fact.claim_number for fact in facts]
    claims = {
        number: claim
        for number, claim, practice_id in claims_numbered(work.grant, numbers)
        if practice_id == work.practice_id
    }
    ids = {str(item) for item in claims.values()}
    loaded = rows_load(work.grant, work.practice_id, ids, with_lines=False)
    by_stage: dict[Stage, list[ClaimAcknowledgement]] = defaultdict(list)
    for fact in facts:
        by_stage[fact.stage].append(fact)
    for stage, group in by_stage.items():
        decision = acknowledge(loaded, group, work.day)
        what = Happening(str(stage), f"{kind} {work.file.id}")
        decision_save(
            work.grant, work.practice_id, decision, at=work.at, what=what, with_lines=False
        )
        loaded.merge(decision.rows)
    _keep(work, kind, facts, claims)
    unknown = [fact for fact in facts if fact.claim_number not in claims]
    if unknown:
        note = ItemNote(
            kind="posting_exception",
            subject_id=str(work.file.id),
            subject_kind="file",
            words=f"{len(unknown)} claims of this answer were never sent from here.",
        )
        item_open(work.grant, work.practice_id, note, at=work.at)


def _spread(work: _Work, facts: Iterable[ClaimAcknowledgement]) -> Iterable[ClaimAcknowledgement]:
    """Say of each claim what a fact says of a whole batch."""
    for fact in facts:
        if fact.claim_number:
            yield fact
            continue
        reference = fact.batch_reference
        for number in _numbers(work, int(reference) if reference.isdecimal() else 0):
            yield ClaimAcknowledgement(claim_number=number, stage=fact.stage, reasons=fact.reasons)


def _keep(
    work: _Work,
    kind: str,
    facts: Iterable[ClaimAcknowledgement],
    claims: dict[str, UUID],
) -> None:
    held = Acknowledgement.objects.under(work.grant, practice_id=work.practice_id)
    start = held.filter(file=work.file).count()
    rows_insert(
        Acknowledgement,
        (
            {
                "id": new_id(),
                "tenant_id": work.grant.tenant_id,
                "practice_id": work.practice_id,
                "file_id": work.file.id,
                "ordinal": ordinal,
                "kind": kind,
                "claim_id": claims.get(fact.claim_number),
                "number": fact.claim_number,
                "verdict": "rejected" if fact.stage in REJECTED else "accepted",
                "content": {"stage": fact.stage, "reasons": fact.reasons},
                "at": work.at,
            }
            for ordinal, fact in enumerate(facts, start + 1)
        ),
    )
