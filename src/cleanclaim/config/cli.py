"""The command line: `cleanclaim COMMAND`; each command is a module of `config.commands`."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import Any

from cleanclaim.config import commands
from cleanclaim.kernel.refusal import Refusal

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def command_names() -> list[str]:
    """List the commands: `setup_database.py` is `setup-database`."""
    names = (module.name for module in pkgutil.iter_modules(commands.__path__))
    return sorted(name.replace("_", "-") for name in names if name != "tests")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 done, 1 refused or failed with one clear sentence, 2 wrong words, 130 interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except Refusal as refusal:
        sys.stderr.write(f"cleanclaim: {refusal.message}\n")
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return OK


def _run(words: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="cleanclaim",
        description="Medical billing from encounter to paid claim. Each command explains itself "
        "with --help.",
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    names = command_names()
    # Only the module of the asked command is imported; without one, all are, for the help.
    wanted = [words[0]] if words and words[0] in names else names
    modules = {name: _module(name) for name in wanted}
    for module in modules.values():
        module.add(subparsers)
    args = parser.parse_args(words)
    return int(modules[args.command].run(args) or OK)


def _module(name: str) -> Any:
    return importlib.import_module(f"cleanclaim.config.commands.{name.replace('-', '_')}")


if __name__ == "__main__":
    sys.exit(main())
