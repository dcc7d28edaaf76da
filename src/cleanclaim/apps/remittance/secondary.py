"""What earlier payers decided, for the claim to the next one."""

from collections import defaultdict
from collections.abc import Callable, Sequence

import msgspec

from cleanclaim.apps.claims.public import Claim
from cleanclaim.apps.encounters.public import charges_for_encounters
from cleanclaim.apps.remittance.store import adjudications_load
from cleanclaim.core import claim as core
from cleanclaim.core.posting.state import Adjudication
from cleanclaim.core.posting.submission import prior_adjudications
from cleanclaim.core.privacy import Grant


def prior_for(
    grant: Grant, practice_id: int, claim_ids: Sequence[str]
) -> dict[str, Callable[[core.Claim], core.Claim]]:
    """Give for each later claim how to add what earlier payers decided.

    Returns:
        A function by claim id; claims to a first payer have none.
    """
    rows = Claim.objects.under(grant, practice_id=practice_id)
    later = list(rows.filter(id__in=list(claim_ids), level__gt=1))
    encounters = {row.encounter_id for row in later}
    if not encounters:
        return {}
    earlier = rows.filter(encounter_id__in=encounters).select_related("payer").order_by("level")
    by_encounter: dict[object, list[Claim]] = defaultdict(list)
    for row in earlier:
        by_encounter[row.encounter_id].append(row)
    said: dict[str, list[Adjudication]] = defaultdict(list)
    ids = [row.id for found in by_encounter.values() for row in found]
    for one in adjudications_load(grant, practice_id, ids).values():
        said[str(one.claim)].append(one)
    numbers = {
        str(charge.id): charge.line_number
        for charges in charges_for_encounters(grant, practice_id, encounters).values()
        for charge in charges
    }
    return {
        str(row.id): _adder(
            [one for one in by_encounter[row.encounter_id] if one.level < row.level], said, numbers
        )
        for row in later
    }


def _adder(
    earlier: Sequence[Claim], said: dict[str, list[Adjudication]], numbers: dict[str, str]
) -> Callable[[core.Claim], core.Claim]:
    def add(claim: core.Claim) -> core.Claim:
        lines: dict[str, list[core.LineAdjudication]] = defaultdict(list)
        wholes = []
        for row in earlier:
            whole, by_line = prior_adjudications(row.payer.payer_id, said[str(row.id)])
            if whole is not None:
                wholes.append(whole)
            for charge, decided in by_line.items():
                if str(charge) in numbers:  # a charge that was taken back is on no later claim
                    lines[numbers[str(charge)]].append(decided)
        return msgspec.structs.replace(
            claim,
            # What payers said before the claim came here stands in the claim already.
            prior_adjudications=(*claim.prior_adjudications, *wholes),
            lines=tuple(
                msgspec.structs.replace(
                    line, adjudications=(*line.adjudications, *lines[line.line_number])
                )
                for line in claim.lines
            ),
        )

    return add
