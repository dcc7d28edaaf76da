"""What is known of the subject of a work item, and where its forms are sent."""

from collections.abc import Callable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from cleanclaim.apps.work.public import WorkItem
from cleanclaim.platform.ui.frame import Action
from cleanclaim.web.workbench.live.desk import Desk
from cleanclaim.web.workbench.pages.claims import Fact
from cleanclaim.web.workbench.pages.forms import FormView
from cleanclaim.web.workbench.pages.parts import FindingView


class About(NamedTuple):
    """What is known of the subject of an item."""

    title: str
    facts: tuple[Fact, ...] = ()
    why: str = ""
    stake_cents: int | None = None
    findings: tuple[FindingView, ...] = ()
    links: tuple[Action, ...] = ()
    actions: tuple[Action, ...] = ()
    forms: tuple[FormView, ...] = ()


type Maker = Callable[[HttpRequest, Desk, WorkItem], About]


def item_href(item: WorkItem, verb: str) -> str:
    """Give the address of a form about an item."""
    return reverse("acts:item", args=[item.id, verb])
