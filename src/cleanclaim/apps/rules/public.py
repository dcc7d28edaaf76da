"""The only door of the own rules."""

from cleanclaim.apps.rules.convert import claim_scope, own_rule
from cleanclaim.apps.rules.models import RuleStep, RuleTrial, RuleVersion
from cleanclaim.apps.rules.packs import (
    Pack,
    pack_drop,
    pack_keep,
    pack_read,
    pack_rules,
    packs_listed,
)
from cleanclaim.apps.rules.plans import Plans
from cleanclaim.apps.rules.queries import Ruled, rule_get, rules_active, rules_listed
from cleanclaim.apps.rules.services import (
    LISTED_AT_MOST,
    rule_activate,
    rule_backtest,
    rule_check,
    rule_compiled,
    rule_end,
    rule_save,
    rule_tested,
)
from cleanclaim.apps.rules.trials import (
    trial_ask,
    trial_begin,
    trial_end,
    trial_last,
    trial_move,
    trial_version,
)

__all__ = [
    "LISTED_AT_MOST",
    "Pack",
    "Plans",
    "RuleStep",
    "RuleTrial",
    "RuleVersion",
    "Ruled",
    "claim_scope",
    "own_rule",
    "pack_drop",
    "pack_keep",
    "pack_read",
    "pack_rules",
    "packs_listed",
    "rule_activate",
    "rule_backtest",
    "rule_check",
    "rule_compiled",
    "rule_end",
    "rule_get",
    "rule_save",
    "rule_tested",
    "rules_active",
    "rules_listed",
    "trial_ask",
    "trial_begin",
    "trial_end",
    "trial_last",
    "trial_move",
    "trial_version",
]
