"""`cleanclaim policy`: check, ask, compare, print and explain the privacy policies."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from cleanclaim.kernel.refusal import Refusal


def add(subparsers: Any) -> None:
    """Describe the commands."""
    parser = subparsers.add_parser("policy", help="check, ask, compare and print privacy policies")
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    check = parts.add_parser("check", help="check policy files; names each error with its line")
    check.add_argument("files", nargs="*", type=Path, help="tenant files; none: all that ship")
    check.add_argument("--evidence", type=Path, help="also tell which evidence lapsed or failed")
    check.add_argument("--write", action="store_true", help="renew docs/reference of a checkout")
    decide = parts.add_parser("decide", help="ask what if: a request as JSON, answered with reason")
    decide.add_argument("tenant")
    decide.add_argument("request", nargs="?", default="-", help="a file, or - for standard input")
    diff = parts.add_parser("diff", help="say what a change allows or denies")
    diff.add_argument("old", help="a tenant file, or the name of a tenant")
    diff.add_argument("new", help="a tenant file, or the name of a tenant")
    page = parts.add_parser("page", help="write the public privacy page")
    page.add_argument("tenant")
    page.add_argument("--out", type=Path, help="folder for page, evidence, history and data")
    page.add_argument("--evidence", type=Path, help="folder of probes and attestations (ours)")
    page.add_argument("--archive", type=Path, help="folder of earlier versions (ours)")
    explain = parts.add_parser("explain", help="explain a rule, or what is said of a word")
    explain.add_argument("tenant")
    explain.add_argument("word", help="F-03, UA-11, or a word such as phi.clinical.notes")
    withdraw = parts.add_parser("withdraw", help="withdraw sentences of the page, as a new version")
    withdraw.add_argument("names", nargs="+", help="ids of sentences, or parts: SA-10, retention")
    withdraw.add_argument("--as", dest="person", required=True, help="who decides: a sign-in name")
    withdraw.add_argument("--why", required=True, help="one sentence; it is published")
    attest = parts.add_parser("attest", help="attest what a sentence rests on, until an end")
    attest.add_argument("evidence", help="attest:usmed.rights, as the policy file names it")
    attest.add_argument("--as", dest="person", required=True, help="who attests: a sign-in name")
    attest.add_argument("--until", type=date.fromisoformat, required=True, help="its last day")
    attest.add_argument("--told", default="", help="what was seen, in words")


def run(args: argparse.Namespace) -> int:
    """Run the asked part."""
    parts: dict[str, Callable[[argparse.Namespace], int]] = {
        "check": _check,
        "decide": _decide,
        "diff": _diff,
        "page": _page,
        "explain": _explain,
        "withdraw": _withdraw,
        "attest": _attest,
    }
    return parts[args.part](args)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _check(args: argparse.Namespace) -> int:
    from cleanclaim.apps.privacy.evidence import (  # noqa: PLC0415  only the asked part loads
        proofs_load,
        release_proofs,
    )
    from cleanclaim.apps.privacy.loading import policy_load, tenant_paths  # noqa: PLC0415  only the asked part loads
    from cleanclaim.core.privacy.evidence import evidence_alerts  # noqa: PLC0415  the same

    checks = frozenset(release_proofs().passed)
    is_bad = False
    for path in args.files or tenant_paths().values():
        loaded = policy_load(_existing(path), today=_now().date(), checks=checks)
        for finding in loaded.findings:
            _say(f"{finding.place}: {finding.code}: {finding.message}")
        is_bad |= bool(loaded.findings)
        if args.evidence is not None and loaded.tenant is not None:
            alerts = evidence_alerts(loaded.tenant, proofs_load(_now(), args.evidence))
            for alert in alerts.values():
                _say(f"{alert.place}: {alert.code}: {alert.message}")
        if loaded.policy is not None:
            rules = len(loaded.policy.denies) + len(loaded.policy.allows)
            _say(f"{path.name}: in order, {rules} rules, digest {loaded.policy.digest[:12]}")
    if args.write and not is_bad:
        from cleanclaim.apps.privacy.reference import reference_write  # noqa: PLC0415  only the asked part loads
        from cleanclaim.config.boot import django_set_up  # noqa: PLC0415  only the asked part loads

        django_set_up()
        for written in reference_write():
            _say(f"wrote {written}")
    return int(is_bad)


def _decide(args: argparse.Namespace) -> int:
    import msgspec  # noqa: PLC0415  only the asked part loads

    from cleanclaim.apps.privacy.asking import request_read  # noqa: PLC0415  only the asked part loads
    from cleanclaim.core.privacy import decide, facts_needed  # noqa: PLC0415  only the asked part loads

    text = sys.stdin.read() if args.request == "-" else _existing(Path(args.request)).read_text()
    policy = _loaded(args.tenant).policy
    request = request_read(text)
    decision = decide(policy, request)
    shown = msgspec.to_builtins(decision) | {"facts_needed": facts_needed(policy, request)}
    _say(json.dumps(shown, indent=1))
    _say(decision.because)
    return 0


def _diff(args: argparse.Namespace) -> int:
    from cleanclaim.core.privacy.snapshot import policy_diff  # noqa: PLC0415  only the asked part loads

    old, new = (_loaded(name).policy for name in (args.old, args.new))
    told = policy_diff(old, new)
    for line in told or ["No decision differs."]:
        _say(line)
    return 0


def _page(args: argparse.Namespace) -> int:
    from cleanclaim.apps.privacy.evidence import proofs_load  # noqa: PLC0415  only the asked part loads
    from cleanclaim.apps.privacy.in_force import proofs_here, versions_folder  # noqa: PLC0415  the same
    from cleanclaim.apps.privacy.pages import KINDS, page_data, page_for, page_html  # noqa: PLC0415  only the asked part loads
    from cleanclaim.core.privacy.page import page_text  # noqa: PLC0415  only the asked part loads

    loaded = _loaded(args.tenant)
    proofs = proofs_load(_now(), args.evidence) if args.evidence else proofs_here(_now())
    page = page_for(loaded, proofs, archive=args.archive or versions_folder())
    if args.out is None:
        _say(page_text(page))
        return 0
    args.out.mkdir(parents=True, exist_ok=True)
    links = {kind: f"{kind}.html" for kind in KINDS} | {"data": "policy.json"}
    for kind in KINDS:
        (args.out / f"{kind}.html").write_text(page_html(page, kind, links), encoding="utf-8")
    data = json.dumps(page_data(page, loaded.tenant), indent=1)
    (args.out / "policy.json").write_text(data + "\n", encoding="utf-8")
    _say(f"{args.out}: {page.proven} of {page.total} sentences proven, version {page.version}")
    return 0


def _explain(args: argparse.Namespace) -> int:
    from cleanclaim.apps.privacy.asking import explained  # noqa: PLC0415  only the asked part loads

    lines = explained(_loaded(args.tenant), args.word)
    if not lines:
        raise Refusal("word_unknown", f"No rule of {args.tenant} says anything of {args.word}.")
    for line in lines:
        _say(line)
    return 0


def _withdraw(args: argparse.Namespace) -> int:
    from cleanclaim.config.boot import boot  # noqa: PLC0415  only the asked part loads

    boot("app")
    from cleanclaim.apps.privacy.public import sentences_withdraw  # noqa: PLC0415  needs Django
    from cleanclaim.apps.tenancy.public import person_get  # noqa: PLC0415  the same

    person = person_get(args.person)
    version = sentences_withdraw(person, tuple(args.names), why=args.why, at=_now())
    _say(f"{', '.join(args.names)}: withdrawn in version {version}")
    return 0


def _attest(args: argparse.Namespace) -> int:
    from cleanclaim.config.boot import boot  # noqa: PLC0415  only the asked part loads

    boot("app")
    from cleanclaim.apps.privacy.public import evidence_attest  # noqa: PLC0415  needs Django
    from cleanclaim.apps.tenancy.public import person_get  # noqa: PLC0415  the same

    until = datetime.combine(args.until + timedelta(days=1), time.min, UTC)
    person = person_get(args.person)
    evidence_attest(person, args.evidence, until=until, told=args.told, at=_now())
    _say(f"{args.evidence}: attested until {args.until}")
    return 0


def _loaded(name: str):  # noqa: ANN202  named in apps.privacy.loading
    """Load what is in force for a tenant, or a file, whatever the linter finds in it: what if."""
    from cleanclaim.apps.privacy.in_force import policies_folder, policy_loaded  # noqa: PLC0415  only the asked part loads
    from cleanclaim.apps.privacy.loading import policy_load_unchecked, tenant_paths  # noqa: PLC0415  the same

    if name in tenant_paths(policies_folder()):
        loaded = policy_loaded(name, _now().date())
        if loaded.policy is None:
            raise Refusal("no_policy", f"{name} never had a file in order: `policy check` it.")
        return loaded
    return policy_load_unchecked(_existing(Path(name)))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise Refusal("file_absent", f"There is no policy of a tenant and no file {path}.")
    return path


def _now() -> datetime:
    return datetime.now(UTC)
