"""`cleanclaim web`: the web server alone, watched; on as many machines as share the database."""

import argparse
from typing import Any

from cleanclaim.config import serving


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("web", help="run the web server alone")
    serving.serve_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Serve pages."""
    from cleanclaim.platform.serving.processes import supervise  # noqa: PLC0415  lazily

    port = serving.environment_port(args.port)
    commands = serving.commands_of(("web",), port, args.host)
    serving.say(f"serving on https://localhost:{port}")
    return supervise(commands, tick=serving.database_watch(), say=serving.say)
