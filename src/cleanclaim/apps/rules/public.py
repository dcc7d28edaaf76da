"""The only door of the own rules."""

from cleanclaim.apps.rules.convert import claim_scope, own_rule
from cleanclaim.apps.rules.models import RuleStep, RuleVersion
from cleanclaim.apps.rules.plans import Plans
from cleanclaim.apps.rules.queries import Ruled, rule_get, rules_active, rules_listed
from cleanclaim.apps.rules.services import (
    LISTED_AT_MOST,
    rule_activate,
    rule_backtest,
    rule_check,
    rule_end,
    rule_save,
)

__all__ = [
    "LISTED_AT_MOST",
    "Plans",
    "RuleStep",
    "RuleVersion",
    "Ruled",
    "claim_scope",
    "own_rule",
    "rule_activate",
    "rule_backtest",
    "rule_check",
    "rule_end",
    "rule_get",
    "rule_save",
    "rules_active",
    "rules_listed",
]
