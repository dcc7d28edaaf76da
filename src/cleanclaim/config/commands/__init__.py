"""One module for each subcommand: `add(subparsers)` and `run(args) -> int`."""
