"""The rule language for payers' and clients' own rules."""

from cleanclaim.core.scrub.language.backtest import (
    BackTest,
    PastClaim,
    Stopped,
    backtest,
    backtests_join,
)
from cleanclaim.core.scrub.language.catalogue import Field, Kind, catalogue
from cleanclaim.core.scrub.language.own_rule import (
    CompiledRule,
    OwnRule,
    Scope,
    compile_rule,
    rules_in_force,
)
from cleanclaim.core.scrub.language.suggest import fields_beginning
from cleanclaim.core.scrub.language.tokens import Problem

__all__ = [
    "BackTest",
    "CompiledRule",
    "Field",
    "Kind",
    "OwnRule",
    "PastClaim",
    "Problem",
    "Scope",
    "Stopped",
    "backtest",
    "backtests_join",
    "catalogue",
    "compile_rule",
    "fields_beginning",
    "rules_in_force",
]
