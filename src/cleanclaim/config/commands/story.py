"""`cleanclaim story`: play golden stories through the services and print every difference."""

import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec


def add(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "story", help="play golden stories", description=__doc__.partition(": ")[2]
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="a story, or some")
    parser.add_argument(
        "--here",
        action="store_true",
        help="play in companies that stay in this data folder, not in a fresh one",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object for each story")


def run(args: argparse.Namespace) -> int:
    """Play each story in a company of its own, in a data folder that is gone afterwards.

    Returns:
        0 where every story holds, 1 where something is other than it says.
    """
    if args.here:
        return _play(args)
    from cleanclaim.config.story.fresh import run_in_fresh_folder  # noqa: PLC0415  for the help

    json = ["--json"] if args.json else []
    return run_in_fresh_folder(["story", "--here", *json, "--", *map(str, args.folders)])


def _play(args: argparse.Namespace) -> int:
    from cleanclaim.config.boot import boot  # noqa: PLC0415  the help needs no Django

    boot("app")
    from cleanclaim.config.story.player import (  # noqa: PLC0415  needs Django
        story_folders,
        story_play,
        story_read,
    )

    failed = 0
    for folder in story_folders(args.folders):
        story = story_read(folder)
        found = story_play(story)
        failed += bool(found)
        rows = [
            {"step": x.step, "what": x.place, "expected": x.expected, "found": x.found}
            for x in found
        ]
        if args.json:
            told = {"story": story.name, "holds": not found, "differences": rows}
            sys.stdout.write(msgspec.json.encode(told, enc_hook=str).decode() + "\n")
        else:
            sys.stdout.write(f"{story.name} {'holds' if not found else 'differs'}\n")
            sys.stdout.writelines(f"  {one}\n" for one in found)
        sys.stdout.flush()
    return 1 if failed else 0
