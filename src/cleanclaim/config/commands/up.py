"""`cleanclaim up`: web and worker on this machine, watched, until Ctrl-C."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from cleanclaim.config import serving


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("up", help="run web and worker, watched, until Ctrl-C")
    serving.serve_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Serve."""
    return up(args.port, args.host)


def up(
    port: int | None = None,
    host: str = "127.0.0.1",
    beside: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Serve until a signal comes; `demo` ends with this too.

    Args:
        port: 8443, or what the environment says.
        host: The address to listen on.
        beside: More commands to run and watch, by a name.
    """
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django
    from cleanclaim.platform.serving.processes import supervise  # noqa: PLC0415  the same

    boot("app")
    from cleanclaim.apps.codes.public import codes_tables, diagnosis_line  # noqa: PLC0415  the same

    chosen = serving.environment_port(port)
    with serving.known_as_up():
        commands = {**serving.commands_of(("web", "worker"), chosen, host), **(beside or {})}
        serving.say(diagnosis_line(codes_tables(), datetime.now(UTC).date()))
        serving.say(f"serving on https://localhost:{chosen} (Ctrl-C or `cleanclaim stop` ends it)")
        return supervise(commands, tick=serving.database_watch(), say=serving.say)
