"""The generated pages docs/reference/scrub-rules.md and docs/reference/rule-fields.md.

`python -m cleanclaim.core.scrub.reference rules` prints the first, `… fields` the second.
"""

import sys

from cleanclaim.core.scrub.language import Field, catalogue
from cleanclaim.core.scrub.rule import Rule
from cleanclaim.core.scrub.rules import FAMILIES, all_rules

_RULES_HEAD = """# Rules of the scrubber

Generated from the code: `python -m cleanclaim.core.scrub.reference rules`. A finding's code is
`SCRUB-` and the rule's id. *blocks* holds the claim, *warns* lets a person release it, *informs*
only tells.

Besides the rules there are `SCRUB-RULE-FAILED` (blocks: a rule could not be run, named in the
finding), `SCRUB-NOT-CHECKED` (informs: code tables hold nothing for the day of service),
`SCRUB-RELEASE-ENDED` (informs: diagnoses were checked with a release that had ended),
`SCRUB-EMPTY` (blocks: no service line) and `SCRUB-OWN-…` (a payer's or client's own rule).
"""
_FIELDS_HEAD = """# Fields of the rule language

Generated from the claim record: `python -m cleanclaim.core.scrub.reference fields`. *each line*:
the rule looks at every line by itself. *not shown*: may identify a person, so it may stand in a
condition and never in a message. *settable*: a fix may change it. The language itself is explained
in ../how-to/add-a-scrub-rule.md.
"""


def rules_page() -> str:
    """Write the page of all rules, by family.

    >>> "| NCCI-001 | blocks |" in rules_page()
    True
    """
    parts = [_RULES_HEAD]
    rules = all_rules()
    for family in FAMILIES:
        words = (family.__doc__ or "").strip().splitlines()[0].rstrip(".")
        mine = [item for item in rules if item.function.__module__ == family.__name__]
        parts.append(f"\n## {words}\n\n| rule | severity | finds | tables | source |\n")
        parts.append("|---|---|---|---|---|\n")
        parts.extend(_rule_row(item) for item in mine)
    parts.append(f"\n{len(rules)} rules.\n")
    return "".join(parts)


def _rule_row(item: Rule) -> str:
    words = (item.function.__doc__ or "").strip().splitlines()[0].removeprefix("Find ")
    dates = ""
    if item.is_dated:
        dates = f" ({item.effective_date or ''} to {item.end_date or ''})"
    tables = ", ".join(item.needs)
    label = f"| {item.rule_id} | {item.severity} | **{item.title}**{dates}: {words}"
    return f"{label} | {tables} | {item.source} |\n"


def fields_page() -> str:
    """Write the page of all fields."""
    rows = "".join(_field_row(item) for item in catalogue().values())
    return f"{_FIELDS_HEAD}\n| field | kind | |\n|---|---|---|\n{rows}"


def _field_row(item: Field) -> str:
    notes = [
        words
        for words, holds in (
            ("each line", item.of_line),
            ("not shown", item.identifies),
            ("settable", bool(item.path)),
        )
        if holds
    ]
    return f"| `{item.name}` | {item.kind} | {', '.join(notes)} |\n"


if __name__ == "__main__":
    sys.stdout.write(fields_page() if sys.argv[1:] == ["fields"] else rules_page())
