"""The newest check of a claim, and what has ended of the code tables, in words."""

from datetime import date

from cleanclaim.apps.claims.public import Claim, claim_check_last
from cleanclaim.apps.codes.public import Release, codes_ended, codes_releases, ended_words
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages import CheckView, ReleaseRow


def check_view(place: Desk, claim: Claim) -> CheckView | None:
    """Say when a claim was last checked and with which rules and releases."""
    found = claim_check_last(place.grant, claim.id)
    if found is None:
        return None
    releases = codes_releases(found.code_set) if found.code_set else ()
    rows = tuple(_release_row(one, claim.service_date) for one in releases)
    return CheckView(
        on_date=found.at.date(),
        rules=found.rule_set or "none",
        codes=found.code_set or "none",
        releases=rows,
        notices=tuple(
            ended_words(one)
            for one in codes_ended(claim.service_date)
            if one.release_id in {item.release_id for item in releases}
        ),
    )


def _release_row(release: Release, day: date) -> ReleaseRow:
    is_open = release.last_day.year == date.max.year
    return ReleaseRow(
        table=release.table,
        words=release.title,
        first=release.first_day,
        last=None if is_open else release.last_day,
        is_ended=release.last_day < day,
    )


def ended_notices(day: date) -> tuple[str, ...]:
    """Say which code tables have ended, for the head of a page."""
    return tuple(ended_words(one) for one in codes_ended(day))
