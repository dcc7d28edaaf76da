"""The policy files in Cedar, made from the files and not from our own reading of them."""

import json
import re


def cedar_from_files(platform, tenant):
    known = {
        name: list(platform[name]) for name in ("categories", "purposes", "recipients", "subjects")
    }
    listed = [row["category"] for row in tenant["collects"]]
    denies = [*platform["floors"], *(r for r in tenant["rules"] if r["effect"] == "deny")]
    allows = [r for r in tenant["rules"] if r["effect"] == "allow"]
    texts = [_forbid(row, known) for row in denies]
    texts += [_permit(row, known, listed) for row in allows]
    return "\n".join(texts)


def cedar_request(request):
    context = {
        "action": request.action,
        "categories": sorted(request.categories),
        "purpose": request.purpose,
        "recipient": request.recipient,
        "subject": request.subject,
        "facts": {fact.name: fact.holds for fact in request.facts if fact.evidence},
    }
    return {
        "principal": 'Asker::"one"',
        "action": 'Action::"act"',
        "resource": 'Data::"all"',
        "context": context,
    }


def _forbid(row, known):
    parts = _reach(row, known, _in_or_above)
    kinds = _words(row.get("categories"), known["categories"], _in_or_above)
    parts.append(f"{kinds}.containsAny(context.categories)")
    parts += [f"(!(context.facts has {f}) || context.facts.{f})" for f in row.get("when", ())]
    if row.get("unless"):
        lifted = " && ".join(f"context.facts has {f} && context.facts.{f}" for f in row["unless"])
        parts.append(f"!({lifted})")
    return f"forbid(principal, action, resource) when {{ {' && '.join(parts)} }};"


def _permit(row, known, listed):
    parts = _reach(row, known, _in)
    kinds = [w for w in known["categories"] if _in(w, row["categories"]) and _in(w, listed)]
    parts.append(f"{json.dumps(kinds)}.containsAll(context.categories)")
    parts += [f"context.facts has {f} && context.facts.{f}" for f in row.get("when", ())]
    return f"permit(principal, action, resource) when {{ {' && '.join(parts)} }};"


def _reach(row, known, test):
    parts = []
    if "*" not in row["actions"]:
        parts.append(f"{json.dumps(row['actions'])}.contains(context.action)")
    for plural, single in (
        ("purposes", "purpose"),
        ("recipients", "recipient"),
        ("subjects", "subject"),
    ):
        if row.get(plural):
            words = _words(row[plural], known[plural], test)
            parts.append(f"{words}.contains(context.{single})")
    return parts


def _words(patterns, known, test):
    return json.dumps([word for word in known if not patterns or test(word, patterns)])


def _in(word, patterns):
    return any(p == "*" or re.fullmatch(rf"{re.escape(p)}(\..+)?", word) for p in patterns)


def _in_or_above(word, patterns):
    return _in(word, patterns) or any(re.match(rf"{re.escape(word)}\.", p) for p in patterns)
