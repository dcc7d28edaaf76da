"""What stands above the day board for those who answer for the privacy page."""

from django.urls import reverse

from cleanclaim.apps.privacy.public import alerts_open
from cleanclaim.apps.tenancy.public import is_allowed
from cleanclaim.platform.ui.frame import Action
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.board import Alarm

_ALSO = ("administrator", "lead")  # who tell the privacy officer, if nobody looks


def alarms(place: Desk) -> tuple[Alarm, ...]:
    """Give the open alerts of the privacy page to whom they concern."""
    person = place.person
    if not is_allowed(person.role, "change", "policy") and person.role not in _ALSO:
        return ()
    evidence = reverse("privacy-evidence", args=[person.tenant.policy])
    return tuple(
        Alarm(
            head="Privacy page",
            words=f"{alert.words} Open since {alert.opened_at:%Y-%m-%d}.",
            actions=(Action(words="See the evidence", href=evidence),),
        )
        for alert in alerts_open()
    )
