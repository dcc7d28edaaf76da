"""A small policy of two rules and two floors, enough to see every answer."""

from datetime import UTC, datetime

from cleanclaim.core.privacy import Fact, Policy, Request, Rule, Scope
from cleanclaim.core.privacy.policy import ACTIONS, Accounting, Vocabulary

WORDS = Vocabulary(
    categories={"phi": "health data", "phi.name": "names", "phi.notes": "notes", "web.ip": "IP"},
    purposes={"billing": "billing", "marketing": "marketing", "request": "a request"},
    recipients={"self": "our staff", "payer": "payers", "vendor": "vendors"},
    subjects={"patient": "patients", "child": "children"},
    facts={
        "baa_active": "an agreement is active",
        "self_pay": "the patient paid for it",
        "payer_request": "the payer asked for it",
        "choice": "the person chose it",
        "author_signed": "the author signed",
    },
)


def rule(rule_id, **reach):
    given = {name: frozenset(value) for name, value in reach.items() if name in _REACH}
    rest = {name: value for name, value in reach.items() if name not in _REACH}
    return Rule(rule_id=rule_id, **(_REACH | given), **rest)


_REACH = {
    "actions": frozenset(ACTIONS),
    "categories": frozenset(WORDS.categories),
    "purposes": frozenset(WORDS.purposes),
    "recipients": frozenset(WORDS.recipients),
    "subjects": frozenset(WORDS.subjects),
}
PHI = {"phi", "phi.name", "phi.notes"}


POLICY = Policy(
    tenant="trial",
    digest="d" * 64,
    words=WORDS,
    floors=(
        rule(
            "F-01",
            categories=PHI,
            purposes=["marketing"],
            because="health data is never used for marketing",
        ),
        rule(
            "F-03",
            actions=["disclose"],
            categories=PHI,
            recipients=["vendor"],
            unless=("baa_active",),
            because="vendors need an agreement",
        ),
        rule(
            "F-06",
            actions=["disclose"],
            categories=PHI,
            recipients=["payer"],
            when=("self_pay",),
            because="what the patient paid reaches no plan",
        ),
    ),
    denies=(
        rule(
            "U-90",
            categories=["web.ip"],
            subjects=["child"],
            when=("choice",),
            because="children are left alone",
            clauses=("A-71",),
        ),
    ),
    allows=(
        rule(
            "U-01",
            actions=["disclose"],
            categories=["phi", "phi.name"],
            purposes=["billing"],
            recipients=["payer", "vendor"],
            because="claims go to payers",
            field_set="x12",
            clauses=("A-48",),
        ),
        rule(
            "U-02",
            actions=["disclose"],
            categories=["phi.notes"],
            purposes=["billing"],
            recipients=["payer"],
            when=("author_signed", "payer_request"),
            because="payers get notes that they ask for",
        ),
        rule(
            "U-03",
            actions=["use"],
            categories=["phi", "phi.name", "web.ip"],
            purposes=["billing"],
            recipients=["self"],
            subjects=["patient"],
            because="our staff use it",
        ),
        rule(
            "U-04",
            actions=["disclose"],
            categories=["phi", "phi.name", "web.ip"],
            purposes=["request"],
            recipients=["self", "payer", "vendor"],
            because="the person asks",
        ),
    ),
    obligations=(rule("O-1", actions=["disclose"], categories=PHI, emit="disclosure_event"),),
    accounting=Accounting(
        exempt_purposes=frozenset({"billing"}),
        exempt_recipients=frozenset({"self"}),
        exempt_when=("choice",),
        lookback_years=6,
    ),
    field_sets={("x12", "837P", "biller"): frozenset({"patient.name.last", "note"})},
    field_categories={"patient.name.last": "phi.name", "note": "phi.notes"},
)


def ask(**changed):
    base = {
        "action": "disclose",
        "categories": frozenset({"phi.name"}),
        "purpose": "billing",
        "recipient": "payer",
        "facts": (Fact("self_pay", False, "row:1"),),
        "task": "837P",
        "role": "biller",
    }
    return Request(**(base | changed))


SCOPE = Scope(
    tenant_id=1,
    practice_ids=(10, 11),
    actor="job:7",
    decision_id="dec:1",
    not_after=datetime(2026, 11, 22, 12, tzinfo=UTC),
)
