"""`cleanclaim worker`: runs jobs; on as many machines as share the database."""

import argparse
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("worker", help="run jobs")
    parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (2)")
    parser.add_argument("--drain", action="store_true", help="end when no job is left")


def run(args: argparse.Namespace) -> int:
    """Work."""
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("worker")
    from cleanclaim.platform.jobs.worker import worker_run  # noqa: PLC0415  only after boot

    worker_run(concurrency=args.concurrency, wait=not args.drain)
    return 0
