"""The edits queue, and which rules earn their keep, from the findings of claims."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.reports.public import (
    CLAIMS_AT_MOST,
    EDIT_GROUPS,
    EditClaim,
    edit_claims,
    edit_groups,
    rules_worth,
)
from cleanclaim.platform.ui.frame import Choice
from cleanclaim.web.workbench.live.check import ended_notices
from cleanclaim.web.workbench.live.desk import Desk, desk
from cleanclaim.web.workbench.pages.edits import (
    EditClaimRow,
    EditRow,
    EditsPage,
    WorthPage,
    WorthRow,
)
from cleanclaim.web.workbench.pages.parts import Empty
from cleanclaim.web.workbench.states import status_of

WORTH_DAYS = 365


def edits_page(request: HttpRequest) -> EditsPage:
    """Fill the edits queue, grouped as `by` says; `key` chooses the row whose claims are shown."""
    by = request.GET.get("by", "rule")
    by = by if by in EDIT_GROUPS else "rule"
    with desk(request, "read", "claim") as place:
        groups = edit_groups(place.grant, by=by, day=place.today)
        known = {one.key: one.words for one in groups}
        key = request.GET.get("key", "")
        claims = edit_claims(place.grant, by=by, key=key, day=place.today) if key in known else []
        here = reverse("rules:edits")
        return EditsPage(
            head=by.capitalize(),
            groups=tuple(
                Choice(words=name.capitalize(), href=f"{here}?by={name}", is_current=name == by)
                for name in EDIT_GROUPS
            ),
            rows=tuple(
                EditRow(
                    words=one.words,
                    href=f"{here}?{urlencode({'by': by, 'key': one.key})}",
                    is_current=one.key == key,
                    held=one.held,
                    held_cents=one.held_cents,
                    warned=one.warned,
                    warned_cents=one.warned_cents,
                    age_days=one.oldest_days,
                )
                for one in groups
            ),
            claims=tuple(_claim_row(place, one) for one in claims),
            claims_title=known.get(key, ""),
            is_cut=len(claims) == CLAIMS_AT_MOST,
            rules_href=reverse("rules:rules"),
            worth_href=reverse("rules:rules-worth"),
            empty=Empty(truth="No claim is held or warned of.", until="New claims are checked."),
            notices=ended_notices(place.today),
        )


def _claim_row(place: Desk, one: EditClaim) -> EditClaimRow:
    return EditClaimRow(
        number=one.number,
        href=reverse("workbench:claim-tab", args=[one.claim_id, "edits"]),
        client=place.client(one.practice_id),
        payer=one.payer,
        status=status_of("claim", one.stage),
        codes=", ".join(one.codes),
        age_days=one.age_days,
        charge_cents=one.charge_cents,
    )


def worth_page(request: HttpRequest) -> WorthPage:
    """Fill the report of which rules earn their keep."""
    with desk(request, "read", "rule") as place:
        since = place.today - timedelta(days=WORTH_DAYS)
        found = rules_worth(place.grant, since=datetime.combine(since, time(), tzinfo=UTC))
        return WorthPage(
            since=since,
            rows=tuple(
                WorthRow(**{name: getattr(one, name) for name in one.__struct_fields__})
                for one in found
            ),
            back_href=reverse("rules:edits"),
            empty=Empty(truth="No rule has found anything yet."),
        )
